/** P3: no read is older than the bound. After a write through the facade, no instance reads the older state. */
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
import { signalsCacheRules } from '../../../shared/signals/cache/rules.ts';
import { freshTable } from '../../support/tables.ts';
import { sized } from '../../support/test-size.ts';
import { createManualClock, exchangeOf, jsonAnswer, type ManualClock, textOf } from './support.ts';

const eids = ['journal:j1', 'journal:j2', 'experiment:e1', 'experiment:e2', 'text:t1'] as const;
const firstParents: Readonly<Record<string, string>> = {
  'experiment:e1': 'journal:j1',
  'experiment:e2': 'journal:j1',
  'text:t1': 'experiment:e1',
};
/** The entities that move, and their possible parents. */
const moves = [
  ['experiment:e1', 'journal:j1'],
  ['experiment:e1', 'journal:j2'],
  ['text:t1', 'experiment:e1'],
  ['text:t1', 'experiment:e2'],
] as const;
/**
 * What becomes of a write. `lost`: carried out, but no answer came. `late`: no answer, and carried out later. `failed`: 503,
 * and carried out later. `killed`: the function dies, before or after the upstream has carried it out.
 */
const fates = ['answered', 'answered', 'answered', 'lost', 'late', 'failed', 'killed', 'killed-late'] as const;
/** The longest time after which the upstream carries out a write whose caller has left. */
const latestMillis = 100_000;
const instances = 3;
const eid = fc.constantFrom(...eids);
const instance = fc.nat(instances - 1);
const gated = fc.constantFrom(false, false, false, true);
/** Mostly so little that answers stay fresh; now and then past a bound or the deadline of a write. */
const pause = fc.oneof(
  { weight: 4, arbitrary: fc.nat(3_000) },
  { weight: 2, arbitrary: fc.nat(40_000) },
  { weight: 1, arbitrary: fc.constantFrom(61_000, 130_000) },
);

const command = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('read' as const), eid, instance, gated }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('list' as const), eid, instance, gated }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('write' as const), eid, instance, gated, fate: fc.constantFrom(...fates) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      move: fc.constantFrom(...moves),
      instance,
      gated,
      fate: fc.constantFrom(...fates),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('move-behind' as const), move: fc.constantFrom(...moves) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('commit' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), eid }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('sweep' as const),
      works: fc.integer({ min: 0, max: 2 }),
      // Begins again before it ends, ends late, or never: what a message that comes twice, a slow run and a kill make of it.
      gated,
      killed: gated,
      millis: pause,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), millis: pause }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      instance,
      millis: fc.integer({ min: -2_000, max: 2_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('outage' as const), on: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('release' as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

type Version = { readonly number: number; readonly sinceMillis: number };

/** A tenant in which each change raises the version of the entity and of its ancestors. */
const createTenant = (time: ManualClock) => {
  const versions = new Map<string, Version[]>(eids.map((one) => [one, [{ number: 1, sinceMillis: 0 }]]));
  const parents = new Map(Object.entries(firstParents));
  const movedMillis = new Map<string, number>();
  const latest = (one: string): number => versions.get(one)?.at(-1)?.number ?? 0;
  const above = (one: string): string[] => {
    const parent = parents.get(one);
    return parent === undefined ? [] : [parent, ...above(parent)];
  };
  const raise = (all: readonly string[]): void => {
    for (const each of new Set(all)) {
      versions.get(each)?.push({ number: latest(each) + 1, sinceMillis: time.nowMillis() });
    }
  };
  return {
    latest,
    above,
    at: (one: string, millis: number): number =>
      versions.get(one)?.findLast(({ sinceMillis }) => sinceMillis <= millis)?.number ?? 0,
    change: (one: string): void => raise([one, ...above(one)]),
    move: (one: string, parent: string, isBehind: boolean): void => {
      const before = above(one);
      parents.set(one, parent);
      if (isBehind) movedMillis.set(one, time.nowMillis());
      raise([one, ...before, ...above(one)]);
    },
    /** Whether the entity or one above it was moved in the tenant itself since. */
    wasMovedSince: (one: string, millis: number): boolean =>
      [one, ...above(one)].some((each) => (movedMillis.get(each) ?? 0) > millis),
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
  /** As whom the reads ask. */
  const lastPage = { nextOffset: undefined, principal: exchangeOf().principal };
  /** @param held takes until a listing is answered. */
  const sweeperOf = (held: () => Promise<void>) =>
    createSweeper(
      store,
      {
        list: async ({ sinceMillis, trashed }) => {
          if (!sweepWorks) throw new AppError('UPSTREAM_LATE');
          const found = trashed ? [] : tenant.changedSince(sinceMillis - tenantSkewMillis);
          const tenantMillis = Math.floor((time.nowMillis() + tenantSkewMillis) / 1_000) * 1_000;
          await held();
          return { ...lastPage, eids: found, tenantMillis };
        },
      },
      time,
      signalsCacheRules,
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
        relationships: { ancestors: { data: tenant.above(one).map((id) => ({ id })) } },
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

  const mustShow = (seen: ReadonlyMap<string, number>): void => {
    for (const [each, number] of seen) written.set(each, Math.max(written.get(each) ?? 0, number));
  };
  const latestOf = (all: readonly string[]): Map<string, number> =>
    new Map(all.map((each) => [each, tenant.latest(each)]));

  const lateCommits: { readonly commit: () => void; readonly byMillis: number }[] = [];
  const commitLate = (isDue: (byMillis: number) => boolean): void => {
    for (const one of lateCommits.filter(({ byMillis }) => isDue(byMillis))) {
      lateCommits.splice(lateCommits.indexOf(one), 1);
      one.commit();
    }
  };
  const advance = (millis: number): void => {
    commitLate((byMillis) => byMillis <= time.nowMillis() + millis);
    time.advance(millis);
  };

  /** `change` is what the upstream does. What it shows of it from then on depends on what the facade could know. */
  const write = async (
    { eid: one, instance: index, gated: isGated, fate }: Extract<Command, { fate: unknown }> & { eid: string },
    path: string,
    change: () => void,
  ): Promise<void> => {
    const deadlineMillis = time.nowMillis() + 60_000;
    const exchange = exchangeOf({ method: 'PATCH', path, deadlineMillis });
    const cache = caches[index] as (typeof caches)[number];
    let changed = new Map<string, number>();
    // A write that is carried out after its caller has left: the entity must show it at once, its ancestors within the bound.
    const commitAlone = (): void => {
      change();
      mustShow(latestOf([one]));
    };
    const commitLater = (): void => {
      lateCommits.push({ commit: commitAlone, byMillis: time.nowMillis() + latestMillis });
    };
    const answered = cache.answer(exchange, async (changes) => {
      await changes?.beforeSend?.();
      await gate(isGated);
      if (fate.startsWith('killed')) {
        if (time.nowMillis() > deadlineMillis) return new Promise(() => {}); // died before it sent anything
        if (fate === 'killed') commitAlone();
        if (fate === 'killed-late') commitLater();
        return new Promise(() => {});
      }
      if (fate === 'late' || fate === 'failed') {
        commitLater();
        if (fate === 'failed') return jsonAnswer({}, 503);
        throw new AppError('UPSTREAM_LATE');
      }
      const before = tenant.above(one);
      change();
      changed = latestOf([one, ...before, ...tenant.above(one)]);
      if (fate === 'lost') throw new AppError('UPSTREAM_LATE');
      return jsonAnswer({ data: [] });
    });
    if (fate.startsWith('killed')) return;
    await answered.catch(() => {});
    // Where something was put in the tenant itself less than the bound ago need not be known: that is an edit behind the facade.
    const isKnown = !tenant.wasMovedSince(one, time.nowMillis() - defaultPolicy.boundMillis);
    const isOwn = (each: string): boolean => each === one || isKnown;
    mustShow(new Map([...changed].filter(([each]) => isOwn(each))));
  };

  for (const step of commands) {
    if (step.do === 'read') pending.push(read(step.eid, `/entities/${step.eid}`, step.instance, step.gated));
    if (step.do === 'list') pending.push(read(step.eid, `/entities/${step.eid}/children`, step.instance, step.gated));
    if (step.do === 'write') {
      pending.push(write(step, `/entities/${step.eid}/properties`, () => tenant.change(step.eid)));
    }
    if (step.do === 'move') {
      const [one, parent] = step.move;
      pending.push(write({ ...step, eid: one }, `/entities/${one}/move`, () => tenant.move(one, parent, false)));
    }
    if (step.do === 'move-behind') tenant.move(step.move[0], step.move[1], true);
    if (step.do === 'commit') commitLate(() => true);
    if (step.do === 'edit') tenant.change(step.eid);
    if (step.do === 'advance') advance(step.millis);
    if (step.do === 'step') steps[step.instance] = step.millis;
    if (step.do === 'outage') outage = step.on;
    if (step.do === 'release') for (const open of gates.splice(0)) open();
    if (step.do === 'sweep') {
      advance(step.millis);
      sweepWorks = step.works > 0;
      const { killed, gated: isGated } = step;
      const held = () => (killed ? new Promise<void>(() => {}) : gate(isGated));
      const run = sweeperOf(held)
        .run()
        .then(
          () => {},
          () => {},
        );
      if (isGated && !killed) pending.push(run);
      else if (!killed) await run;
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

const scripts = fc.array(command, { minLength: 20, maxLength: 120, size: 'max' });
const skew = fc.integer({ min: -20_000, max: 20_000 });

describe('bounded staleness', () => {
  it('holds for any order of reads, writes of any fate, moves, edits, sweeps, outages and clock steps', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, skew, async (commands, tenantSkewMillis) => {
        const time = createManualClock();
        expect(await play(commands, tenantSkewMillis, createMemoryCacheStore(time), time)).toEqual([]);
      }),
      { numRuns: sized(5_000, 100) },
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
      { numRuns: sized(50, 2) },
    );
  });
});
