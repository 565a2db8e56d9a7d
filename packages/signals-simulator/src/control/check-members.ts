/** Refuses members that a call does not know, so that a typing mistake does nothing silently. */
import { badRequest } from '../errors.ts';
import { isObject, type Json, ownOf } from '../json.ts';
import { nearest } from './nearest.ts';

/** What a member holds. An array has the members of its objects; `texts` is an array of texts. */
type Kind = 'text' | 'texts' | 'number' | 'boolean' | 'any' | Members | readonly [Members];
export interface Members {
  readonly [name: string]: Kind;
}

const typeNames: Readonly<Record<string, string>> = { text: 'string', number: 'number', boolean: 'boolean' };

/** `absent`: null passes as "not given". */
type Null = 'absent' | 'refused';

const isTexts = (value: Json) => Array.isArray(value) && value.every((item) => typeof item === 'string');

const checkPlain = (value: Json, kind: string, place: string): void => {
  if (kind === 'texts' && !isTexts(value)) throw badRequest(`${place} must be an array of texts.`);
  // A program may give NaN, which JSON has not.
  const isPlain = typeof value === typeNames[kind] && !Number.isNaN(value);
  if (Object.hasOwn(typeNames, kind) && !isPlain) throw badRequest(`${place} must be a ${kind}.`);
};

const checkValue = (value: Json, kind: Kind, place: string, whenNull: Null): void => {
  if (value === null && whenNull === 'refused') throw badRequest(`${place} must not be null. Leave it out.`);
  if (value === null) return;
  if (typeof kind === 'string') checkPlain(value, kind, place);
  else if (isListOf(kind)) checkItems(value, kind[0], place, whenNull);
  else checkMembers(value, kind, place, whenNull);
};

const isListOf = (kind: Members | readonly [Members]): kind is readonly [Members] => Array.isArray(kind);

const checkItems = (value: Json, members: Members, place: string, whenNull: Null): void => {
  if (!Array.isArray(value)) throw badRequest(`${place} must be an array.`);
  for (const [index, item] of value.entries()) checkMembers(item, members, `${place}[${index}]`, whenNull);
};

/** @param place of the object in the body; '' for the body itself. @throws 400 that names the member and the nearest known one. */
export const checkMembers = (value: Json, known: Members, place = '', whenNull: Null = 'absent'): void => {
  if (!isObject(value)) throw badRequest(`${place || 'The body'} must be an object.`);
  for (const [name, member] of Object.entries(value)) {
    const path = place === '' ? name : `${place}.${name}`;
    const kind = ownOf(known, name);
    if (kind === undefined) throw badRequest(`${path} is unknown. ${suggestion(name, Object.keys(known))}`);
    if (member !== undefined) checkValue(member, kind, path, whenNull);
  }
};

const suggestion = (name: string, names: readonly string[]): string => {
  const best = nearest(name, names);
  return best === undefined ? 'This call has no members.' : `Did you mean ${best}? Known: ${names.join(', ')}.`;
};
