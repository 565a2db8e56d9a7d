/** Readers of the members of a control call. They refuse what a call does not know, so that a typing mistake does nothing silently. */

import { malformed } from '../http/refusals.ts';
import type { Json, JsonObject } from '../json.ts';

type Kind = 'text' | 'number' | 'boolean' | 'object';

/** A `?` after the kind: null stands for "none" too. */
export type Members = Readonly<Record<string, Kind | `${Kind}?`>>;

const kindOf = (value: Json): string => {
  if (typeof value === 'string') return 'text';
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? 'object' : typeof value;
};

/** @throws Refusal 400 that names the member and the known ones */
export const checkMembers = (body: JsonObject, known: Members): void => {
  for (const [name, value] of Object.entries(body)) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) {
      const names = Object.keys(known).join(', ');
      throw malformed(`${name} is unknown. ${names === '' ? 'This call has no members.' : `Known: ${names}.`}`);
    }
    if (value === null && kind.endsWith('?')) continue;
    if (value !== undefined && kindOf(value) !== kind.replace('?', '')) throw malformed(`${name} must be a ${kind}.`);
  }
};
