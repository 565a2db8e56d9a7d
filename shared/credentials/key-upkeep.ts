/** What a send teaches about a key, as the change of its record that follows. */

import type { ApiKey, KeyChange } from './key.ts';
import { usableKeys } from './key-order.ts';

const hourMillis = 3_600_000;

/** The pauses after the first, second and following 401; the limit of the last is an hour. */
const pausesMillis = [60_000, 600_000, hourMillis] as const;
/** So many 401 in a row, each after a pause of its own, disable a key. */
const mostStrikes = 3;
/** How long the note of a 429 stays. */
const limitedMillis = 60_000;

export type Lesson = {
  readonly change: KeyChange;
  /** What must still be as it was read, or another instance has learnt the same already. */
  readonly guarded: readonly (keyof KeyChange)[];
};

/**
 * A 401 puts a key aside: for a minute, ten, then for good. The last usable key of an upstream is put aside for a minute
 * only and never disabled: when the tenant's sign-in fails for everybody, the facade must find back by itself.
 */
export const afterRefusal = (key: ApiKey, all: readonly ApiKey[], nowMillis: number): Lesson | undefined => {
  // Sent before the key was put aside: the same event.
  if (key.state === 'disabled' || (key.cooldown?.reason === 401 && key.cooldown.untilMillis > nowMillis))
    return undefined;
  const isLast = usableKeys(all, nowMillis).every(({ id }) => id === key.id);
  const strikes = isLast ? Math.max(1, key.strikes) : key.strikes + 1;
  const pauseMillis = pausesMillis[isLast ? 0 : Math.min(strikes, pausesMillis.length) - 1] as number;
  return {
    change: {
      strikes,
      cooldown: { untilMillis: nowMillis + pauseMillis, reason: 401 },
      ...(strikes >= mostStrikes && !isLast ? { state: 'disabled' } : {}),
    },
    guarded: ['strikes', 'cooldown', 'state'],
  };
};

/** A 429 is noted once a minute, and keeps nothing from use: the limit is the tenant's, not the key's. */
export const afterLimit = (key: ApiKey, nowMillis: number): Lesson | undefined =>
  key.cooldown && key.cooldown.untilMillis > nowMillis
    ? undefined
    : {
        change: { cooldown: { untilMillis: nowMillis + limitedMillis, reason: 429 } },
        guarded: ['cooldown'],
      };

/** An accepted key is free of its strikes; when it was used last is written once an hour by all instances together. */
export const afterUse = (key: ApiKey, nowMillis: number): Lesson | undefined => {
  const isCooling = key.cooldown !== undefined && key.cooldown.untilMillis > nowMillis;
  const mends = key.strikes > 0 && !isCooling;
  if (!mends && (key.lastUsedAtMillis ?? 0) > nowMillis - hourMillis) return undefined;
  return {
    change: { lastUsedAtMillis: nowMillis, ...(mends ? { strikes: 0, cooldown: undefined } : {}) },
    guarded: mends ? ['strikes', 'cooldown', 'lastUsedAtMillis'] : ['lastUsedAtMillis'],
  };
};
