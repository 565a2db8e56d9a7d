/** What the catalogue of exports promises. */
import { describe, expect, it } from 'vitest';
import type { Job, Run } from '../../shared/exports/export-record.ts';
import type { ExportStore } from '../../shared/exports/store.ts';

const wish = { kind: 'pdf', subject: 'experiment:e1', digest: '1', options: {}, principal: 'service' } as const;
const run = (parts: Partial<Run> = {}): Run => ({
  ...{ ...wish, name: 'run-1', round: 1, state: 'queued', version: 1, createdAtMillis: 1 },
  ...{ tries: {}, upstreamCalls: 0, isAnnounced: false, ...parts },
});
const job = (id: string, parts: Partial<Job> = {}): Job => ({
  ...{ id, consumerId: 'app', incarnation: '', runName: 'run-1', wish, createdAtMillis: 1, ...parts },
});

export const exportStoreContract = (name: string, create: () => Promise<ExportStore>) =>
  describe(`ExportStore contract: ${name}`, () => {
    it('takes one of many writes of a version', async () => {
      const store = await create();
      const writes = Array.from({ length: 5 }, (_, upstreamCalls) => store.writeRun(run({ upstreamCalls })));
      expect((await Promise.all(writes)).filter(Boolean)).toHaveLength(1);
      expect(await store.writeRun(run({ version: 3 }))).toBe(false);
      expect(await store.writeRun(run({ version: 2, state: 'running' }))).toBe(true);
      expect((await store.readRun('run-1'))?.state).toBe('running');
    });

    it('lists a run as open until it is announced', async () => {
      const store = await create();
      await store.writeRun(run());
      expect(await store.listOpen()).toEqual(['run-1']);
      await store.writeRun(run({ version: 2, isAnnounced: true }));
      expect(await store.listOpen()).toEqual([]);
      expect(await store.writeRun(run({ version: 3, isAnnounced: true }))).toBe(true);
      expect(await store.listOpen()).toEqual([]);
    });

    it('moves a round only from where it stands', async () => {
      const store = await create();
      expect(await store.readRound('wish')).toBeUndefined();
      expect(await store.writeRound('wish', undefined, 1, 5)).toBe(true);
      expect(await store.writeRound('wish', undefined, 1, 5)).toBe(false);
      expect(await store.writeRound('wish', 1, 2, 5)).toBe(true);
      expect(await store.readRound('wish')).toBe(2);
    });

    it('lists the jobs of a consumer page by page, the newest first, and those of a run', async () => {
      const store = await create();
      for (const id of ['1', '2', '3']) await store.writeJob(job(id));
      await store.writeJob(job('4', { consumerId: 'other' }));
      const first = await store.listJobs('app', 2);
      const second = await store.listJobs('app', 2, first.cursor);
      expect([...first.jobs, ...second.jobs].map(({ id }) => id)).toEqual(['3', '2', '1']);
      expect((await store.jobsOf('run-1')).map(({ id }) => id).toSorted()).toEqual(['1', '2', '3', '4']);
      expect(await store.readJob('other', '1')).toBeUndefined();
      await store.writeJob(job('1', { cancelledAtMillis: 9 }));
      expect((await store.readJob('app', '1'))?.cancelledAtMillis).toBe(9);
    });

    it('keeps the open exports of one of two writers, for each consumer', async () => {
      const store = await create();
      expect(await store.readOpenExports('app')).toEqual({ version: 0, open: [] });
      const after = { version: 1, open: [{ id: 'job-1', sinceMillis: 5 }] };
      expect([await store.writeOpenExports('app', after), await store.writeOpenExports('app', after)]).toEqual([
        true,
        false,
      ]);
      expect(await store.readOpenExports('app')).toMatchObject(after);
      expect((await store.readOpenExports('other')).version).toBe(0);
    });

    it('keeps the leases of one of two writers', async () => {
      const store = await create();
      const { version } = await store.readLeases();
      const book = { version: version + 1, holders: [], waiters: [] };
      expect([await store.writeLeases(book), await store.writeLeases(book)]).toEqual([true, false]);
    });
  });
