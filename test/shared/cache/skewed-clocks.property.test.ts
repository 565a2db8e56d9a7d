/** P4 on instances whose clocks differ: leases are watched, not compared. In virtual time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVirtualTime, type VirtualTime } from '../../../bench/quota/virtual-time.ts';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import type { FlightTimers } from '../../../shared/cache/flights.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import type { CacheStore } from '../../../shared/cache/store.ts';
import { sized } from '../../support/test-size.ts';
import { exchangeOf, jsonAnswer } from './support.ts';

/** A tenth of what they are by default. */
const flight = { leaseMillis: 500, clockSkewMillis: 500, firstPauseMillis: 10, longestPauseMillis: 40 };
/** Two clocks differ by less than `clockSkewMillis`. */
const offset = fc.integer({ min: -249, max: 249 });

const startMillis = 1_800_000_000_000;

const timersOf = (time: VirtualTime): FlightTimers => ({
  sleep: (millis) => new Promise<void>((resolve) => time.at(time.now() + millis, resolve)),
  every: (millis, work) => {
    let isOn = true;
    const plan = (): void =>
      time.at(time.now() + millis, () => {
        if (!isOn) return;
        work();
        plan();
      });
    plan();
    return () => {
      isOn = false;
    };
  },
});

const instanceOn = (time: VirtualTime, store: CacheStore, offMillis: number) =>
  createAnswerCache({
    store,
    clock: { nowMillis: () => startMillis + time.now() + offMillis },
    plan: createNativePlanner(store),
    flight: { ...flight, timers: timersOf(time) },
  });

/** The calls of a crowd. A leader that is `dead` never lands and renews nothing. */
const callsOf = async (offsets: readonly number[], upstreamMillis: number, dead: boolean): Promise<number> => {
  const time = createVirtualTime();
  const { sleep } = timersOf(time);
  const store = createMemoryCacheStore({ nowMillis: () => startMillis + time.now() });
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
  let isAnswered = false;
  const answered = Promise.all(dead ? following : [leading, ...following]).finally(() => {
    isAnswered = true;
  });
  while (!isAnswered) await time.runUntil(time.now() + 100);
  await answered;
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
