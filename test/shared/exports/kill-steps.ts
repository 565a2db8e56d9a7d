/**
 * Runs of exports without an engine: steps and polls are journalled, waits move the clock, and the process can die at any call to the
 * tenant, the catalogue or the bucket. After a death the run begins anew and replays the journal, as a durable execution does.
 */
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import { createMemoryExportStore } from '../../../shared/exports/adapters/memory.ts';
import { createExportAllowance } from '../../../shared/exports/allowance.ts';
import { carryOut, type RunParts } from '../../../shared/exports/carry-out.ts';
import { isOver, type Run, runNameIn, type Wish } from '../../../shared/exports/export-record.ts';
import { createExports } from '../../../shared/exports/exports.ts';
import type { JobContext } from '../../../shared/exports/job-context.ts';
import { JobFailure } from '../../../shared/exports/job-failure.ts';
import type { CallAnswer, ExportKind } from '../../../shared/exports/kind.ts';
import { createLeases } from '../../../shared/exports/leases.ts';
import { createMemoryBucket } from './memory-bucket.ts';

export const json = (value: unknown, status = 200): CallAnswer => ({
  ...{ status, headers: [['content-type', 'application/json']] },
  body: Buffer.from(JSON.stringify(value)),
});
export const status = (code: number): CallAnswer => ({ status: code, headers: [], body: undefined });

/** What the tenant answers; it is asked again after a death. */
export type Tenant = (asked: Parameters<RunParts['call']>[0]) => CallAnswer | Promise<CallAnswer>;

class Death extends Error {}

/** @param isAbortBroken the bucket drops no upload of a run that is not over. */
export const createExportWorld = (kind: ExportKind, tenant: Tenant, isAbortBroken = false) => {
  const clock = { millis: 1_000_000 };
  const nowMillis = () => clock.millis;
  const bucket = createMemoryBucket(nowMillis);
  const store = createMemoryExportStore();
  const events: string[] = [];
  let calls = 0;
  let deathAt = Number.POSITIVE_INFINITY;
  let isDead = false;
  /** Nothing that the process does afterwards has an effect, such as what it does about the error. */
  const die = (): never => {
    isDead = true;
    throw new Death();
  };
  const fatal = <Port extends object>(port: Port): Port =>
    Object.fromEntries(
      Object.entries(port).map(([name, act]) => [
        name,
        async (...given: unknown[]) => {
          const at = calls;
          calls += 2;
          if (isDead || at === deathAt) die();
          const answer = await (act as (...all: unknown[]) => unknown)(...given);
          if (at + 1 === deathAt) die();
          return answer;
        },
      ]),
    ) as Port;
  const mortal = fatal(store);
  const abort: typeof bucket.uploads.abort = async (key, uploadId) => {
    const run = await store.readRun(runNameIn(key));
    if (isAbortBroken && run && !isOver(run.state)) throw new Error('The upload cannot be dropped');
    await bucket.uploads.abort(key, uploadId);
  };
  const tell: RunParts['tell'] = async ({ id }, { state }) => void events.push(`${id} ${state}`);
  const common = { nowMillis, count: () => {}, tell };
  const parts: RunParts = {
    ...{ ...common, store: mortal, leases: createLeases(mortal, nowMillis, 4), kinds: [kind] },
    ...{ uploads: fatal({ ...bucket.uploads, abort }), files: fatal(bucket.files) },
    call: fatal({ call: async (asked: Parameters<RunParts['call']>[0]) => tenant(asked) }).call,
  };
  let ids = 0;
  const exports = createExports({
    ...{
      ...common,
      store,
      uploads: bucket.uploads,
      files: bucket.files,
      leases: createLeases(store, nowMillis, 4),
      stage: 'test',
    },
    ...{ onStartFailed: () => {}, newId: () => `job-${++ids}`, allowance: createExportAllowance(store, nowMillis, 50) },
    engine: { start: async (name) => `arn:${name}`, statusOf: async () => 'running', stop: async () => {} },
  });
  const journal = new Map<string, unknown>();
  const again = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (isDead) throw new Death();
        if (error instanceof JobFailure) {
          journal.set(name, error);
          throw error;
        }
        clock.millis += 2_000;
      }
  };
  const kept = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (isDead) die();
    const known = journal.get(name);
    if (known instanceof JobFailure) throw known;
    if (known !== undefined) return known as T;
    const value = await again(name, work);
    journal.set(name, JSON.parse(JSON.stringify(value)));
    return value;
  };
  const context: JobContext = {
    step: kept,
    poll: (name, initial, ask) =>
      kept(name, async () => {
        const from = `${name} so far`;
        for (;;) {
          const { state, againSeconds } = await ask((journal.get(from) ?? initial) as typeof initial);
          journal.set(from, state);
          if (againSeconds === undefined) return state;
          clock.millis += againSeconds * 1_000;
        }
      }),
  };
  const consumer: Consumer = { id: 'app', scopes: [], state: 'active' };
  /**
   * Carries a run out, and begins anew after the one death. @param death the process dies at this call to the outside, before (even) or after (odd)
   * it has its effect. @returns the run, and the calls that it made.
   */
  const carry = async (
    name: string,
    death = Number.POSITIVE_INFINITY,
  ): Promise<{ readonly run: Run; readonly calls: number }> => {
    [calls, deathAt] = [0, death];
    for (;;) {
      isDead = false;
      try {
        await carryOut(context, name, kind.kind, parts);
        return { run: (await store.readRun(name)) as Run, calls };
      } catch (error) {
        if (!(error instanceof Death)) throw error;
      }
    }
  };
  return { ...bucket, store, exports, consumer, events, carry, clock, parts, context, journal };
};

/** A run whose consumer cancels it while the tenant answers the call of this number, the first being 1. @returns also how many calls there were. */
export const cancelledAt = async (kind: ExportKind, tenant: Tenant, wish: Wish, at: number) => {
  let seen = 0;
  let cancel = async (): Promise<unknown> => undefined;
  const world = createExportWorld(kind, async (asked) => {
    seen += 1;
    if (seen === at) await cancel();
    return tenant(asked);
  });
  const { run: made, job } = await world.exports.create(world.consumer, wish);
  cancel = () => world.exports.cancel(world.consumer, job.id);
  const { run } = await world.carry(made.name);
  return { world, run, seen };
};
