/** The kind `pdf`: what each answer of the tenant leads to, and that nothing is completed that is no whole PDF. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { carryOut, type RunParts } from '../../../shared/exports/carry-out.ts';
import { toExportDocument } from '../../../shared/exports/export-document.ts';
import type { JobContext } from '../../../shared/exports/job-context.ts';
import type { CallAnswer } from '../../../shared/exports/kind.ts';
import type { PartUploads } from '../../../shared/exports/part-uploads.ts';
import { sweepExports } from '../../../shared/exports/sweep.ts';
import {
  bytes,
  createPdfWorld,
  entity,
  file,
  fine,
  retrying,
  run,
  sized,
  status,
  type Tenant,
  wish,
} from './pdf-world.ts';

describe('a run of the kind pdf', () => {
  it('is run anew for an entity without a digest, which may have changed since', async () => {
    const world = createPdfWorld({ entity: [entity('')] });
    const { run: first } = await world.exports.create(world.consumer, { ...wish, digest: '' });
    await carryOut(world.context, first.name, 'pdf', world);
    expect((await world.store.readRun(first.name))?.state).toBe('succeeded');
    const { run: second } = await world.exports.create(world.consumer, { ...wish, digest: '' });
    expect(second.name).not.toBe(first.name);
  });

  it('keeps the file whole, and tells its consumer once', async () => {
    const world = createPdfWorld();
    const { run: after } = await run(world);
    expect(after).toMatchObject({ state: 'succeeded', result: { sizeBytes: file.byteLength, fileName: 'Run 7.pdf' } });
    expect(world.uploads.made.get(after.result?.key ?? '')).toEqual(file);
    expect(world.events).toEqual(['job-1 succeeded']);
    await sweepExports(world);
    expect(world.events).toHaveLength(1);
  });

  it('uses up no try while others use the budget up', async () => {
    const world = createPdfWorld();
    let refusals = 10;
    const seen: unknown[] = [];
    const call: RunParts['call'] = async (asked) => {
      const view = await world.exports.read(world.consumer, job.id);
      seen.push(toExportDocument(view, '').data.attributes.progress?.about);
      refusals -= 1;
      if (refusals >= 0) throw new AppError('TOO_MANY_REQUESTS');
      return world.call(asked, () => {});
    };
    const { run: made, job } = await world.exports.create(world.consumer, wish);
    await carryOut(retrying(world.context), made.name, 'pdf', { ...world, call });
    const after = await world.store.readRun(made.name);
    expect(after).toMatchObject({ state: 'succeeded', tries: { subject: 1 }, upstreamCalls: 5 });
    const waits = 'The facade reads the entity. It waits for the budget of the tenant: its last call was not sent.';
    expect(seen.slice(0, 12)).toEqual([
      'The facade reads the entity.',
      ...Array.from({ length: 10 }, () => waits),
      expect.stringMatching(/^The facade asks the tenant to make the file. The tenant makes few at a time.$/),
    ]);
  });

  it('survives some faults of the tenant, and ends after twenty tries of a step', async () => {
    const outage = createPdfWorld({ file: [...Array.from({ length: 10 }, () => status(503)), bytes(file)] });
    const { run: survived } = await outage.exports.create(outage.consumer, wish);
    await carryOut(retrying(outage.context), survived.name, 'pdf', outage);
    expect((await outage.store.readRun(survived.name))?.state).toBe('succeeded');

    const broken = createPdfWorld({ file: [status(503)] });
    const { run: failed } = await broken.exports.create(broken.consumer, wish);
    await carryOut(retrying(broken.context), failed.name, 'pdf', broken);
    expect((await broken.store.readRun(failed.name))?.failure?.code).toBe('TRIES_USED_UP');
  });

  it('waits for a free worker of the tenant and for the file', async () => {
    const [start] = fine().start as [CallAnswer];
    const world = createPdfWorld({ start: [status(429), status(429), start], size: [sized(0), sized(0), sized(19)] });
    expect((await run(world)).run).toMatchObject({ state: 'succeeded', upstreamCalls: 9 });
  });

  it('keeps its place as long as the tenant takes, and gives it up when it is cancelled', async () => {
    const world = createPdfWorld({ size: [...Array.from({ length: 100 }, () => sized(0)), sized(file.byteLength)] });
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

    const never = createPdfWorld({ size: [sized(0)] });
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
    const world = createPdfWorld(tenant);
    const { run: after } = await run(world);
    expect([after.state, after.failure?.code]).toEqual(['failed', code]);
    expect([world.uploads.made.size, world.uploads.open_.size]).toEqual([0, 0]);
    expect(world.events).toEqual(['job-1 failed']);
    expect((await world.store.readLeases()).holders).toEqual([]);
  });

  it('completes nothing when it was cancelled during the transfer', async () => {
    const world = createPdfWorld();
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
    const world = createPdfWorld();
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
    const world = createPdfWorld();
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
});
