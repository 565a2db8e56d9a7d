/**
 * The header by which a push is known to come from the tenant. Two values may be valid at a time, so that the tenant's
 * administrator can change it without a gap. Only salted hashes are kept: to compare, nothing else is needed.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Headers } from '../http/headers.ts';

type HashedValue = { readonly salt: Uint8Array; readonly hash: Uint8Array; readonly sinceMillis: number };

export type HookHeader = {
  /** In lower case. */
  readonly name: string;
  /** The newest first; two at most. */
  readonly values: readonly HashedValue[];
};

/** Port. There is one header for each stage. */
export interface HookHeaderStore {
  /** Undefined while none was set. */
  read(): Promise<HookHeader | undefined>;
  write(header: HookHeader): Promise<void>;
}

const mostValues = 2;

/** An operator may choose a value that can be guessed: the salt keeps it from being looked up in a list. */
const hashOf = (salt: Uint8Array, value: string): Buffer =>
  createHash('sha256').update(salt).update(value, 'utf8').digest();

/** The header with a new value in front. The one before it stays valid, unless the name changes or it is to end at once. */
export const withValue = (
  present: HookHeader | undefined,
  {
    name,
    value,
    nowMillis,
    endsOthers,
  }: { readonly name: string; readonly value: string; readonly nowMillis: number; readonly endsOthers: boolean },
): HookHeader => {
  const salt = randomBytes(16);
  const lowerName = name.toLowerCase();
  const others =
    endsOthers || present?.name !== lowerName
      ? []
      : present.values.filter(({ salt: of, hash }) => !hashOf(of, value).equals(hash));
  return {
    name: lowerName,
    values: [{ salt, hash: hashOf(salt, value), sinceMillis: nowMillis }, ...others].slice(0, mostValues),
  };
};

const nobody: HookHeader = { name: '', values: [] };
const decoy: HashedValue = { salt: new Uint8Array(16), hash: new Uint8Array(32), sinceMillis: 0 };

/**
 * Whether a push carries a valid value, exactly once. How long it takes depends on the length of what was sent, and not on what is
 * valid: hashes are compared, all of them, and as many for a header that is missing or was never set.
 */
export const isFromTenant = (header: HookHeader | undefined, headers: Headers): boolean => {
  const { name, values } = header ?? nobody;
  const given = headers.filter(([candidate]) => candidate === name);
  const value = given[0]?.[1] ?? '';
  const compared = [...values, decoy, decoy]
    .slice(0, mostValues)
    .map(({ salt, hash }) => timingSafeEqual(hashOf(salt, value), hash));
  return given.length === 1 && compared.slice(0, values.length).includes(true);
};
