/** P3: no read is older than the bound, and after a write through the facade no instance reads what was before it. */
import { setTimeout as sleep, setImmediate as tick } from 'node:timers/promises';
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
import { AppError } from '../../../shared/errors/app-error.ts';
import { freshTable } from '../../support/tables.ts';
import { createManualClock, exchangeOf, jsonAnswer, type ManualClock, textOf } from './support.ts';

const eids = ['journal:j1', 'experiment:e1', 'experiment:e2', 'text:t1'] as const;
const above: Readonly<Record<string, readonly string[]>> = {
  'journal:j1': [],
  'experiment:e1': ['journal:j1'],
  'experiment:e2': ['journal:j1'],
  'text:t1': ['experiment:e1', 'journal:j1'],
};
const instances = 3;
const eid = fc.constantFrom(...eids);
const instance = fc.nat(instances - 1);
const gated = fc.constantFrom(false, false, false, true);

const command = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('read' as const), eid, instance, gated }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('list' as const), eid, instance, gated }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), eid, instance, gated, lost: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), eid }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('sweep' as const),
      works: fc.integer({ min: 0, max: 2 }),
      millis: fc.nat(40_000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), millis: fc.nat(40_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      instance,
      millis: fc.integer({ min: -2_000, max: 2_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('outage' as const), on: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

type Version = { readonly number: number; readonly sinceMillis: number };

/** A tenant whose every change raises the version of the entity and of all above it. */
const createTenant = (time: ManualClock) => {
  const versions = new Map<string, Version[]>(eids.map((one) => [one, [{ number: 1, sinceMillis: 0 }]]));
  const latest = (one: string): number => versions.get(one)?.at(-1)?.number ?? 0;
  return {
    latest,
    at: (one: string, millis: number): number =>
      versions.get(one)?.findLast(({ sinceMillis }) => sinceMillis <= millis)?.number ?? 0,
    change: (one: string): void => {
      for (const each of [one, ...(above[one] ?? [])]) {
        versions.get(each)?.push({ number: latest(each) + 1, sinceMillis: time.nowMillis() });
      }
    },
    changedSince: (millis: number): string[] =>
      eids.filter((one) => (versions.get(one)?.at(-1)?.sinceMillis ?? 0) >= Math.floor(millis / 1_000) * 1_000),
  };
};

/** Runs the commands and returns every read that was wrong. */
const play = async (commands: readonly Command[], tenantSkewMillis: number, store: CacheStore, time: ManualClock) => {
  const tenant = createTenant(time);
  const steps = Array.from({ length: instances }, () => 0);
  const caches = steps.map((_, index) => {
    const clock = { nowMillis: () => time.nowMillis() + (steps[index] ?? 0) };
    const flight = { firstPauseMillis: 1, longestPauseMillis: 2 };
    return createAnswerCache({ store, clock, plan: createNativePlanner(store), flight });
  });
  let sweepWorks = true;
  let outage = false;
  const sweeper = createSweeper(
    store,
    {
      list: async ({ sinceMillis, trashed }) => {
        if (!sweepWorks) throw new AppError('UPSTREAM_LATE');
        const found = trashed ? [] : tenant.changedSince(sinceMillis - tenantSkewMillis);
        return { eids: found, tenantMillis: Math.floor((time.nowMillis() + tenantSkewMillis) / 1_000) * 1_000 };
      },
    },
    time,
    { ...defaultSweepSettings, settleMillis: 0 },
  );
  const gates: (() => void)[] = [];
  const pending: Promise<void>[] = [];
  const written = new Map<string, number>();
  const wrong: string[] = [];
  const gate = async (isGated: boolean): Promise<void> => {
    if (isGated) await new Promise<void>((resolve) => gates.push(resolve));
  };
  const document = (one: string) =>
    jsonAnswer({
      data: {
        id: one,
        attributes: { version: tenant.latest(one) },
        relationships: { ancestors: { data: above[one]?.map((id) => ({ id })) } },
      },
    });

  const read = async (one: string, path: string, index: number, isGated: boolean): Promise<void> => {
    const startMillis = time.nowMillis();
    const leastWritten = written.get(one) ?? 0;
    const cache = caches[index] as (typeof caches)[number];
    const outcome = await cache
      .answer(exchangeOf({ path }), async () => {
        if (outage) throw new AppError('UPSTREAM_UNREACHABLE');
        const answer = document(one);
        await gate(isGated);
        return answer;
      })
      .catch(() => undefined);
    if (!outcome) return;
    const version = Number(/"version":(\d+)/.exec(await textOf(outcome))?.[1]);
    const isMarked = outcome.cacheStatus.includes('STALE-IF-ERROR');
    const least = isMarked ? 0 : tenant.at(one, startMillis - defaultPolicy.boundMillis);
    if (version < least) wrong.push(`${path} of instance ${index}: ${version}, not ${least} (${outcome.cacheStatus})`);
    if (version < leastWritten) wrong.push(`${path} of instance ${index}: ${version} after a write of ${leastWritten}`);
  };

  const write = async (one: string, index: number, isGated: boolean, lost: boolean): Promise<void> => {
    const exchange = exchangeOf({
      method: 'PATCH',
      path: `/entities/${one}/properties`,
      deadlineMillis: time.nowMillis() + 60_000,
    });
    const cache = caches[index] as (typeof caches)[number];
    const changed = new Map<string, number>();
    const answered = cache.answer(exchange, async () => {
      await gate(isGated);
      tenant.change(one);
      for (const each of [one, ...(above[one] ?? [])]) changed.set(each, tenant.latest(each));
      if (lost) throw new AppError('UPSTREAM_LATE');
      return jsonAnswer({ data: [] });
    });
    await answered.catch(() => {});
    for (const [each, number] of changed) written.set(each, Math.max(written.get(each) ?? 0, number));
  };

  for (const step of commands) {
    if (step.do === 'read') pending.push(read(step.eid, `/entities/${step.eid}`, step.instance, step.gated));
    if (step.do === 'list') pending.push(read(step.eid, `/entities/${step.eid}/children`, step.instance, step.gated));
    if (step.do === 'write') pending.push(write(step.eid, step.instance, step.gated, step.lost));
    if (step.do === 'edit') tenant.change(step.eid);
    if (step.do === 'advance') time.advance(step.millis);
    if (step.do === 'step') steps[step.instance] = step.millis;
    if (step.do === 'outage') outage = step.on;
    if (step.do === 'release') for (const open of gates.splice(0)) open();
    if (step.do === 'sweep') {
      time.advance(step.millis);
      sweepWorks = step.works > 0;
      await sweeper.run().catch(() => {});
    }
    for (let turn = 0; turn < 5; turn += 1) await tick();
  }
  const all = Promise.all(pending);
  let done = false;
  all.finally(() => {
    done = true;
  });
  while (!done) {
    for (const open of gates.splice(0)) open();
    await sleep(1);
  }
  return wrong;
};

const scripts = fc.array(command, { minLength: 10, maxLength: 80 });
const skew = fc.integer({ min: -20_000, max: 20_000 });

describe('bounded staleness', () => {
  it('holds for any order of reads, writes, edits, sweeps, outages and clock steps', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, skew, async (commands, tenantSkewMillis) => {
        const time = createManualClock();
        expect(await play(commands, tenantSkewMillis, createMemoryCacheStore(time), time)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('holds on DynamoDB', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, skew, async (commands, tenantSkewMillis) => {
        const time = createManualClock();
        const { dynamo, tableName } = await freshTable();
        const store = createDynamoCacheStore(dynamo, {
          tableName,
          tenant: 't',
          spill: createMemorySpill(),
          clock: time,
        });
        expect(await play(commands, tenantSkewMillis, store, time)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});
