/** P4 on instances whose clocks differ: leases are watched, not compared. In virtual time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import type { CacheStore } from '../../../shared/cache/store.ts';
import { createVirtualTime, type VirtualTime } from '../../../shared/simulation/virtual-time.ts';
import { sized } from '../../support/test-size.ts';
import { exchangeOf, jsonAnswer } from './support.ts';
import { clockOf, runThrough, timersOf } from './virtual-flights.ts';

/** A tenth of what they are by default. */
const flight = { leaseMillis: 500, clockSkewMillis: 500, firstPauseMillis: 10, longestPauseMillis: 40 };
/** Two clocks differ by less than `clockSkewMillis`. */
const offset = fc.integer({ min: -249, max: 249 });

const instanceOn = (time: VirtualTime, store: CacheStore, offMillis: number) =>
  createAnswerCache({
    store,
    clock: clockOf(time, offMillis),
    plan: createNativePlanner(store),
    flight: { ...flight, timers: timersOf(time) },
  });

/** The calls of a crowd. A leader that is `dead` never lands and renews nothing. */
const callsOf = async (offsets: readonly number[], upstreamMillis: number, dead: boolean): Promise<number> => {
  const time = createVirtualTime();
  const { sleep } = timersOf(time);
  const store = createMemoryCacheStore(clockOf(time));
  const [leaderOff = 0, ...others] = offsets;
  const leader = instanceOn(time, dead ? { ...store, renew: async () => true } : store, leaderOff);
  let calls = 0;
  const forward = async () => {
    calls += 1;
    if (dead && calls === 1) return new Promise<never>(() => {});
    await sleep(upstreamMillis);
    return jsonAnswer({ data: {} });
  };
  const leading = leader.answer(exchangeOf(), forward);
  await time.runUntil(20);
  const following = others.map((off) => instanceOn(time, store, off).answer(exchangeOf(), forward));
  await runThrough(time, Promise.all(dead ? following : [leading, ...following]));
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
    await fc.assert(property, { numRuns: sized(50, 10), endOnFailure: true });
  });
});
