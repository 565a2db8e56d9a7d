/**
 * P4 while a record is being written: reads share flights that set out after they came, so that a crowd costs a flight or
 * two and still sees every write that was answered before it came. In virtual time.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import type { CacheStore } from '../../../shared/cache/store.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NativeAnswer } from '../../../shared/exchange/exchange.ts';
import { createVirtualTime, type VirtualTime } from '../../../shared/simulation/virtual-time.ts';
import { sized } from '../../support/test-size.ts';
import { exchangeOf, jsonAnswer, textOf } from './support.ts';
import { clockOf, runThrough, timersOf } from './virtual-flights.ts';

const runs = sized(40, 4);
const instances = 3;
const leaseMillis = 1_500;

type Sleep = (millis: number) => Promise<unknown>;

/** One process of the facade, until it dies. */
const createInstance = () => {
  const death = Promise.withResolvers<undefined>();
  const instance = {
    isDead: false,
    death: death.promise,
    die(): void {
      instance.isDead = true;
      death.resolve(undefined);
    },
  };
  return instance;
};
type Instance = ReturnType<typeof createInstance>;

/** The store as one instance reaches it: each request takes a moment both ways, and a dead instance hears nothing. */
const reachedBy = (store: CacheStore, instance: Instance, sleep: Sleep, delay: () => number): CacheStore =>
  new Proxy(store, {
    get: (target, name) => {
      const method = target[name as keyof CacheStore] as (...parameters: unknown[]) => Promise<unknown>;
      return async (...parameters: unknown[]) => {
        await sleep(delay());
        if (instance.isDead) return new Promise(() => {});
        const result = await method(...parameters);
        await sleep(delay());
        return instance.isDead ? new Promise(() => {}) : result;
      };
    },
  });

/** Delays that a run repeats when it is repeated. */
const delaysFrom = (seed: number, mostMillis: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state / 2_147_483_648) * mostMillis;
  };
};

/** Undefined if the instance dies first: its caller gets no answer. */
const unlessDead = <Value>(instance: Instance, work: Promise<Value>): Promise<Value | undefined> =>
  Promise.race([work, instance.death]);

const createWorld = (seed: number, time: VirtualTime) => {
  const timers = timersOf(time);
  const { sleep } = timers;
  const clock = clockOf(time);
  const shared = createMemoryCacheStore(clock);
  const delay = delaysFrom(seed, 3);
  const fleet = Array.from({ length: instances }, () => {
    const instance = createInstance();
    const store = reachedBy(shared, instance, sleep, delay);
    const flight = { leaseMillis, firstPauseMillis: 1, longestPauseMillis: 4, timers };
    const cache = createAnswerCache({ store, clock, plan: createNativePlanner(store), flight });
    return { instance, cache };
  });
  let events = 0;
  let version = 1;
  let answeredVersion = 1;
  let airborne = 0;
  const calls: { readonly setOut: number; readonly atOnce: number }[] = [];
  let killFrom: number | undefined;

  const upstreamRead = async (of: Instance, millis: number): Promise<NativeAnswer> => {
    airborne += 1;
    const call = { setOut: events++, atOnce: airborne };
    calls.push(call);
    const seen = version;
    if (killFrom !== undefined && calls.length > killFrom) {
      killFrom = undefined;
      of.die();
      airborne -= 1;
      return new Promise(() => {});
    }
    await sleep(millis);
    airborne -= 1;
    return jsonAnswer({ data: { id: 'experiment:e1' }, version: seen, call: calls.indexOf(call) });
  };

  type Seen = { readonly wrong: string[]; readonly status: string };
  const read = async (index: number, millis = 20): Promise<Seen | undefined> => {
    const { instance, cache } = fleet[index % instances] as (typeof fleet)[number];
    const came = events++;
    const least = answeredVersion;
    const answered = cache.answer(exchangeOf(), () => upstreamRead(instance, millis));
    const outcome = await unlessDead(instance, answered);
    if (!outcome) return undefined;
    const { version: read, call } = JSON.parse(await textOf(outcome)) as { version: number; call: number };
    const wrong: string[] = [];
    if (read < least) wrong.push(`version ${read} after a write of ${least} (${outcome.cacheStatus})`);
    const isBeingWritten = outcome.cacheStatus.includes('BEING-WRITTEN');
    if (isBeingWritten && (calls[call]?.setOut ?? 0) < came) wrong.push(`a flight that set out before the reader came`);
    return { wrong, status: outcome.cacheStatus };
  };

  const write = async (index: number, fate: 'answered' | 'refused' | 'failed', millis: number): Promise<void> => {
    const { instance, cache } = fleet[index % instances] as (typeof fleet)[number];
    if (instance.isDead) return;
    const exchange = exchangeOf({
      method: 'PATCH',
      path: '/entities/experiment:e1/properties',
      deadlineMillis: clock.nowMillis() + 30_000,
    });
    let written = 0;
    const answered = cache.answer(exchange, async (changes) => {
      await changes?.beforeSend?.();
      await sleep(millis / 2);
      if (fate !== 'refused') {
        version += 1;
        written = version;
      }
      await sleep(millis / 2);
      if (fate === 'failed') throw new AppError('UPSTREAM_LATE');
      return jsonAnswer({}, fate === 'refused' ? 422 : 200);
    });
    const isOver = await unlessDead(
      instance,
      answered.then(
        () => true,
        () => true,
      ),
    );
    if (!isOver) return;
    if (fate === 'answered') answeredVersion = Math.max(answeredVersion, written);
  };

  return {
    read,
    write,
    calls,
    sleep,
    killLeaderOfCall: (number: number) => {
      killFrom = number - 1;
    },
  };
};

/** What `act` does in a world of its own, whose time passes as long as it takes. */
const inWorld = (seed: number, act: (world: ReturnType<typeof createWorld>) => Promise<void>): Promise<void> => {
  const time = createVirtualTime();
  return runThrough(time, act(createWorld(seed, time)));
};

const crowd = <Value>(size: number, read: (index: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: size }, (_, index) => read(index)));

describe('500 reads at once', () => {
  it('of a record whose write is on its way cost two upstream calls at most', () =>
    inWorld(1, async ({ read, write, calls, sleep }) => {
      const writing = write(0, 'answered', 150);
      await sleep(30);
      const seen = await crowd(500, (index) => read(index));
      await writing;
      expect(calls.length).toBeLessThanOrEqual(2);
      expect(seen.filter((one) => one?.status.includes('BEING-WRITTEN'))).toHaveLength(500);
      expect(seen.flatMap((one) => one?.wrong ?? [])).toEqual([]);
    }));

  it('of a record whose write had an unknown outcome cost two upstream calls at most', () =>
    inWorld(2, async ({ read, write, calls }) => {
      await write(0, 'failed', 4);
      const seen = await crowd(500, (index) => read(index));
      expect(calls.length).toBeLessThanOrEqual(2);
      expect(seen.filter((one) => one?.status.includes('collapsed')).length).toBeGreaterThanOrEqual(498);
      expect(seen.flatMap((one) => one?.wrong ?? [])).toEqual([]);
      await crowd(500, (index) => read(index));
      expect(calls.length).toBeLessThanOrEqual(4);
    }));

  it('are answered when the instance that asks dies, for one call more', () =>
    inWorld(3, async ({ read, write, calls, killLeaderOfCall }) => {
      await write(0, 'failed', 4);
      killLeaderOfCall(1);
      const seen = await crowd(500, (index) => read(index));
      expect(calls.length).toBeLessThanOrEqual(3);
      // The two instances that live have had a third of the crowd each.
      expect(seen.filter((one) => one !== undefined).length).toBeGreaterThanOrEqual(332);
      expect(seen.flatMap((one) => one?.wrong ?? [])).toEqual([]);
    }));

  it('see what was written when the write is over, from one flight', () =>
    inWorld(4, async ({ read, write, calls }) => {
      await write(0, 'answered', 4);
      const seen = await crowd(500, (index) => read(index));
      expect(calls).toHaveLength(1);
      expect(seen.flatMap((one) => one?.wrong ?? [])).toEqual([]);
    }));
});

const step = fc.record({
  kind: fc.constantFrom('read' as const, 'read' as const, 'read' as const, 'read' as const, 'write' as const),
  index: fc.nat(instances - 1),
  atMillis: fc.nat(120),
  millis: fc.integer({ min: 1, max: 30 }),
  fate: fc.constantFrom('answered' as const, 'refused' as const, 'failed' as const),
});
const script = fc.record({
  seed: fc.nat(2_147_483_647),
  steps: fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }),
  startsUncertain: fc.boolean(),
  killed: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 4 }),
});

describe('reads and writes in any order', () => {
  it('read what was written before, from flights that do not overlap while the record is being written', async () => {
    await fc.assert(
      fc.asyncProperty(script, ({ seed, steps, startsUncertain, killed }) =>
        inWorld(seed, async (world) => {
          if (startsUncertain) await world.write(0, 'failed', 2);
          if (killed !== null) world.killLeaderOfCall(killed);
          const seen = await Promise.all(
            steps.map(async ({ kind, index, atMillis, millis, fate }) => {
              await world.sleep(atMillis);
              if (kind === 'read') return world.read(index, millis);
              await world.write(index, fate, millis);
              return undefined;
            }),
          );
          const found = seen.flatMap((one) => (one ? [one] : []));
          expect(found.length).toBeGreaterThan(0);
          expect(found.flatMap(({ wrong }) => wrong)).toEqual([]);
          // With an open write from the beginning all reads come while the record is being written.
          if (startsUncertain) {
            expect(found.every(({ status }) => status.includes('BEING-WRITTEN'))).toBe(true);
            if (killed === null) expect(Math.max(...world.calls.map(({ atOnce }) => atOnce))).toBe(1);
          }
        }),
      ),
      { numRuns: runs },
    );
  });
});
