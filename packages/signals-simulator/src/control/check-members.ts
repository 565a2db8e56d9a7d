/** Refuses members that a call does not know, so that a typing mistake does nothing silently. */
import { badRequest } from '../errors.ts';
import { isObject, type Json, ownOf } from '../json.ts';
import { nearest } from './nearest.ts';

/** What a member holds; `null` passes as "not given". An array has the members of its objects. */
type Kind = 'text' | 'number' | 'boolean' | 'any' | Members | readonly [Members];
export interface Members {
  readonly [name: string]: Kind;
}

const typeNames: Readonly<Record<string, string>> = { text: 'string', number: 'number', boolean: 'boolean' };

const checkValue = (value: Json, kind: Kind, place: string): void => {
  if (value === null || kind === 'any') return;
  if (typeof kind === 'string') {
    if (typeof value !== typeNames[kind]) throw badRequest(`${place} must be a ${kind}.`);
    return;
  }
  if (isListOf(kind)) checkItems(value, kind[0], place);
  else checkMembers(value, kind, place);
};

const isListOf = (kind: Members | readonly [Members]): kind is readonly [Members] => Array.isArray(kind);

const checkItems = (value: Json, members: Members, place: string): void => {
  if (!Array.isArray(value)) throw badRequest(`${place} must be an array.`);
  for (const [index, item] of value.entries()) checkMembers(item, members, `${place}[${index}]`);
};

/** @param place of the object in the body; '' for the body itself. @throws 400 that names the member and the nearest known one. */
export const checkMembers = (value: Json, known: Members, place = ''): void => {
  if (!isObject(value)) throw badRequest(`${place || 'The body'} must be an object.`);
  for (const [name, member] of Object.entries(value)) {
    const path = place === '' ? name : `${place}.${name}`;
    const kind = ownOf(known, name);
    if (kind === undefined) throw badRequest(`${path} is unknown. ${suggestion(name, Object.keys(known))}`);
    if (member !== undefined) checkValue(member, kind, path);
  }
};

const suggestion = (name: string, names: readonly string[]): string => {
  const best = nearest(name, names);
  return best === undefined ? 'This call has no members.' : `Did you mean ${best}? Known: ${names.join(', ')}.`;
};
