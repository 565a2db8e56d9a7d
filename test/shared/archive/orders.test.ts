/** Orders of the archive: exactly one document and one number for each version, also after a death at any point. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import { JobFailure } from '../../../shared/exports/job-failure.ts';
import { createLife, Killed } from '../../support/mortal.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { archive, seal } from './archiving.ts';
import { createArchiveWorld, eid } from './world.ts';

describe('an order', () => {
  it('archives the version of a closed experiment, with its manifest and place in the chain', async () => {
    const world = createArchiveWorld();
    await archive(world, 'n1');
    await seal(world);
    expect([world.documents().length, world.manifests().length]).toEqual([1, 1]);
    expect(await world.faults()).toEqual([]);
    const { claims } = await world.store.list({ entity: eid }, 10);
    expect(claims).toMatchObject([{ number: 1, closedBy: '101', notebook: 'journal:j1' }]);
  });

  it('makes one object although the closing is told of twice, by other notifications and at the same time', async () => {
    const world = createArchiveWorld();
    await Promise.all([world.take('n1'), world.take('n1'), world.take('n2')]);
    expect(world.executions.size).toBe(2);
    await world.work();
    expect([world.documents().length, await world.store.lastNumber()]).toEqual([1, 1]);
    expect(await world.faults(true)).toMatchObject([{ code: 'head-missing' }]);
  });

  it('archives a new version when the experiment was reopened and closed again', async () => {
    const world = createArchiveWorld();
    await archive(world, 'n1');
    world.tenant.digest = '2';
    await archive(world, 'n2');
    await seal(world);
    expect(world.documents()).toHaveLength(2);
    expect(await world.faults()).toEqual([]);
  });

  it('takes no PDF that was made before the closing, although the digest is the same', async () => {
    const world = createArchiveWorld();
    await world.exportsAs('earlier').create({} as never, { digest: '1' } as never);
    world.clock.millis += 1_000;
    await archive(world, 'n1');
    const [bytes] = [...world.bucket.objects].filter(([key]) => key.endsWith('.pdf')).map(([, object]) => object.bytes);
    expect([world.files.size, String(bytes)]).toEqual([2, '%PDF-1.7 1 made 1 %%EOF']);
  });

  it('archives nothing of an experiment that is open again', async () => {
    const world = createArchiveWorld();
    world.tenant.state = 'open';
    await archive(world, 'n1');
    expect([world.documents(), world.counts]).toEqual([[], ['skipped']]);
  });

  it('waits for a young closing to be seen, and does not wait for an old one', async () => {
    const world = createArchiveWorld();
    world.tenant.state = 'open';
    const { call } = world.parts;
    let looks = 0;
    Object.assign(world.parts, {
      call: async (...args: Parameters<typeof call>) => {
        looks += 1;
        if (looks === 3) world.tenant.state = 'closed';
        return call(...args);
      },
    });
    await archive(world, 'n1');
    expect([looks, world.documents().length, world.counts]).toEqual([3, 1, ['done']]);
    world.tenant.state = 'open';
    await world.take('n2', world.nowMillis() - 3_600_000);
    await world.work();
    expect([looks, world.counts]).toEqual([4, ['done', 'skipped']]);
  });

  it('looks again when the experiment was changed during its export and is closed still', async () => {
    const world = createArchiveWorld();
    world.exported.outcomes = [{ state: 'failed', failure: { code: 'ENTITY_CHANGED', detail: '' } }];
    await archive(world, 'n1');
    expect([world.documents().length, world.counts]).toEqual([1, ['done']]);
  });

  it('has another round after an export that failed, and fails for good after the sixth', async () => {
    const world = createArchiveWorld();
    world.exported.outcomes = Array.from({ length: 6 }, () => ({
      ...{ state: 'failed' as const, failure: { code: 'NEVER_READY' as const, detail: '' } },
    }));
    await archive(world, 'n1');
    for (let round = 2; round <= 6; round += 1) {
      expect(await world.orders.sweep()).toMatchObject({ started: 0 });
      world.clock.millis += 86_400_000;
      expect(await world.orders.sweep()).toMatchObject({ started: 1 });
      await world.work();
    }
    expect(world.counts).toEqual(['open', 'open', 'open', 'open', 'open', 'failed']);
    expect(world.documents()).toEqual([]);
  });

  it('of an old closing waits for the sweep, so that a backfill of notifications starts no crowd', async () => {
    const world = createArchiveWorld();
    await world.take('n1', world.nowMillis() - 180 * 86_400_000);
    expect(world.executions.size).toBe(0);
    world.clock.millis += 120_000;
    expect(await world.orders.sweep()).toMatchObject({ started: 1 });
    await world.work();
    expect(world.documents()).toHaveLength(1);
  });

  it('whose execution ended without a word is started again', async () => {
    const world = createArchiveWorld();
    await world.take('n1');
    for (const execution of world.executions.values()) execution.status = 'timed-out';
    expect(await world.orders.sweep()).toMatchObject({ mended: 1, started: 0 });
    world.clock.millis += 86_400_000;
    await world.orders.sweep();
    await world.work();
    expect(world.documents()).toHaveLength(1);
  });

  it('whose last execution ended without a word has failed, and is counted so', async () => {
    const world = createArchiveWorld();
    await world.take('n1');
    for (let round = 1; round <= 6; round += 1) {
      for (const execution of world.executions.values()) execution.status = 'timed-out';
      expect(await world.orders.sweep()).toMatchObject({ mended: 1 });
      world.clock.millis += 86_400_000;
      await world.orders.sweep();
    }
    expect(world.counts).toEqual(['open', 'open', 'open', 'open', 'open', 'failed']);
  });

  it('of an experiment that could not be read for an hour is archived by a later round', async () => {
    const world = createArchiveWorld();
    world.tenant.status = 404;
    await archive(world, 'n1');
    expect([world.documents(), world.counts]).toEqual([[], ['open']]);
    world.tenant.status = 200;
    world.clock.millis += 3_600_000;
    await world.orders.sweep();
    await world.work();
    expect([world.documents().length, world.counts]).toEqual([1, ['open', 'done']]);
  });

  it('uses up no tries while the budget refuses its calls', async () => {
    const world = createArchiveWorld();
    await world.take('n1');
    const { call } = world.parts;
    let refusals = 150;
    Object.assign(world.parts, {
      call: async (...args: Parameters<typeof call>) => {
        refusals -= 1;
        if (refusals >= 0) throw new AppError('TOO_MANY_REQUESTS');
        return call(...args);
      },
    });
    await world.work();
    expect([world.documents().length, world.counts]).toEqual([1, ['done']]);
  });

  it('has another PDF made in its next round when the file of the first is gone', async () => {
    const world = createArchiveWorld();
    const { open } = world.parts.files;
    let isGone = true;
    Object.assign(world.parts.files, {
      open: async (result: Parameters<typeof open>[0]) => (isGone ? undefined : open(result)),
    });
    await archive(world, 'n1');
    expect(world.counts).toEqual(['open']);
    isGone = false;
    world.clock.millis += 3_600_000;
    await world.orders.sweep();
    await world.work();
    const [key = ''] = world.documents();
    expect(String(world.bucket.objects.get(key)?.bytes)).toBe('%PDF-1.7 1 made 1 %%EOF');
    expect([world.documents().length, world.counts]).toEqual([1, ['open', 'done']]);
  });

  it('that looks after a second closing names the person who closed last', async () => {
    const world = createArchiveWorld();
    await world.take('n1');
    world.clock.millis += 3_600_000;
    Object.assign(world.tenant, { editedBy: '202', editedAt: new Date(world.nowMillis()).toISOString() });
    await world.work();
    expect(await world.store.readClaim(1)).toMatchObject({ closedBy: '202' });
  });

  it('names the closer of its notification where the tenant names nobody', async () => {
    const world = createArchiveWorld();
    Object.assign(world.tenant, { editedBy: '', editedAt: '2026-11-28T09:00:00.000Z' });
    await archive(world, 'n1');
    expect(await world.store.readClaim(1)).toMatchObject({ closedBy: '101' });
  });

  it('adopts no file under its key that the facade did not announce', async () => {
    const world = createArchiveWorld();
    const key = 'documents/experiment/e1/1.pdf';
    await world.bucket.putOnce(key, Buffer.from('forged'), 'application/pdf', { lockMode: null, retainUntil: null });
    await archive(world, 'n1');
    expect([world.counts, await world.store.lastNumber()]).toEqual([['open'], 0]);
  });

  it('that is young and due is started although very many wait for their next round', async () => {
    const world = createArchiveWorld();
    const { store, nowMillis } = world;
    const late = { notBeforeMillis: nowMillis() + 86_400_000, round: 2, requestedAtMillis: 0 };
    const shape = { eid, requestedBy: 'facade', state: 'open', version: 1, tries: 0 } as const;
    for (let index = 0; index < 2_500; index += 1) await store.writeOrder({ ...shape, ...late, name: `n${index}` });
    await store.writeOrder({
      ...{ ...shape, name: 'young', round: 1 },
      ...{ requestedAtMillis: nowMillis() - 120_000, notBeforeMillis: 0 },
    });
    expect(await world.orders.sweep()).toEqual({ open: 2_501, started: 1, mended: 0 });
  });

  it('that is told of again starts no later round before its pause is over', async () => {
    const world = createArchiveWorld();
    world.tenant.status = 404;
    await archive(world, 'n1');
    await world.take('n1');
    expect(world.executions.size).toBe(1);
  });

  it('adopts a file that was stored although the answer was lost', async () => {
    const world = createArchiveWorld();
    const { complete } = world.bucket;
    Object.assign(world.bucket, {
      complete: async (...args: Parameters<typeof complete>) => {
        await complete(...args);
        return false;
      },
    });
    await archive(world, 'n1');
    await seal(world);
    expect([world.documents().length, await world.faults()]).toEqual([1, []]);
  });

  it('extends the lock of a file that an earlier try stored, so that it is held as long as one that is stored now', async () => {
    const world = createArchiveWorld();
    const { complete } = world.bucket;
    Object.assign(world.bucket, {
      complete: async (...args: Parameters<typeof complete>) => {
        await complete(...args);
        Object.assign(world.bucket, { complete });
        throw new JobFailure('FACADE_FAILED', 'the process did not go on');
      },
    });
    await archive(world, 'n1');
    expect([world.documents().length, world.counts]).toEqual([1, ['open']]);
    world.clock.millis += 40 * 86_400_000;
    await world.orders.sweep();
    await world.work();
    await seal(world);
    const locks = [...world.bucket.objects.values()].map(({ lockMode, retainUntil }) => [lockMode, retainUntil]);
    const [document] = world.documents().map((key) => world.bucket.objects.get(key));
    expect(document?.retainUntil).toBe('2028-01-06T09:00:00.000Z');
    for (const lock of nonEmpty(locks)) expect(lock).toEqual(['GOVERNANCE', '2028-01-06T09:00:00.000Z']);
    expect(await world.faults()).toEqual([]);
  });
});

it('after a death at any point there is one document, one manifest and a whole chain', async () => {
  const measured = createArchiveWorld();
  await archive(measured, 'n0');
  const { points } = measured.process.life;
  expect(points).toBeGreaterThan(60);
  for (let killedAt = 1; killedAt <= points; killedAt += 1) {
    const world = createArchiveWorld();
    world.process.life = createLife(killedAt);
    await world.take('n1').catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      // The event is delivered again.
      world.restart();
      return world.take('n1');
    });
    await world.work();
    world.clock.millis += 120_000;
    await world.orders.sweep();
    await world.work();
    world.tenant.digest = '2';
    await archive(world, 'n2');
    await seal(world);
    const found = {
      documents: world.documents().length,
      manifests: world.manifests().length,
      uploads: world.bucket.uploads.size,
      faults: await world.faults(),
    };
    expect(found, `killed at point ${killedAt} of ${points}`).toEqual({
      ...{ documents: 2, manifests: 2, uploads: 0, faults: [] },
    });
  }
});
