/** P4 on instances whose clocks differ: leases are watched, not compared. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import type { CacheStore } from '../../../shared/cache/store.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { exchangeOf, jsonAnswer } from './support.ts';

/** A tenth of what they are by default. */
const flight = { leaseMillis: 500, clockSkewMillis: 500, firstPauseMillis: 10, longestPauseMillis: 40 };
/** Two clocks differ by less than `clockSkewMillis`. */
const offset = fc.integer({ min: -249, max: 249 });

const instanceOn = (store: CacheStore, offMillis: number) =>
  createAnswerCache({
    store,
    clock: { nowMillis: () => systemClock.nowMillis() + offMillis },
    plan: createNativePlanner(store),
    flight,
  });

/** The calls of a crowd. A leader that is `dead` never lands and renews nothing. */
const callsOf = async (offsets: readonly number[], upstreamMillis: number, dead: boolean): Promise<number> => {
  const store = createMemoryCacheStore(systemClock);
  const [leaderOff = 0, ...others] = offsets;
  const leader = instanceOn(dead ? { ...store, renew: async () => true } : store, leaderOff);
  let calls = 0;
  const forward = async () => {
    calls += 1;
    if (dead && calls === 1) return new Promise<never>(() => {});
    await sleep(upstreamMillis);
    return jsonAnswer({ data: {} });
  };
  const leading = leader.answer(exchangeOf(), forward);
  await sleep(20);
  const following = others.map((off) => instanceOn(store, off).answer(exchangeOf(), forward));
  await Promise.all(dead ? following : [leading, ...following]);
  return calls;
};

const crowds = fc.array(fc.array(offset, { minLength: 2, maxLength: 5 }), { minLength: 10, maxLength: 10 });

describe.each([
  ['costs one call, however long it takes', false, 900, 1],
  ['costs two when the leader is lost', true, 200, 2],
])('one flight under skewed clocks', (title, dead, upstreamMillis, expected) => {
  it(title, async () => {
    const property = fc.asyncProperty(crowds, async (offsets) => {
      const calls = await Promise.all(offsets.map((one) => callsOf(one, upstreamMillis, dead)));
      expect(calls).toEqual(offsets.map(() => expected));
    });
    await fc.assert(property, { numRuns: 2, endOnFailure: true });
  });
});
