/**
 * Limits how often the cache may be purged, because all consumers share it. After a purge of everything, every
 * consumer's next read goes to the tenant. After a purge of an entity, its next read costs a call.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import type { Clock } from '../time/clock.ts';

export type StoredPurges = { readonly instants: readonly number[]; readonly version: number };

/** Port: when the last purges under a name were made. */
export interface PurgeLog {
  /** As last written; version 0 and no instants if nothing was written yet. */
  read(name: string): Promise<StoredPurges>;
  /** Writes as version `expected + 1` if the stored version is `expected`; false = it was not. Atomic. */
  replace(name: string, instants: readonly number[], expected: number): Promise<boolean>;
}

export type PurgeBounds = {
  /** Purges of everything or of a group in any 60 s, by all consumers together. */
  readonly wide: number;
  /** Purges of one entity in any 60 s, by one consumer. */
  readonly entity: number;
};
export const defaultPurgeBounds: PurgeBounds = { wide: 6, entity: 60 };

const windowMillis = 60_000;
const mostTries = 30;
/** Longest pause before the next try, when another instance wrote first. */
const mostPauseMillis = 50;

export const createPurgeLimit = (log: PurgeLog, clock: Clock, bounds: PurgeBounds = defaultPurgeBounds) => {
  /** Seconds to wait for the next purge under a name; undefined = this one was counted. */
  const take = async (name: string, most: number): Promise<number | undefined> => {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { instants, version } = await log.read(name);
      const nowMillis = clock.nowMillis();
      // An instant further in the future than the window comes from a broken clock, and would block purges for as long.
      const recent = instants
        .filter((instant) => Math.abs(nowMillis - instant) < windowMillis)
        .toSorted((one, other) => one - other);
      const oldest = recent.at(-most);
      if (recent.length >= most && oldest !== undefined)
        return Math.max(1, Math.ceil((oldest + windowMillis - nowMillis) / 1_000));
      if (await log.replace(name, [...recent, nowMillis], version)) return undefined;
      await sleep(Math.random() * mostPauseMillis);
    }
    return 1; // So many others purge at this moment that the limit is reached anyway.
  };

  const refuse = (limit: string, seconds: number): never => {
    throw new AppError('TOO_MANY_REQUESTS', {
      detail: `${limit} Try again in ${seconds} s.`,
      retryAfterSeconds: seconds,
    });
  };

  return {
    /** Counts a purge of everything or of a group. @throws AppError TOO_MANY_REQUESTS, and then counts nothing. */
    async takeWide(): Promise<void> {
      const seconds = await take('wide', bounds.wide);
      if (seconds === undefined) return;
      refuse(
        `The cache is purged as a whole or by group at most ${bounds.wide} times in 60 s, by all consumers together. A purge of one entity is not counted here.`,
        seconds,
      );
    },
    /** Counts a purge of one entity. @throws AppError TOO_MANY_REQUESTS, and then counts nothing. */
    async takeEntity(consumerId: string): Promise<void> {
      const seconds = await take(`entity ${consumerId}`, bounds.entity);
      if (seconds === undefined) return;
      refuse(`${consumerId} may purge at most ${bounds.entity} entities in 60 s.`, seconds);
    },
  };
};
export type PurgeLimit = ReturnType<typeof createPurgeLimit>;
