/** Very many experiments closed within a minute: orders, exports, leases and the chain together, in virtual time. */
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { createMemoryArchiveBucket, createMemoryArchiveStore } from '../../../shared/archive/adapters/memory.ts';
import { createMemoryHoldStore } from '../../../shared/archive/adapters/memory-holds.ts';
import { carryOutOrder, type OrderParts } from '../../../shared/archive/carry-out-order.ts';
import { createArchiveOrders } from '../../../shared/archive/orders.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createMemoryExportStore } from '../../../shared/exports/adapters/memory.ts';
import { carryOut, type RunParts } from '../../../shared/exports/carry-out.ts';
import { createExports } from '../../../shared/exports/exports.ts';
import { isForLater } from '../../../shared/exports/for-later.ts';
import type { JobContext } from '../../../shared/exports/job-context.ts';
import { JobFailure } from '../../../shared/exports/job-failure.ts';
import type { CallAnswer } from '../../../shared/exports/kind.ts';
import { createLeases } from '../../../shared/exports/leases.ts';
import { pdfKind } from '../../../shared/exports/pdf.ts';
import { createVirtualTime } from '../../../shared/simulation/virtual-time.ts';
import { sized } from '../../support/test-size.ts';
import { createMemoryBucket } from '../exports/memory-bucket.ts';

const epochMillis = Date.parse('2026-11-27T09:00:00.000Z');
const minuteMillis = 60_000;
const atATime = 4;
const pdfMillis = 4_000;
const file = Buffer.from('%PDF-1.7 text %%EOF');

const json = (value: unknown): CallAnswer => ({ status: 200, headers: [], body: Buffer.from(JSON.stringify(value)) });

/** What is left of a busy quota: calls beyond it are refused before they are sent. */
const createBudget = (perMinute: number, nowMillis: () => number) => {
  const sent: number[] = [];
  let refused = 0;
  return {
    refused: () => refused,
    spend(): void {
      if (sent.filter((atMillis) => atMillis > nowMillis() - minuteMillis).length >= perMinute) {
        refused += 1;
        throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 5 });
      }
      sent.push(nowMillis());
    },
  };
};

/** A tenant whose PDFs take some seconds, and which counts those that it makes at a time. */
const createTenant = (perMinute: number, nowMillis: () => number) => {
  const budget = createBudget(perMinute, nowMillis);
  const readyAt = new Map<string, number>();
  const making = new Set<string>();
  let [mostAtATime, made] = [0, 0];
  const call: RunParts['call'] = async ({ method, path }, onEnd) => {
    try {
      budget.spend();
    } catch (error) {
      onEnd(0);
      throw error;
    }
    if (method === 'PUT') {
      const fileId = `f${++made}`;
      making.add(fileId);
      mostAtATime = Math.max(mostAtATime, making.size);
      readyAt.set(fileId, nowMillis() + pdfMillis);
      return json({ data: { attributes: { fileId } } });
    }
    const fileId = /\/pdf\/(.+)$/.exec(path)?.[1] ?? '';
    if (method === 'HEAD') {
      const length = (readyAt.get(fileId) ?? 0) <= nowMillis() ? file.byteLength : 0;
      return { status: 200, headers: [['content-length', String(length)]], body: undefined };
    }
    if (fileId === '') return json({ data: { attributes: { digest: '1', state: 'closed' } } });
    making.delete(fileId);
    return { status: 200, headers: [], body: Readable.from([file]) };
  };
  return { call, refused: budget.refused, mostAtATime: () => mostAtATime, made: () => made };
};

const createWorld = (perMinute: number) => {
  const time = createVirtualTime();
  const nowMillis = () => epochMillis + time.now();
  const tenant = createTenant(perMinute, nowMillis);
  const sleep = (seconds: number) =>
    new Promise<void>((resolve) => time.at(time.now() + Math.max(1, seconds) * 1_000, resolve));
  /** As the engine: what the budget refuses comes again after a pause. */
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (error instanceof JobFailure) throw error;
        await sleep(isForLater(error) ? (error.facts.retryAfterSeconds ?? 60) : 2);
      }
  };
  /** Of executions that wait for a place or for an export; each is an invocation. */
  let looks = 0;
  const context: JobContext = {
    step: (_name, work) => patiently(work),
    async poll(name, initial, ask) {
      for (let state = initial; ; ) {
        if (/^(turn|export)/.test(name)) looks += 1;
        const { state: next, againSeconds } = await patiently(() => ask(state));
        if (againSeconds === undefined) return next;
        state = next;
        await sleep(againSeconds);
      }
    },
  };
  /** Executions by name: a name again starts nothing. */
  const running = new Map<string, Promise<void>>();
  const faults: unknown[] = [];
  const startOnce = async (name: string, run: () => Promise<void>): Promise<string> => {
    if (!running.has(name))
      running.set(
        name,
        run().catch((error: unknown) => void faults.push(error)),
      );
    return name;
  };

  const results = createMemoryBucket(nowMillis);
  const store = createMemoryExportStore();
  const leases = createLeases(store, nowMillis, atATime);
  const { uploads, files } = results;
  const common = { store, leases, nowMillis, uploads, files, tell: async () => {}, count: () => {} };
  const runParts: RunParts = { ...common, kinds: [pdfKind], call: tenant.call };
  const engine = {
    start: (name: string, kind: string) => startOnce(name, () => carryOut(context, name, kind, runParts)),
    statusOf: async () => 'running' as const,
    stop: async () => {},
  };
  const exportsAs: OrderParts['exportsAs'] = (jobId) =>
    createExports({
      ...{ ...common, engine, stage: 'test', onStartFailed: () => {}, newId: () => jobId },
      allowance: { take: async () => {} },
    });

  const archive = createMemoryArchiveStore();
  const bucket = createMemoryArchiveBucket();
  const counts: string[] = [];
  const orderParts: OrderParts = {
    ...{ store: archive, bucket, files: results.files, lock: undefined, nowMillis, stage: 'test', exportsAs },
    holding: { holds: createMemoryHoldStore(), objects: bucket },
    call: (asked) => tenant.call(asked, () => {}),
    count: (state) => void counts.push(state),
  };
  const orders = createArchiveOrders({
    ...{ store: archive, nowMillis, stage: 'test', count: orderParts.count, onStartFailed: () => {} },
    engine: {
      start: (name, { archive: order, round }) =>
        startOnce(name, () => carryOutOrder(context, order, round, orderParts)),
      statusOf: async () => 'running',
    },
  });
  return { time, nowMillis, tenant, archive, bucket, orders, counts, faults, open: results.open, looks: () => looks };
};

it('very many experiments that are closed within a minute are all archived while the quota is busy, four at a time', async () => {
  const closings = sized(200, 60);
  const { time, nowMillis, tenant, archive, bucket, orders, counts, faults, open, looks } = createWorld(closings);
  const eidOf = (index: number): string => `experiment:e${index}`;
  for (let index = 0; index < closings; index += 1)
    time.at((index * 50_000) / closings, () => {
      const order = { eid: eidOf(index), cause: `n${index}`, requestedBy: 'facade', closedAtMillis: nowMillis() };
      void orders.take(order).catch((error: unknown) => void faults.push(error));
    });
  await time.runUntil(60 * minuteMillis);

  expect(faults).toEqual([]);
  expect(counts).toEqual(Array.from({ length: closings }, () => 'done'));
  const { claims, isMore } = await archive.listAfter(0, closings + 1);
  expect([claims.length, isMore]).toEqual([closings, false]);
  const entities = claims.map(({ manifest }) => (JSON.parse(manifest) as { eid: string }).eid);
  expect(new Set(entities)).toEqual(new Set(Array.from({ length: closings }, (_, index) => eidOf(index))));
  // One PDF each, no more at a time than there are places, and the quota did refuse calls meanwhile.
  expect([tenant.made(), tenant.mostAtATime()]).toEqual([closings, atATime]);
  expect(tenant.refused()).toBeGreaterThan(0);
  expect([bucket.uploads.size, open.size]).toEqual([0, 0]);
  // Executions that wait behind very many others look about once a minute. Most of a burst waits for minutes.
  expect(looks() / closings).toBeLessThan(19);
});
