/** A run and the consumers that wish for it: shared, cancelled, told, repeated, limited, and mended by the sweep. */
import { describe, expect, it } from 'vitest';
import { carryOut, type RunParts } from '../../../shared/exports/carry-out.ts';
import { createExports, type ExportView } from '../../../shared/exports/exports.ts';
import type { JobContext } from '../../../shared/exports/job-context.ts';
import type { CallAnswer } from '../../../shared/exports/kind.ts';
import { changeRun } from '../../../shared/exports/store.ts';
import { sweepExports } from '../../../shared/exports/sweep.ts';
import { createPdfWorld, entity, json, run, status, wish } from './pdf-world.ts';

describe('a run of the kind pdf and its consumers', () => {
  it('is made anew for who needs one from after a time, and the earlier one is left to its consumer', async () => {
    const world = createPdfWorld();
    const other = { ...world.consumer, id: 'other' };
    const early = await world.exports.create(world.consumer, wish, 0);
    const { createdAtMillis } = early.run;
    const same = await world.exports.create(other, wish, createdAtMillis);
    const later = await world.exports.create(other, wish, createdAtMillis + 1);
    expect(same.run.name).toBe(early.run.name);
    expect(later.run.name).not.toBe(early.run.name);
    expect((await world.exports.read(world.consumer, early.job.id)).run.state).toBe('queued');
  });

  it('goes on for the other consumer when one cancels', async () => {
    const world = createPdfWorld();
    const other = { ...world.consumer, id: 'other' };
    const [mine, theirs] = [await world.exports.create(world.consumer, wish), await world.exports.create(other, wish)];
    await world.exports.cancel(world.consumer, mine.job.id);
    await carryOut(world.context, mine.run.name, 'pdf', world);
    expect(theirs.run.name).toBe(mine.run.name);
    expect(world.events).toEqual(['job-2 succeeded']);
  });

  it('is not cancelled under a consumer that joins while the last one cancels', async () => {
    const world = createPdfWorld();
    const other = { ...world.consumer, id: 'other' };
    const mine = await world.exports.create(world.consumer, wish);
    let theirs: Awaited<ReturnType<typeof world.exports.create>> | undefined;
    const store = {
      ...world.store,
      async jobsOf(runName: string) {
        const jobs = await world.store.jobsOf(runName);
        theirs ??= await world.exports.create(other, wish);
        return jobs;
      },
    };
    const elsewhere = createExports({ ...world, store, onStartFailed: () => {}, stage: 'test', newId: () => 'unused' });
    await elsewhere.cancel(world.consumer, mine.job.id);
    expect((await world.exports.read(other, theirs?.job.id ?? '')).run.state).toBe('queued');
    expect(world.events).toEqual([]);
  });

  it('is ended by a second cancellation when the first one died half way', async () => {
    const world = createPdfWorld();
    const { job, run: made } = await world.exports.create(world.consumer, wish);
    await world.store.writeJob({ ...job, cancelledAtMillis: world.clock.millis });
    await world.exports.cancel(world.consumer, job.id);
    expect((await world.store.readRun(made.name))?.state).toBe('cancelled');
  });

  it('tells a consumer that joins while the others are told', async () => {
    const world = createPdfWorld();
    const { run: made } = await world.exports.create(world.consumer, wish);
    let theirs: Promise<unknown> | undefined;
    const tell: RunParts['tell'] = async (job, after) => {
      await world.tell(job, after);
      theirs ??= world.exports.create({ ...world.consumer, id: 'other' }, wish);
      await theirs;
    };
    await carryOut(world.context, made.name, 'pdf', { ...world, tell });
    expect(world.events).toEqual(['job-1 succeeded', 'job-2 succeeded']);
  });

  it('is run anew for a wish after a failure, and not after a success', async () => {
    const failed = createPdfWorld({ entity: [status(404)] });
    const first = await run(failed);
    expect((await failed.exports.create(failed.consumer, wish)).run.name).not.toBe(first.run.name);
    const succeeded = createPdfWorld();
    const done = await run(succeeded);
    expect((await succeeded.exports.create(succeeded.consumer, wish)).run.name).toBe(done.run.name);
    expect(succeeded.events).toEqual(['job-1 succeeded', 'job-2 succeeded']);
  });

  it('is run anew a minute after it began, because a change below the entity need not change its digest', async () => {
    const world = createPdfWorld();
    const { run: made } = await run(world);
    const nameAt = async (millis: number): Promise<string> => {
      world.clock.millis = (made.startedAtMillis ?? 0) + millis;
      return (await world.exports.create(world.consumer, wish)).run.name;
    };
    expect(await nameAt(59_999)).toBe(made.name);
    expect(await nameAt(60_000)).not.toBe(made.name);
  });

  it('is mended although another one cannot be', async () => {
    const world = createPdfWorld();
    await world.exports.create(world.consumer, wish);
    await world.exports.create(world.consumer, { ...wish, subject: 'experiment:e2' });
    world.clock.millis += 120_000;
    const tell: RunParts['tell'] = async (job, run) => {
      if (job.id === 'job-1') throw new Error('the queue refuses this event');
      await world.tell(job, run);
    };
    const engine = { ...world.engine, statusOf: async () => 'timed-out' as const };
    await expect(sweepExports({ ...world, tell, engine })).rejects.toThrow('the queue refuses this event');
    expect(world.events).toEqual(['job-2 failed']);
  });

  it('counts as mended no more once it is announced, and leaves the list of open runs', async () => {
    const world = createPdfWorld();
    const { run: made } = await run(world);
    const before = (await world.store.readRun(made.name))?.version ?? 0;
    const store = { ...world.store, listOpen: async () => [made.name] };
    expect(await sweepExports({ ...world, store })).toMatchObject({ open: 1, mended: 0, aborted: 0 });
    expect((await world.store.readRun(made.name))?.version).toBe(before + 1);
  });

  it('is counted by kind and state, with the wait of the first that is queued', async () => {
    const world = createPdfWorld();
    const { run: first } = await world.exports.create(world.consumer, wish);
    world.clock.millis += 90_000;
    await world.exports.create(world.consumer, { ...wish, subject: 'experiment:e2' });
    const engine = { ...world.engine, statusOf: async () => 'running' as const };
    const none = { queued: 0, running: 0 };
    expect(await sweepExports({ ...world, engine })).toMatchObject({
      ...{ open: 2, oldestQueuedSeconds: 90 },
      byKind: { pdf: { queued: 2, running: 0 }, bulk: none, materials: none, extract: none },
    });
    await changeRun(world.store, first.name, () => ({ state: 'running' }));
    expect(await sweepExports({ ...world, engine })).toMatchObject({
      oldestQueuedSeconds: 0,
      byKind: { pdf: { queued: 1, running: 1 } },
    });
    await changeRun(world.store, first.name, () => ({ state: 'failed', endedAtMillis: world.clock.millis }));
    world.clock.millis += 90_000;
    const mended = await sweepExports({ ...world, engine: { ...engine, statusOf: async () => 'timed-out' } });
    expect(mended).toMatchObject({ open: 2, mended: 2, oldestQueuedSeconds: 0, byKind: { pdf: none } });
  });

  it('shows what it waits for and since when, also while it polls', async () => {
    const world = createPdfWorld();
    const { run: made } = await world.exports.create(world.consumer, wish);
    const seen: string[] = [];
    const context: JobContext = {
      ...world.context,
      poll: (name, initial, ask) =>
        world.context.poll(name, initial, async (state) => {
          world.clock.millis += 1_000;
          const polled = await ask(state);
          const { progress } = (await world.store.readRun(made.name)) ?? {};
          seen.push(`${name}: ${progress?.step} since ${(progress?.sinceMillis ?? 0) - made.createdAtMillis}`);
          return polled;
        }),
    };
    await carryOut(context, made.name, 'pdf', world);
    const ofReady = seen.filter((line) => line.startsWith('ready'));
    expect(new Set(ofReady).size).toBe(1);
    expect(ofReady[0]).toMatch(/^ready: ready since \d+$/);
  });

  it('is ended as failed when its execution has ended before it', async () => {
    const world = createPdfWorld();
    const { run: made } = await world.exports.create(world.consumer, wish);
    world.clock.millis += 120_000;
    await sweepExports({ ...world, engine: { ...world.engine, statusOf: async () => 'timed-out' } });
    expect((await world.store.readRun(made.name))?.failure?.code).toBe('ENGINE_ENDED');
    expect(world.events).toEqual(['job-1 failed']);
  });

  it('is one of five that a consumer may have open, however many it asks for at once; another consumer is served', async () => {
    const world = createPdfWorld();
    const asked = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) =>
        world.exports.create(world.consumer, { ...wish, subject: `experiment:${index}` }),
      ),
    );
    expect(asked.filter(({ status: outcome }) => outcome === 'fulfilled')).toHaveLength(5);
    await expect(world.exports.create(world.consumer, wish)).rejects.toThrow('EXPORT_LIMIT');
    expect((await world.exports.create({ ...world.consumer, id: 'other' }, wish)).run.state).toBe('queued');

    const [first, second] = (await world.exports.list(world.consumer, 10)).views as [ExportView, ExportView];
    await world.exports.cancel(world.consumer, first.job.id);
    await carryOut(world.context, second.run.name, 'pdf', world);
    await world.exports.create(world.consumer, wish);
    await world.exports.create(world.consumer, { ...wish, subject: 'experiment:last' });
    await expect(world.exports.create(world.consumer, wish)).rejects.toThrow('EXPORT_LIMIT');
  });

  it('is counted no more when its function died before the job was written', async () => {
    const world = createPdfWorld();
    for (let id = 0; id < 5; id += 1) await world.allowance.take('app', `dead-${id}`);
    await expect(world.exports.create(world.consumer, wish)).rejects.toThrow('EXPORT_LIMIT');
    world.clock.millis += 60_000;
    expect((await world.exports.create(world.consumer, wish)).run.state).toBe('queued');
  });

  it('is accepted although its execution cannot be started, and is started by the sweep', async () => {
    const world = createPdfWorld();
    const failures: string[] = [];
    const engine = { ...world.engine, start: () => Promise.reject(new Error('Lambda is throttled')) };
    const onStartFailed = (runName: string): void => void failures.push(runName);
    const exports = createExports({ ...world, engine, onStartFailed, stage: 'test', newId: () => 'job-1' });
    const { run: made } = await exports.create(world.consumer, wish);
    expect([made.state, failures]).toEqual(['queued', [made.name]]);
    world.clock.millis += 60_000;
    await sweepExports(world);
    expect((await world.store.readRun(made.name))?.executionArn).toBe(`arn:${made.name}`);
  });

  it('puts neither the file name nor the text of an answer into the journal, and cuts a long name', async () => {
    const long = `${'Ä'.repeat(5_000)}.pdf`;
    const named = json({ data: { attributes: { fileId: 'f1', fileName: long } } });
    const garbled: CallAnswer = { status: 200, headers: [], body: Buffer.from('<html>Secret project</html>') };
    const world = createPdfWorld({ start: [named], entity: [garbled, entity()] });
    const journal: string[] = [];
    const write = <T>(value: T): T => {
      journal.push(value instanceof Error ? value.message : JSON.stringify(value));
      return value;
    };
    const context: JobContext = {
      step: async (_name, work) => {
        for (;;)
          try {
            return write(await work());
          } catch (error) {
            write(error);
          }
      },
      poll: async (name, initial, ask) => world.context.poll(name, initial, async (state) => write(await ask(state))),
    };
    const { run: made } = await world.exports.create(world.consumer, wish);
    await carryOut(context, made.name, 'pdf', world);
    expect((await world.store.readRun(made.name))?.result?.fileName).toBe(`${'Ä'.repeat(196)}.pdf`);
    expect(journal.length).toBeGreaterThan(5);
    expect(journal.filter((entry) => /Ä|html|Secret/.test(entry))).toEqual([]);
  });
});
