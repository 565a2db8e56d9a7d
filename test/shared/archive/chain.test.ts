/** The chain of the archive: numbers, manifests, heads and locks. */
import { expect, it } from 'vitest';
import { createMemoryArchiveStore } from '../../../shared/archive/adapters/memory.ts';
import { claimNumber, finishClaim, manifestOf } from '../../../shared/archive/claim.ts';
import { longerOf } from '../../../shared/archive/lock-policy.ts';
import { JobFailure } from '../../../shared/exports/job-failure.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { archive, seal } from './archiving.ts';
import { createArchiveWorld, eid } from './world.ts';

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
