/** Turns the outcome of a send into the change of the key's record. */

import { type ApiKey, type KeyChange, noRefusals } from './key.ts';
import { usableKeys } from './key-order.ts';

const hourMillis = 3_600_000;

/** The cooldowns after the first, second and following 401, at most an hour. */
const pausesMillis = [60_000, 600_000, hourMillis] as const;
/** After this many 401 in a row, each after its own cooldown, a key is disabled. */
const mostStrikes = 3;
/** How long a 429 is shown. */
const limitedMillis = 60_000;

export type Lesson = {
  readonly change: KeyChange;
  /** The fields that must be unchanged since the read. Otherwise another instance has already recorded the same. */
  readonly guarded: readonly (keyof KeyChange)[];
};

/**
 * A 401 gives a key a cooldown of a minute, then of ten, then disables it. The last usable key of an upstream gets only
 * a minute and is never disabled: when the tenant's sign-in fails for everybody, the facade must recover by itself.
 */
export const afterRefusal = (key: ApiKey, all: readonly ApiKey[], nowMillis: number): Lesson | undefined => {
  // Sent before the cooldown began: the same event.
  if (key.state === 'disabled' || (key.cooldown?.reason === 401 && key.cooldown.untilMillis > nowMillis))
    return undefined;
  const isLast = usableKeys(all, nowMillis).every(({ id }) => id === key.id);
  const strikes = isLast ? Math.max(1, key.strikes) : key.strikes + 1;
  const pauseMillis = pausesMillis[isLast ? 0 : Math.min(strikes, pausesMillis.length) - 1] as number;
  return {
    change: {
      strikes,
      refusedSinceMillis: (key.strikes > 0 ? key.refusedSinceMillis : undefined) ?? nowMillis,
      cooldown: { untilMillis: nowMillis + pauseMillis, reason: 401 },
      ...(strikes >= mostStrikes && !isLast ? { state: 'disabled' } : {}),
    },
    guarded: ['strikes', 'cooldown', 'state'],
  };
};

/** A 429 is recorded once a minute and does not stop the key, because the limit is the tenant's. */
export const afterLimit = (key: ApiKey, nowMillis: number): Lesson | undefined =>
  key.cooldown && key.cooldown.untilMillis > nowMillis
    ? undefined
    : {
        change: { cooldown: { untilMillis: nowMillis + limitedMillis, reason: 429 } },
        guarded: ['cooldown'],
      };

/** Client errors that a proxy, or a tenant that has not looked at the key, may answer too. */
const undecided: ReadonlySet<number> = new Set([401, 403, 407, 408, 429]);

/** Whether an answer shows that the tenant knows the key. A failure and a redirection to a log-in page do not. */
const isAcceptance = (status: number): boolean =>
  (status >= 200 && status < 300) || status === 304 || (status >= 400 && status < 500 && !undecided.has(status));

/**
 * An accepted key loses its strikes, unless it is in the cooldown of a 401: then the call was sent before the refusal.
 * Its last use is written once an hour by all instances together.
 */
export const afterUse = (key: ApiKey, nowMillis: number, status: number): Lesson | undefined => {
  const isCooling = key.cooldown?.reason === 401 && key.cooldown.untilMillis > nowMillis;
  const mends = key.strikes > 0 && !isCooling && isAcceptance(status);
  if (!mends && (key.lastUsedAtMillis ?? 0) > nowMillis - hourMillis) return undefined;
  return {
    change: { lastUsedAtMillis: nowMillis, ...(mends ? noRefusals : {}) },
    guarded: mends ? ['strikes', 'cooldown', 'lastUsedAtMillis'] : ['lastUsedAtMillis'],
  };
};
