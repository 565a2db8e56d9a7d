/**
 * P3 where the sweep spares answers whose stamp it lists, and verifies answers that show children: every read shows its
 * record, its children and what may be done with them as they were at some instant within the bound. The tenant edits,
 * creates, trashes, deletes, moves and archives past the facade.
 */
import { setImmediate as tick } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDynamoCacheStore } from '../../../shared/cache/adapters/dynamodb.ts';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createMemorySpill } from '../../../shared/cache/adapters/spill.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { defaultPolicy } from '../../../shared/cache/policy.ts';
import type { CacheStore } from '../../../shared/cache/store.ts';
import { createSweeper, defaultSweepSettings } from '../../../shared/cache/sweep/sweep.ts';
import { createSignalsFeed } from '../../../shared/signals/cache/feed.ts';
import { signalsCacheRules } from '../../../shared/signals/cache/rules.ts';
import { freshTable } from '../../support/tables.ts';
import { sized } from '../../support/test-size.ts';
import { type ChangeOfTenant, createListingTenant, type Habits } from './listing-tenant.ts';
import { createManualClock, exchangeOf, jsonAnswer, type ManualClock, textOf } from './support.ts';

const eids = ['journal:j1', 'journal:j2', 'experiment:e1', 'experiment:e2', 'text:t1', 'text:t2'] as const;
const instances = 3;
const eid = fc.constantFrom(...eids);
const instance = fc.nat(instances - 1);
const pause = fc.oneof(
  { weight: 5, arbitrary: fc.nat(4_000) },
  { weight: 2, arbitrary: fc.nat(35_000) },
  { weight: 1, arbitrary: fc.constantFrom(61_000, 130_000) },
);
const include = fc.constantFrom('', '', 'owner');

const change: fc.Arbitrary<ChangeOfTenant> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('edit' as const), eid }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('archive' as const), eid: fc.constantFrom(...eids.slice(0, 2)) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('create' as const), eid: fc.constantFrom(...eids.slice(2, 4)) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('trash' as const), eid: fc.constantFrom(...eids.slice(2)) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), eid: fc.constantFrom(...eids.slice(4)) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      eid: fc.constantFrom(...eids.slice(4)),
      to: fc.constantFrom(...eids.slice(2, 4)),
    }),
  },
);

const command = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('read' as const), eid, include, instance }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('write' as const), eid, instance }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('behind' as const), change }) },
  {
    weight: 6,
    // A run that is held has listed, and does the rest later, beside others.
    arbitrary: fc.record({
      do: fc.constant('sweep' as const),
      millis: pause,
      held: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), millis: pause }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      instance,
      millis: fc.integer({ min: -2_000, max: 2_000 }),
    }),
  },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const habits: fc.Arbitrary<Habits> = fc.record({
  cascades: fc.boolean(),
  namesAncestors: fc.constantFrom(true, true, false),
  skewMillis: fc.integer({ min: -20_000, max: 20_000 }),
  lagMillis: fc.nat(defaultSweepSettings.settleMillis - 1),
});

/** Runs the commands and returns every read that was wrong, and the calls that the reads took. */
const play = async (commands: readonly Command[], given: Habits, store: CacheStore, time: ManualClock) => {
  const tenant = createListingTenant(time, given);
  const steps = Array.from({ length: instances }, () => 0);
  const caches = steps.map((_, index) => {
    const clock = { nowMillis: () => time.nowMillis() + (steps[index] ?? 0) };
    return createAnswerCache({ store, clock, plan: createNativePlanner(store) });
  });
  const gates: (() => void)[] = [];
  const runs: Promise<unknown>[] = [];
  let isHeld = false;
  const feed = createSignalsFeed(async (pathAndQuery) => {
    const answer = tenant.list(pathAndQuery);
    if (isHeld) await new Promise<void>((resolve) => gates.push(resolve));
    return { ...answer, principal: exchangeOf().principal };
  });
  const sweeper = createSweeper(store, feed, time, signalsCacheRules);
  const release = async (): Promise<void> => {
    while (gates.length > 0) {
      for (const open of gates.splice(0)) open();
      for (let turn = 0; turn < 5; turn += 1) await tick();
    }
  };
  const wrong: string[] = [];
  const written = new Map<string, number>();
  let calls = 0;

  const read = async (one: string, wanted: string, index: number): Promise<void> => {
    const startMillis = time.nowMillis();
    const cache = caches[index] as (typeof caches)[number];
    const outcome = await cache.answer(
      exchangeOf({ path: `/entities/${one}`, query: wanted === '' ? [] : [['include', wanted]] }),
      async () => {
        calls += 1;
        const document = tenant.document(one, wanted);
        return document ? jsonAnswer(document) : jsonAnswer({ errors: [] }, 404);
      },
    );
    const text = await textOf(outcome);
    const leastMillis = Math.max(startMillis - defaultPolicy.boundMillis, written.get(one) ?? 0);
    if (!tenant.wasSo(one, wanted, text, leastMillis))
      wrong.push(`${one} with ${wanted} of instance ${index} (${outcome.cacheStatus}): ${text}`);
  };

  const write = async (one: string, index: number): Promise<void> => {
    const cache = caches[index] as (typeof caches)[number];
    const exchange = exchangeOf({ method: 'PATCH', path: `/entities/${one}/properties` });
    await cache.answer(exchange, async (changes) => {
      await changes?.beforeSend?.();
      tenant.change({ do: 'edit', eid: one });
      written.set(one, time.nowMillis());
      return jsonAnswer({ data: [] });
    });
  };

  for (const step of commands) {
    if (step.do === 'read') await read(step.eid, step.include, step.instance);
    if (step.do === 'write') await write(step.eid, step.instance);
    if (step.do === 'behind') tenant.change(step.change);
    if (step.do === 'advance') time.advance(step.millis);
    if (step.do === 'step') steps[step.instance] = step.millis;
    if (step.do === 'release') await release();
    if (step.do === 'sweep') {
      time.advance(step.millis);
      isHeld = step.held;
      const run = sweeper.run();
      runs.push(run);
      if (!step.held) await run;
      for (let turn = 0; turn < 5; turn += 1) await tick();
      isHeld = false;
    }
  }
  await release();
  await Promise.all(runs);
  return { wrong, calls };
};

const scripts = fc.array(command, { minLength: 20, maxLength: 120, size: 'max' });

describe('reads of records whose changes the sweep lists', () => {
  it('are within the bound, with their children and rights, whatever the listing tells', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, habits, async (commands, given) => {
        const time = createManualClock();
        expect((await play(commands, given, createMemoryCacheStore(time), time)).wrong).toEqual([]);
      }),
      { numRuns: sized(400, 15) },
    );
  });

  it('are within the bound on DynamoDB', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, habits, async (commands, given) => {
        const time = createManualClock();
        const { dynamo, tableName } = await freshTable();
        const store = createDynamoCacheStore(dynamo, {
          tableName,
          tenant: 't',
          spill: createMemorySpill(),
          clock: time,
        });
        expect((await play(commands, given, store, time)).wrong).toEqual([]);
      }),
      { numRuns: sized(50, 2) },
    );
  });
});

describe('a record that shows its children', () => {
  const exact: Habits = { cascades: true, namesAncestors: true, skewMillis: 0, lagMillis: 0 };
  const reads = (times: number): Command[] =>
    Array.from({ length: times }, (): Command[] => [
      { do: 'sweep', millis: 20_000, held: false },
      { do: 'advance', millis: 10_000 },
      { do: 'read', eid: 'experiment:e1', include: '', instance: 0 },
    ]).flat();
  const callsOf = async (...commands: Command[]): Promise<number> => {
    const time = createManualClock();
    const begin: Command[] = [
      { do: 'sweep', millis: 0, held: false },
      { do: 'advance', millis: 10_000 },
    ];
    const { wrong, calls } = await play([...begin, ...commands], exact, createMemoryCacheStore(time), time);
    expect(wrong).toEqual([]);
    return calls;
  };

  it('is asked for once in ten minutes of sweeps, while nothing in it changes', async () => {
    expect(await callsOf(...reads(20))).toBe(1);
  });

  it('is asked for once after a write of its own, and once after an edit, however often the sweep lists them', async () => {
    const write: Command = { do: 'write', eid: 'experiment:e1', instance: 1 };
    expect(await callsOf(...reads(4), write, ...reads(4))).toBe(2);
    const edit: Command = { do: 'behind', change: { do: 'edit', eid: 'text:t1' } };
    expect(await callsOf(...reads(4), edit, ...reads(4))).toBe(2);
  });

  it('outlasts changes of other records in its notebook, and not of the notebook itself', async () => {
    const other: Command = { do: 'write', eid: 'experiment:e2', instance: 1 };
    expect(await callsOf(...reads(4), other, ...reads(4), other, ...reads(4))).toBe(1);
    const archive: Command = { do: 'behind', change: { do: 'archive', eid: 'journal:j1' } };
    expect(await callsOf(...reads(4), archive, ...reads(4))).toBe(2);
  });
});
