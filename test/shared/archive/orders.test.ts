/** Orders of the archive: exactly one document and one number for each version, also after a death at any point. */
import { describe, expect, it } from 'vitest';
import { createMemoryArchiveStore } from '../../../shared/archive/adapters/memory.ts';
import { claimNumber, finishClaim, manifestOf } from '../../../shared/archive/claim.ts';
import { longerOf } from '../../../shared/archive/lock-policy.ts';
import { sealArchive } from '../../../shared/archive/seal.ts';
import { sweepArchive } from '../../../shared/archive/sweep.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { JobFailure } from '../../../shared/exports/job-failure.ts';
import { createLife, Killed } from '../../support/mortal.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { type ArchiveWorld, createArchiveWorld, eid } from './world.ts';

const seal = ({ store, bucket, signer, parts, nowMillis }: ArchiveWorld) =>
  sealArchive({ store, bucket, signer, lock: parts.lock, holding: parts.holding, nowMillis }, 0);

/** Archives the experiment as it is. */
const archive = async (world: ArchiveWorld, cause: string): Promise<void> => {
  await world.take(cause);
  await world.work();
};

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

it('the public key is locked as long as the newest head that it has signed', async () => {
  const world = createArchiveWorld();
  await archive(world, 'n1');
  await seal(world);
  world.clock.millis += 90 * 86_400_000;
  await seal(world);
  const ends = [...world.bucket.objects]
    .filter(([key]) => /^(heads|public-keys)\//.test(key))
    .map(([key, { retainUntil }]) => [key.split('/')[0], retainUntil]);
  expect(ends).toEqual([
    ['heads', '2027-11-27T09:00:00.000Z'],
    ['public-keys', '2028-02-25T09:00:00.000Z'],
    ['heads', '2028-02-25T09:00:00.000Z'],
  ]);
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

it('versions that claim numbers at the same time have one each, in one chain', async () => {
  const world = createArchiveWorld();
  const digests = ['1', '2', '3', '4', '5'];
  const facts = { sha256: 'a'.repeat(64), crc64nvme: 'AAAAAAAAAAA=', sizeBytes: 1, versionId: 'v' };
  const stored = { ...facts, archivedAt: '2026-11-27T09:00:00.000Z', lockMode: null, retainUntil: null };
  for (const digest of digests)
    await world.store.writeVersion({
      ...{ eid, digest, version: 1, requestedBy: 'facade', requestedAtMillis: 0, candidates: [], stored },
    });
  // Each twice, as after an execution that was taken for dead.
  const claims = await Promise.all([...digests, ...digests].map((digest) => claimNumber(world.store, { eid, digest })));
  expect(new Set(claims.map(({ number }) => number))).toEqual(new Set([1, 2, 3, 4, 5]));
  expect(await world.store.lastNumber()).toBe(5);
  const before = new Map(claims.map(({ number, manifestSha256 }) => [number + 1, manifestSha256]));
  for (const claim of nonEmpty(claims))
    expect(manifestOf(claim).previousManifestSha256).toBe(before.get(claim.number) ?? null);
});

it('the chain is sealed again when something was archived, and once a day in any case', async () => {
  const world = createArchiveWorld();
  const heads = () => [...world.bucket.objects.keys()].filter((key) => key.startsWith('heads/')).length;
  expect(await seal(world)).toEqual({ number: 0, isSealed: false });
  await archive(world, 'n1');
  expect(await seal(world)).toEqual({ number: 1, isSealed: true });
  world.clock.millis += 60_000;
  expect(await seal(world)).toEqual({ number: 1, isSealed: false });
  world.tenant.digest = '2';
  await archive(world, 'n2');
  expect(await seal(world)).toEqual({ number: 2, isSealed: true });
  world.clock.millis += 86_400_000;
  expect(await seal(world)).toEqual({ number: 2, isSealed: true });
  expect([heads(), await world.faults()]).toEqual([3, []]);
});

it('a manifest that is written days after its document has a lock that the bucket takes', async () => {
  const world = createArchiveWorld();
  const { putOnce } = world.bucket;
  // As the policy of the bucket.
  const leastMillis = 364 * 86_400_000;
  let isDown = true;
  Object.assign(world.bucket, {
    putOnce: async (...args: Parameters<typeof putOnce>) => {
      if (isDown) throw new JobFailure('FACADE_FAILED', 'down');
      if (Date.parse(args[3].retainUntil ?? '') - world.nowMillis() < leastMillis) throw new Error('AccessDenied');
      return putOnce(...args);
    },
  });
  await archive(world, 'n1');
  expect(world.manifests()).toEqual([]);
  isDown = false;
  world.clock.millis += 5 * 86_400_000;
  await seal(world);
  expect([world.manifests().length, await world.faults()]).toEqual([1, []]);
});

it('a catalogue that was restored to an earlier time writes no second manifest of a number', async () => {
  const world = createArchiveWorld();
  await archive(world, 'n1');
  await seal(world);
  const restored = createMemoryArchiveStore();
  const facts = { sha256: 'a'.repeat(64), crc64nvme: 'AAAAAAAAAAA=', sizeBytes: 1, versionId: 'v' };
  const stored = { ...facts, archivedAt: '2026-11-27T09:00:00.000Z', lockMode: null, retainUntil: null };
  const wanted = { eid: 'experiment:e2', digest: '7' };
  await restored.writeVersion({
    ...{ ...wanted, version: 1, requestedBy: 'facade', requestedAtMillis: 0, candidates: [], stored },
  });
  const claim = await claimNumber(restored, wanted);
  const finishing = finishClaim(
    restored,
    world.bucket,
    claim,
    { lockMode: null, retainUntil: null },
    world.parts.holding,
  );
  await expect(finishing).rejects.toThrow(/holds another numbers\/000000000001/);
  expect([claim.number, world.manifests().length, await world.faults()]).toEqual([1, 1, []]);
});

it('of two locks the later end and the stronger mode hold', () => {
  const [none, early, late] = [null, '2036-01-01T00:00:00.000Z', '2037-01-01T00:00:00.000Z'];
  const compliance = { lockMode: 'COMPLIANCE', retainUntil: early } as const;
  const governance = { lockMode: 'GOVERNANCE', retainUntil: late } as const;
  const unlocked = { lockMode: none, retainUntil: none };
  expect(longerOf(compliance, governance)).toEqual({ lockMode: 'COMPLIANCE', retainUntil: late });
  expect(longerOf(unlocked, governance)).toEqual(governance);
  expect(longerOf(compliance, unlocked)).toEqual(compliance);
});

describe('one fault does not keep others from their work:', () => {
  const refuse = (message: string) => async (): Promise<never> => {
    throw new Error(message);
  };

  it('an order whose execution cannot be asked, or that cannot be read, leaves the other orders to the sweep', async () => {
    const world = createArchiveWorld();
    const { statusOf } = world.engine;
    for (const cause of ['n1', 'n2', 'n3']) await world.take(cause);
    const [asked, ended, unread] = (await world.store.listOpen()).names;
    const { readOrder } = world.store;
    for (const execution of world.executions.values()) execution.status = 'timed-out';
    const isOf = (arn: string, name: string | undefined) => world.executions.get(arn)?.archive === name;
    Object.assign(world.engine, {
      statusOf: async (arn: string) => (isOf(arn, asked) ? refuse('throttled')() : statusOf(arn)),
    });
    Object.assign(world.store, {
      readOrder: async (name: string) => (name === unread ? refuse('not an order')() : readOrder(name)),
    });
    await expect(world.orders.sweep()).rejects.toThrow(/2 open orders cannot be read or mended: Error: throttled/);
    expect([await readOrder(asked ?? ''), await readOrder(ended ?? '')]).toMatchObject([{ round: 1 }, { round: 2 }]);
  });

  it('a manifest that cannot be written leaves those before it to be sealed', async () => {
    const world = createArchiveWorld();
    const { putOnce } = world.bucket;
    await archive(world, 'n1');
    world.tenant.digest = '2';
    await archive(world, 'n2');
    Object.assign(world.store, { readPublished: async () => undefined });
    Object.assign(world.bucket, {
      putOnce: async (...args: Parameters<typeof putOnce>) =>
        args[0].includes('manifest-000000000002') ? refuse('refused')() : putOnce(...args),
    });
    await expect(seal(world)).rejects.toThrow('refused');
    expect(await world.store.readSeal()).toMatchObject({ number: 1 });
  });

  it('the chain is sealed although the orders have a fault, which is told', async () => {
    const sealed: object[] = [];
    const step = <T>(_name: string, work: () => Promise<T>) => work();
    const onSealed = (one: object) => void sealed.push(one);
    const fine = async () => ({});
    const whole = { orders: fine, backfills: fine, seal: async () => ({ number: 1 }), onSealed };
    await expect(sweepArchive(step, { ...whole, orders: refuse('orders') })).rejects.toThrow('orders');
    await expect(sweepArchive(step, { ...whole, backfills: refuse('backfills') })).rejects.toThrow('backfills');
    expect(sealed).toEqual([{ number: 1 }, { number: 1 }]);
    await expect(sweepArchive(step, { ...whole, seal: refuse('seal') })).rejects.toThrow('seal');
  });
});
