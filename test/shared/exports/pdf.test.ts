/** The kind `pdf`: what each answer of the tenant leads to, and that nothing is completed that is no whole PDF. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import { createMemoryExportStore } from '../../../shared/exports/adapters/memory.ts';
import { createExportAllowance } from '../../../shared/exports/allowance.ts';
import { carryOut, type RunParts } from '../../../shared/exports/carry-out.ts';
import { createExports, type ExportView } from '../../../shared/exports/exports.ts';
import type { JobContext } from '../../../shared/exports/job-context.ts';
import { JobFailure } from '../../../shared/exports/job-failure.ts';
import type { CallAnswer } from '../../../shared/exports/kind.ts';
import { createLeases } from '../../../shared/exports/leases.ts';
import type { PartUploads } from '../../../shared/exports/part-uploads.ts';
import { pdfKind } from '../../../shared/exports/pdf.ts';
import { sweepExports } from '../../../shared/exports/sweep.ts';

const wish = { kind: 'pdf', subject: 'experiment:e1', digest: '1', options: {}, principal: 'service' } as const;
const file = Buffer.from('%PDF-1.7 text %%EOF');
const json = (value: unknown): CallAnswer => ({ status: 200, headers: [], body: Buffer.from(JSON.stringify(value)) });
const status = (code: number): CallAnswer => ({ status: code, headers: [], body: undefined });
const sized = (bytes: number): CallAnswer => ({
  status: 200,
  headers: [['content-length', String(bytes)]],
  body: undefined,
});
const bytes = (content: Buffer, length = content.byteLength): CallAnswer => ({
  ...sized(length),
  body: Readable.from([content]),
});
const entity = (digest = '1') => json({ data: { attributes: { digest } } });

/** The answers of the tenant, each until there is another one after it. */
type Tenant = {
  readonly entity: CallAnswer[];
  readonly start: CallAnswer[];
  readonly size: CallAnswer[];
  readonly file: CallAnswer[];
};
const fine = (): Tenant => ({
  entity: [entity()],
  start: [json({ data: { attributes: { fileId: 'f1', fileName: 'Run 7.pdf' } } })],
  size: [sized(file.byteLength)],
  file: [bytes(file)],
});

/** Runs steps without a journal, and waits by moving the clock. */
const createWorld = (tenant: Partial<Tenant> = {}) => {
  const answers = { ...fine(), ...tenant };
  const clock = { millis: 1_000_000 };
  const nowMillis = () => clock.millis;
  const store = createMemoryExportStore();
  const events: string[] = [];
  let opened = 0;
  const uploads: PartUploads & { readonly made: Map<string, Buffer>; readonly open_: Set<string> } = {
    made: new Map(),
    open_: new Set(),
    open: async () => {
      const uploadId = `upload-${++opened}`;
      uploads.open_.add(uploadId);
      return uploadId;
    },
    listOpen: async () => [...uploads.open_],
    listOpenUnder: async () => [...uploads.open_].map((uploadId) => ({ key: 'k', uploadId, startedAtMillis: 0 })),
    putPart: async (key, _id, _number, part) => {
      parts.set(key, Buffer.concat([parts.get(key) ?? Buffer.alloc(0), part]));
      return 'tag';
    },
    complete: async (key, uploadId) => {
      uploads.made.set(key, parts.get(key) as Buffer);
      uploads.open_.delete(uploadId);
    },
    abort: async (_key, uploadId) => void uploads.open_.delete(uploadId),
    sizeOf: async (key) => uploads.made.get(key)?.byteLength,
  };
  const parts = new Map<string, Buffer>();
  const files: RunParts['files'] = { open: async () => undefined, put: async () => {}, partTags: async () => [] };
  const next = (list: CallAnswer[]): CallAnswer =>
    list.length > 1 ? (list.shift() as CallAnswer) : (list[0] as CallAnswer);
  const call: RunParts['call'] = async ({ method, path }) => {
    if (method === 'PUT') return next(answers.start);
    if (method === 'HEAD') return next(answers.size);
    return next(path.startsWith('/entities/export/pdf/') ? answers.file : answers.entity);
  };
  const context: JobContext = {
    step: async (_name, work) => work(),
    async poll(_name, initial, ask) {
      for (let { state, againSeconds } = await ask(initial); ; { state, againSeconds } = await ask(state)) {
        if (againSeconds === undefined) return state;
        clock.millis += againSeconds * 1_000;
      }
    },
  };
  const engine = {
    start: async (name: string) => `arn:${name}`,
    statusOf: async () => 'running' as const,
    stop: async () => {},
  };
  let ids = 0;
  const leases = createLeases(store, nowMillis, 4);
  const tell: RunParts['tell'] = async ({ id }, { state }) => void events.push(`${id} ${state}`);
  const common = { store, leases, uploads, nowMillis, tell, count: () => {}, kinds: [pdfKind], call, files };
  const allowance = createExportAllowance(store, nowMillis, 5);
  const exports = createExports({
    ...common,
    engine,
    allowance,
    onStartFailed: () => {},
    stage: 'test',
    newId: () => `job-${++ids}`,
  });
  const consumer: Consumer = { id: 'app', scopes: [], state: 'active' };
  return { ...common, engine, allowance, exports, consumer, context, clock, events };
};

/** Tries a step again after a fault, as the engine does. */
const retrying = (context: JobContext): JobContext => ({
  ...context,
  step: async (_name, work) => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (error instanceof JobFailure) throw error;
      }
  },
});

const run = async (world: ReturnType<typeof createWorld>) => {
  const { run: made, job } = await world.exports.create(world.consumer, wish);
  await carryOut(world.context, made.name, 'pdf', world);
  return world.exports.read(world.consumer, job.id);
};

describe('a run of the kind pdf', () => {
  it('is run anew for an entity without a digest, which may have changed since', async () => {
    const world = createWorld({ entity: [entity('')] });
    const { run: first } = await world.exports.create(world.consumer, { ...wish, digest: '' });
    await carryOut(world.context, first.name, 'pdf', world);
    expect((await world.store.readRun(first.name))?.state).toBe('succeeded');
    const { run: second } = await world.exports.create(world.consumer, { ...wish, digest: '' });
    expect(second.name).not.toBe(first.name);
  });

  it('keeps the file whole, and tells its consumer once', async () => {
    const world = createWorld();
    const { run: after } = await run(world);
    expect(after).toMatchObject({ state: 'succeeded', result: { sizeBytes: file.byteLength, fileName: 'Run 7.pdf' } });
    expect(world.uploads.made.get(after.result?.key ?? '')).toEqual(file);
    expect(world.events).toEqual(['job-1 succeeded']);
    await sweepExports(world);
    expect(world.events).toHaveLength(1);
  });

  it('uses up no try while others use the budget up', async () => {
    const world = createWorld();
    let refusals = 10;
    const call: RunParts['call'] = async (asked) => {
      refusals -= 1;
      if (refusals >= 0) throw new AppError('TOO_MANY_REQUESTS');
      return world.call(asked, () => {});
    };
    const { run: made } = await world.exports.create(world.consumer, wish);
    await carryOut(retrying(world.context), made.name, 'pdf', { ...world, call });
    const after = await world.store.readRun(made.name);
    expect(after).toMatchObject({ state: 'succeeded', tries: { subject: 1 }, upstreamCalls: 5 });
  });

  it('survives some faults of the tenant, and ends after twenty tries of a step', async () => {
    const outage = createWorld({ file: [...Array.from({ length: 10 }, () => status(503)), bytes(file)] });
    const { run: survived } = await outage.exports.create(outage.consumer, wish);
    await carryOut(retrying(outage.context), survived.name, 'pdf', outage);
    expect((await outage.store.readRun(survived.name))?.state).toBe('succeeded');

    const broken = createWorld({ file: [status(503)] });
    const { run: failed } = await broken.exports.create(broken.consumer, wish);
    await carryOut(retrying(broken.context), failed.name, 'pdf', broken);
    expect((await broken.store.readRun(failed.name))?.failure?.code).toBe('TRIES_USED_UP');
  });

  it('waits for a free worker of the tenant and for the file', async () => {
    const [start] = fine().start as [CallAnswer];
    const world = createWorld({ start: [status(429), status(429), start], size: [sized(0), sized(0), sized(19)] });
    expect((await run(world)).run).toMatchObject({ state: 'succeeded', upstreamCalls: 9 });
  });

  it('keeps its place as long as the tenant takes, and gives it up when it is cancelled', async () => {
    const world = createWorld({ size: [...Array.from({ length: 100 }, () => sized(0)), sized(file.byteLength)] });
    const { run: made, job } = await world.exports.create(world.consumer, wish);
    const places: boolean[] = [];
    const watched = (onLook: () => Promise<unknown>): JobContext => ({
      ...world.context,
      poll: (name, initial, ask) =>
        world.context.poll(name, initial, async (state) => {
          const answer = await ask(state);
          const { holders } = await world.store.readLeases();
          places.push(holders.some((one) => one.runName === made.name && one.untilMillis > world.clock.millis));
          if (name === 'ready') await onLook();
          return answer;
        }),
    });
    await carryOut(
      watched(async () => {}),
      made.name,
      'pdf',
      world,
    );
    expect(places.length).toBeGreaterThan(100);
    expect(places.every(Boolean)).toBe(true);
    expect((await world.exports.read(world.consumer, job.id)).run.state).toBe('succeeded');

    const never = createWorld({ size: [sized(0)] });
    const cancelled = await never.exports.create(never.consumer, wish);
    let looks = 0;
    const cancelling: JobContext = {
      ...never.context,
      poll: (name, initial, ask) =>
        never.context.poll(name, initial, async (state) => {
          if (name === 'ready') looks += 1;
          if (looks === 2) await never.exports.cancel(never.consumer, cancelled.job.id);
          return ask(state);
        }),
    };
    await carryOut(cancelling, cancelled.run.name, 'pdf', never);
    expect(looks).toBe(2);
  });

  it.each<[string, Partial<Tenant>, string]>([
    ['an entity that is gone', { entity: [status(404)] }, 'ENTITY_GONE'],
    ['an entity that was changed before', { entity: [entity('2')] }, 'ENTITY_CHANGED'],
    ['an entity that was changed meanwhile', { entity: [entity('1'), entity('2')] }, 'ENTITY_CHANGED'],
    ['a type without a PDF', { start: [status(400)] }, 'NOT_EXPORTABLE'],
    ['an entity that vanishes before the start', { start: [status(404)] }, 'ENTITY_GONE'],
    ['a file that has expired', { size: [status(404)] }, 'FILE_EXPIRED'],
    ['a file that expires before it is fetched', { file: [status(404)] }, 'FILE_EXPIRED'],
    ['a file that never comes', { size: [sized(0)] }, 'NEVER_READY'],
    ['an empty file', { file: [bytes(Buffer.alloc(0))] }, 'FILE_EMPTY'],
    ['something that is no PDF', { file: [bytes(Buffer.from('<html>'))] }, 'FILE_NOT_A_PDF'],
    ['a file that is cut', { file: [bytes(Buffer.from('%PDF-1.7 te'), 19)] }, 'FILE_INCOMPLETE'],
    ['a file without its end', { file: [bytes(Buffer.from('%PDF-1.7 te'))] }, 'FILE_INCOMPLETE'],
    ['no free worker for hours', { start: [status(429)] }, 'WAITED_TOO_LONG'],
  ])('fails for %s, and leaves nothing behind', async (_, tenant, code) => {
    const world = createWorld(tenant);
    const { run: after } = await run(world);
    expect([after.state, after.failure?.code]).toEqual(['failed', code]);
    expect([world.uploads.made.size, world.uploads.open_.size]).toEqual([0, 0]);
    expect(world.events).toEqual(['job-1 failed']);
    expect((await world.store.readLeases()).holders).toEqual([]);
  });

  it('completes nothing when it was cancelled during the transfer', async () => {
    const world = createWorld();
    const { run: made, job } = await world.exports.create(world.consumer, wish);
    const { putPart } = world.uploads;
    const cancelling = {
      ...world.uploads,
      putPart: async (...part: Parameters<PartUploads['putPart']>) => {
        await world.exports.cancel(world.consumer, job.id);
        return putPart(...part);
      },
    };
    await carryOut(world.context, made.name, 'pdf', { ...world, uploads: cancelling });
    expect((await world.exports.read(world.consumer, job.id)).run.state).toBe('cancelled');
    expect([world.uploads.made.size, world.uploads.open_.size, world.events.length]).toEqual([0, 0, 0]);
  });

  it('leaves no upload open when it is cancelled, and stopped, while that is opened', async () => {
    const world = createWorld();
    const { run: made, job } = await world.exports.create(world.consumer, wish);
    let isStopped = false;
    world.engine.stop = async () => {
      isStopped = true;
    };
    const context: JobContext = {
      ...world.context,
      async step(name, work) {
        if (isStopped) throw new Error('the execution is stopped');
        return world.context.step(name, work);
      },
    };
    const cancelling = {
      ...world.uploads,
      open: async (...of: Parameters<PartUploads['open']>) => {
        await world.exports.cancel(world.consumer, job.id);
        return world.uploads.open(...of);
      },
    };
    const carried = carryOut(context, made.name, 'pdf', { ...world, uploads: cancelling });
    await expect(carried).rejects.toThrow('the execution is stopped');
    expect([...world.uploads.open_]).toEqual([]);
  });

  it('leaves no upload open whose id was lost in a crash', async () => {
    const world = createWorld();
    const crashing = {
      ...world.uploads,
      open: async (...of: Parameters<PartUploads['open']>) => {
        await world.uploads.open(...of);
        return world.uploads.open(...of);
      },
    };
    const { run: made } = await world.exports.create(world.consumer, wish);
    await carryOut(world.context, made.name, 'pdf', { ...world, uploads: crashing });
    expect((await world.store.readRun(made.name))?.state).toBe('succeeded');
    expect([...world.uploads.open_]).toEqual([]);
  });

  it('is made anew for who needs one from after a time, and the earlier one is left to its consumer', async () => {
    const world = createWorld();
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
    const world = createWorld();
    const other = { ...world.consumer, id: 'other' };
    const [mine, theirs] = [await world.exports.create(world.consumer, wish), await world.exports.create(other, wish)];
    await world.exports.cancel(world.consumer, mine.job.id);
    await carryOut(world.context, mine.run.name, 'pdf', world);
    expect(theirs.run.name).toBe(mine.run.name);
    expect(world.events).toEqual(['job-2 succeeded']);
  });

  it('is not cancelled under a consumer that joins while the last one cancels', async () => {
    const world = createWorld();
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
    const world = createWorld();
    const { job, run: made } = await world.exports.create(world.consumer, wish);
    await world.store.writeJob({ ...job, cancelledAtMillis: world.clock.millis });
    await world.exports.cancel(world.consumer, job.id);
    expect((await world.store.readRun(made.name))?.state).toBe('cancelled');
  });

  it('tells a consumer that joins while the others are told', async () => {
    const world = createWorld();
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
    const failed = createWorld({ entity: [status(404)] });
    const first = await run(failed);
    expect((await failed.exports.create(failed.consumer, wish)).run.name).not.toBe(first.run.name);
    const succeeded = createWorld();
    const done = await run(succeeded);
    expect((await succeeded.exports.create(succeeded.consumer, wish)).run.name).toBe(done.run.name);
    expect(succeeded.events).toEqual(['job-1 succeeded', 'job-2 succeeded']);
  });

  it('is run anew a minute after it began, because a change below the entity need not change its digest', async () => {
    const world = createWorld();
    const { run: made } = await run(world);
    const nameAt = async (millis: number): Promise<string> => {
      world.clock.millis = (made.startedAtMillis ?? 0) + millis;
      return (await world.exports.create(world.consumer, wish)).run.name;
    };
    expect(await nameAt(59_999)).toBe(made.name);
    expect(await nameAt(60_000)).not.toBe(made.name);
  });

  it('is mended although another one cannot be', async () => {
    const world = createWorld();
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
    const world = createWorld();
    const { run: made } = await run(world);
    const before = (await world.store.readRun(made.name))?.version ?? 0;
    const store = { ...world.store, listOpen: async () => [made.name] };
    expect(await sweepExports({ ...world, store })).toEqual({ open: 1, mended: 0, aborted: 0 });
    expect((await world.store.readRun(made.name))?.version).toBe(before + 1);
  });

  it('is ended as failed when its execution has ended before it', async () => {
    const world = createWorld();
    const { run: made } = await world.exports.create(world.consumer, wish);
    world.clock.millis += 120_000;
    await sweepExports({ ...world, engine: { ...world.engine, statusOf: async () => 'timed-out' } });
    expect((await world.store.readRun(made.name))?.failure?.code).toBe('ENGINE_ENDED');
    expect(world.events).toEqual(['job-1 failed']);
  });

  it('is one of five that a consumer may have open, however many it asks for at once; another consumer is served', async () => {
    const world = createWorld();
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
    const world = createWorld();
    for (let id = 0; id < 5; id += 1) await world.allowance.take('app', `dead-${id}`);
    await expect(world.exports.create(world.consumer, wish)).rejects.toThrow('EXPORT_LIMIT');
    world.clock.millis += 60_000;
    expect((await world.exports.create(world.consumer, wish)).run.state).toBe('queued');
  });

  it('is accepted although its execution cannot be started, and is started by the sweep', async () => {
    const world = createWorld();
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
    const world = createWorld({ start: [named], entity: [garbled, entity()] });
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
