/** Backfills: every closed experiment that the search finds is ordered once, whoever dies, and however many have one time of creation. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryArchiveStore } from '../../../shared/archive/adapters/memory.ts';
import { createMemoryBackfillStore } from '../../../shared/archive/adapters/memory-backfills.ts';
import type { Order } from '../../../shared/archive/archive-record.ts';
import { changeOrder } from '../../../shared/archive/archive-store.ts';
import {
  createBackfills,
  mostAttempts,
  startPage,
  sweepBackfills,
} from '../../../shared/archive/backfills/backfills.ts';
import { carryOutPage, type PageInput, type PageParts } from '../../../shared/archive/backfills/carry-out-page.ts';
import { claimNumber } from '../../../shared/archive/claim.ts';
import { createArchiveOrders } from '../../../shared/archive/orders.ts';
import type { ExecutionStatus } from '../../../shared/exports/engine.ts';
import { createLife, Killed, type Life, mortal } from '../../support/mortal.ts';
import { sized } from '../../support/test-size.ts';
import { createJournals } from './journals.ts';

type Experiment = { id: string; createdAt: string; digest: string; state: string };

const startMillis = Date.parse('2020-01-01T00:00:00.000Z');
const experimentAt = (index: number, seconds: number, state = 'closed'): Experiment => ({
  ...{ id: `experiment:e${String(index).padStart(4, '0')}`, digest: `d${index}`, state },
  createdAt: new Date(startMillis + seconds * 1_000).toISOString(),
});

const createBackfillWorld = (experiments: Experiment[]) => {
  const clock = { millis: Date.parse('2026-11-27T09:00:00.000Z') };
  const nowMillis = () => clock.millis;
  const process = { life: createLife() };
  const life: Life = {
    get isDead() {
      return process.life.isDead;
    },
    get points() {
      return process.life.points;
    },
    pass: () => process.life.pass(),
  };
  const store = createMemoryArchiveStore();
  const backfillStore = createMemoryBackfillStore();
  /** What becomes of the order of an experiment; `done` by default. */
  const becomes = new Map<string, Order['state'] | 'again'>();
  const started: string[] = [];
  const searches: { createdAt: string | undefined; offset: number }[] = [];
  const tenant = { status: 200, mostShown: Number.POSITIVE_INFINITY, hasTimedOut: false };

  const archiveNow = async (eid: string, digest: string): Promise<void> => {
    const stored = {
      ...{ sha256: 'a'.repeat(64), crc64nvme: 'AAAAAAAAAAA=', sizeBytes: 5, versionId: 'v1' },
      ...{ archivedAt: '2026-11-27T09:00:00.000Z', lockMode: null, retainUntil: null },
    };
    const version = { eid, digest, version: 1, requestedBy: 'facade', requestedAtMillis: 0, candidates: [], stored };
    await store.writeVersion(version);
    await store.publish(await claimNumber(store, version));
  };
  const engine = {
    async start(name: string, { archive }: { archive: string }) {
      const order = await store.readOrder(archive);
      if (order?.state !== 'open') return name;
      started.push(order.eid);
      const state = becomes.get(order.eid) ?? 'done';
      if (state === 'done') {
        const { digest = '' } = experiments.find(({ id }) => id === order.eid) ?? {};
        await archiveNow(order.eid, digest);
      }
      await changeOrder(store, archive, () => (state === 'again' ? { round: 2 } : { state }));
      return name;
    },
    statusOf: async (): Promise<ExecutionStatus> => 'running',
  };
  const orders = createArchiveOrders({
    ...{ store, engine, stage: 'test', nowMillis, count: () => {} },
    onStartFailed: () => {},
  });

  const call: PageParts['call'] = async ({ path, body }) => {
    const { searchParams } = new URL(path, 'https://tenant.example.com');
    const [offset, limit] = [Number(searchParams.get('page[offset]')), Number(searchParams.get('page[limit]'))];
    expect(searchParams.get('sort')).toBe('createdAt');
    const { query } = JSON.parse(String(Buffer.from(body))) as { query: { $and: { $gte?: { value: string } }[] } };
    const from = query.$and.find(({ $gte }) => $gte)?.$gte?.value;
    searches.push({ createdAt: from, offset });
    const found = experiments
      .filter(({ state, createdAt }) => state === 'closed' && (from === undefined || createdAt >= from))
      .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
    const data = found.slice(offset, offset + Math.min(limit, tenant.mostShown)).map(({ id, createdAt, digest }) => ({
      ...{ type: 'entity', id },
      attributes: { createdAt, digest },
    }));
    return {
      ...{ status: tenant.status, headers: [] },
      body: Buffer.from(JSON.stringify({ data, meta: { total: found.length, 'query-timed-out': tenant.hasTimedOut } })),
    };
  };

  const pages = new Map<string, { input: PageInput; status: ExecutionStatus }>();
  const pageEngine = {
    async start(name: string, input: PageInput) {
      if (!pages.has(name)) pages.set(name, { input, status: 'running' });
      return name;
    },
    statusOf: async (name: string) => pages.get(name)?.status,
  };
  const sweepParts = { store: backfillStore, engine: pageEngine, stage: 'test', nowMillis };
  const parts: PageParts = {
    backfills: mortal(backfillStore, life),
    ...{ store: mortal(store, life), call, stage: 'test', nowMillis },
    take: mortal({ take: orders.take }, life).take,
    startPage: (backfill) => startPage({ ...sweepParts, store: mortal(backfillStore, life) }, backfill),
  };
  const contextOf = createJournals(life, clock);
  const backfills = createBackfills({ store: backfillStore, nowMillis });

  /** Runs the pages that were started, up to this many, each in a new process after a death. `isFinal` = a death ends an execution. */
  const work = async (most = Number.POSITIVE_INFINITY, isFinal = false): Promise<void> => {
    let left = most;
    for (const [name, page] of pages)
      while (page.status === 'running' && left > 0)
        try {
          await carryOutPage(contextOf(name), page.input, parts);
          page.status = 'succeeded';
          left -= 1;
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          process.life = createLife();
          if (isFinal) page.status = 'failed';
        }
  };
  const sweep = () => sweepBackfills(sweepParts);
  return {
    ...{ clock, process, store, becomes, started, searches, tenant, archiveNow, pages, backfills, orders, work, sweep },
    /** Starts one, and runs all of its pages. */
    async run() {
      const { id } = await backfills.create('admin');
      await sweep();
      await work();
      return backfills.read(id);
    },
  };
};

/** With 70 of one time, and 130 of another. */
const many = (): Experiment[] => [
  ...Array.from({ length: 90 }, (_, index) => experimentAt(index, index)),
  ...Array.from({ length: 70 }, (_, index) => experimentAt(100 + index, 100)),
  ...Array.from({ length: 20 }, (_, index) => experimentAt(200 + index, 200 + index)),
  ...Array.from({ length: 130 }, (_, index) => experimentAt(300 + index, 300)),
  ...Array.from({ length: 10 }, (_, index) => experimentAt(500 + index, 500 + index, 'open')),
];
const closedOf = (experiments: readonly Experiment[]): string[] =>
  experiments.filter(({ state }) => state === 'closed').map(({ id }) => id);

describe('a backfill', () => {
  it('orders each closed experiment once, also where more than a page were created at one time', async () => {
    const experiments = many();
    const world = createBackfillWorld(experiments);
    const { state, counts, total, page } = await world.run();
    expect([state, counts, total]).toEqual([
      'done',
      { found: 310, present: 0, archived: 310, notClosed: 0, failed: 0, retrying: 0 },
      310,
    ]);
    expect(world.started.toSorted()).toEqual(closedOf(experiments).toSorted());
    expect(world.pages.size).toBe(page - 1);
  });

  it('asks for nothing that is in the archive in its version, and orders a version that is not', async () => {
    const experiments = many();
    const world = createBackfillWorld(experiments);
    await world.run();
    const again = await world.run();
    expect([again.id, again.counts.found, again.counts.present, world.started.length]).toEqual([2, 310, 310, 310]);
    const [first] = experiments as [Experiment];
    first.digest = 'another';
    const third = await world.run();
    expect([third.counts.present, third.counts.archived, world.started.at(-1)]).toEqual([309, 1, first.id]);
  });

  it('ends with a search that finds nothing', async () => {
    const world = createBackfillWorld([]);
    expect(await world.run()).toMatchObject({ state: 'done', counts: { found: 0 }, total: 0 });
  });

  it('counts what became of each order, and does not wait for further rounds', async () => {
    const world = createBackfillWorld(Array.from({ length: 4 }, (_, index) => experimentAt(index, index)));
    for (const [index, state] of (['skipped', 'failed', 'again'] as const).entries())
      world.becomes.set(experimentAt(index, 0).id, state);
    const { state, counts } = await world.run();
    expect([state, counts]).toEqual([
      'done',
      { found: 4, present: 0, archived: 1, notClosed: 1, failed: 1, retrying: 1 },
    ]);
  });

  it('begins no page while it is paused, and goes on where it was', async () => {
    const experiments = many();
    const world = createBackfillWorld(experiments);
    const { id } = await world.backfills.create('admin');
    await world.sweep();
    await world.work(2);
    await world.backfills.change(id, 'paused');
    await world.work();
    expect(await world.sweep()).toEqual({ pages: 0 });
    const { page, counts } = await world.backfills.read(id);
    expect([page, counts.archived, world.started.length]).toEqual([3, 100 - 1, 100 - 1]);
    await world.backfills.change(id, 'running');
    await world.sweep();
    await world.work();
    expect((await world.backfills.read(id)).state).toBe('done');
    expect(world.started.toSorted()).toEqual(closedOf(experiments).toSorted());
  });

  it('is not started again after it was ended, and another one may be', async () => {
    const world = createBackfillWorld(many());
    const { id } = await world.backfills.create('admin');
    await expect(world.backfills.create('admin')).rejects.toMatchObject({ code: 'BACKFILL_OPEN' });
    await world.sweep();
    await world.work(1);
    await world.backfills.change(id, 'cancelled');
    await world.work();
    expect(await world.sweep()).toEqual({ pages: 0 });
    expect(await world.backfills.read(id)).toMatchObject({ state: 'cancelled', page: 2 });
    await expect(world.backfills.change(id, 'running')).rejects.toMatchObject({ code: 'BACKFILL_OVER' });
    await expect(world.backfills.change(99, 'running')).rejects.toMatchObject({ code: 'BACKFILL_UNKNOWN' });
    expect((await world.backfills.create('admin')).id).toBe(2);
  });

  it('is made once of two wishes at a time', async () => {
    const world = createBackfillWorld([]);
    const outcomes = await Promise.allSettled([world.backfills.create('a'), world.backfills.create('b')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await world.backfills.list()).toHaveLength(1);
  });

  it('goes on behind pages that show fewer than were asked for, until it has what the search says there is', async () => {
    const experiments = many();
    const world = createBackfillWorld(experiments);
    world.tenant.mostShown = 7;
    const { state, counts, total } = await world.run();
    expect([state, counts.found, total]).toEqual(['done', 310, 310]);
    expect(world.started.toSorted()).toEqual(closedOf(experiments).toSorted());
  });

  it('fails with a reason when the search shows none of those that it says there are', async () => {
    const world = createBackfillWorld(many());
    world.tenant.mostShown = 0;
    expect(await world.run()).toMatchObject({
      state: 'failed',
      failure: 'The tenant says that there are 310 closed experiments, and shows none behind the first 0.',
    });
  });

  it('takes nothing from a search that has timed out', async () => {
    const world = createBackfillWorld([]);
    world.tenant.hasTimedOut = true;
    await expect(world.run()).rejects.toThrow('has not looked at everything');
    expect(await world.backfills.read(1)).toMatchObject({ state: 'running', page: 1 });
  });

  it('fails with a reason when the execution of a page dies each time', async () => {
    const world = createBackfillWorld(many());
    const { id } = await world.backfills.create('admin');
    for (let deaths = 0; deaths < mostAttempts; deaths += 1) {
      expect(await world.sweep()).toEqual({ pages: 1 });
      world.process.life = createLife(1);
      await world.work(1, true);
    }
    expect(await world.sweep()).toEqual({ pages: 0 });
    expect(await world.backfills.read(id)).toMatchObject({
      ...{ state: 'failed', page: 1, endedAtMillis: world.clock.millis },
      failure: 'The execution of page 1 has died 10 times. The log of the function jobs has the causes.',
    });
    expect(world.pages.size).toBe(mostAttempts);
    expect(await world.sweep()).toEqual({ pages: 0 });
    expect((await world.backfills.create('admin')).id).toBe(2);
  });

  it('is made although the answer of the write is lost and the write is repeated', async () => {
    const store = createMemoryBackfillStore();
    const writeBackfill: typeof store.writeBackfill = async (after) => {
      await store.writeBackfill(after);
      return store.writeBackfill(after);
    };
    const backfills = createBackfills({ store: { ...store, writeBackfill }, nowMillis: () => 0 });
    expect(await backfills.create('admin')).toMatchObject({ id: 1, state: 'running' });
    await expect(backfills.create('admin')).rejects.toMatchObject({ code: 'BACKFILL_OPEN' });
  });

  it('says why it has failed, when the tenant refuses the search', async () => {
    const world = createBackfillWorld(many());
    world.tenant.status = 403;
    expect(await world.run()).toMatchObject({ state: 'failed', failure: expect.stringContaining('403') });
    expect(world.started).toEqual([]);
  });

  it('orders each experiment once, whoever is killed at any point, and whichever execution ends for good', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (points, isFinal) => {
          const experiments = many().filter((_, index) => index % 3 === 0);
          const world = createBackfillWorld(experiments);
          const { id } = await world.backfills.create('admin');
          for (const point of points) {
            await world.sweep();
            world.process.life = createLife(point);
            await world.work(1, isFinal);
          }
          world.process.life = createLife();
          for (let runs = 0; (await world.backfills.read(id)).state === 'running' && runs < 50; runs += 1) {
            await world.sweep();
            await world.work();
          }
          // Orders that a death has left alone are started by their own sweep.
          world.clock.millis += 3_600_000;
          while ((await world.orders.sweep()).started > 0);
          expect((await world.backfills.read(id)).state).toBe('done');
          expect(world.started.toSorted()).toEqual(closedOf(experiments).toSorted());
          expect(await world.store.lastNumber()).toBe(closedOf(experiments).length);
        },
      ),
      { numRuns: sized(100, 12) },
    ));
});
