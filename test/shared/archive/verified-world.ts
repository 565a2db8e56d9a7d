/** A sealed archive in memory, and ways to spoil it that leave the code of the facade out. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { Readable } from 'node:stream';
import type { BucketReader } from '../../../packages/archive-verify/src/bucket-source.ts';
import { type Item, SourceUnavailable } from '../../../packages/archive-verify/src/source.ts';
import { createMemoryArchiveBucket, createMemoryArchiveStore } from '../../../shared/archive/adapters/memory.ts';
import { createMemoryHoldStore } from '../../../shared/archive/adapters/memory-holds.ts';
import { createMemoryVerificationStore } from '../../../shared/archive/adapters/memory-verification.ts';
import type { Claim } from '../../../shared/archive/archive-record.ts';
import { claimNumber, finishClaim } from '../../../shared/archive/claim.ts';
import { createCrc64Nvme } from '../../../shared/archive/crc64-nvme.ts';
import { documentKey, manifestKey } from '../../../shared/archive/keys.ts';
import { lockFrom } from '../../../shared/archive/lock-policy.ts';
import { type HeadSigner, sealArchive } from '../../../shared/archive/seal.ts';
import type { VerificationParts } from '../../../shared/archive/verification/parts.ts';
import type { OpenFault } from '../../../shared/archive/verification/verification-record.ts';
import { verifyForAWhile } from '../../../shared/archive/verification/verify-archive.ts';

const policy = { mode: 'GOVERNANCE', years: 10 } as const;
export const dayMillis = 86_400_000;
export const eidOf = (index: number): string => `experiment:e${index}`;

type Stored = {
  versionId: string;
  bytes: Buffer;
  lockMode: 'GOVERNANCE' | 'COMPLIANCE' | null;
  retainUntil: string | null;
  isHeld?: boolean;
};

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export const createVerifiedWorld = () => {
  const clock = { millis: Date.parse('2026-11-27T09:00:00.000Z') };
  const nowMillis = () => clock.millis;
  const inner = createMemoryArchiveStore();
  const bucket = createMemoryArchiveBucket();
  const holds = createMemoryHoldStore();
  const holding = { holds, objects: bucket };
  const objects = bucket.objects as Map<string, Stored>;
  const writtenAt = new Map<string, number>();
  /** Delete markers, and versions beyond the first of a key. */
  const others: Item[] = [];
  /** What the catalogue says in place of the truth. */
  const spoilt = new Map<number, Claim | undefined>();
  const spoil = (claim: Claim | undefined): Claim | undefined =>
    claim && spoilt.has(claim.number) ? spoilt.get(claim.number) : claim;
  const store = {
    ...inner,
    readClaim: async (number: number) => spoil(await inner.readClaim(number)),
    listClaims: async (after: number, limit: number) =>
      (await inner.listClaims(after, limit)).flatMap((claim) => spoil(claim) ?? []),
  };
  const signer: HeadSigner = {
    keyId: 'alias/archive',
    algorithm: 'ECDSA_SHA_256',
    sign: async (bytes) => sign('sha256', bytes, keys.privateKey),
    publicKeyPem: async () => String(keys.publicKey.export({ type: 'spki', format: 'pem' })),
  };
  const s3 = { isDown: false, opened: [] as string[] };

  const put = (key: string, bytes: Buffer, lock = lockFrom(policy, clock.millis)): string => {
    const versionId = `v-${objects.size + 1}`;
    objects.set(key, { ...lock, versionId, bytes });
    return versionId;
  };

  const archive = async (index: number, digest = '1'): Promise<Claim> => {
    const eid = eidOf(index);
    const bytes = Buffer.from(`%PDF-1.7 ${eid} ${digest} %%EOF`);
    const checksum = createCrc64Nvme();
    checksum.update(bytes);
    const lock = lockFrom(policy, clock.millis);
    const versionId = put(documentKey(eid, digest), bytes, lock);
    await inner.writeVersion({
      ...{ eid, digest, version: 1, requestedBy: 'facade', requestedAtMillis: clock.millis, candidates: [] },
      stored: {
        ...{ ...lock, versionId, archivedAt: new Date(clock.millis).toISOString(), sizeBytes: bytes.length },
        sha256: createHash('sha256').update(bytes).digest('hex'),
        crc64nvme: checksum.digest().toString('base64'),
      },
    });
    const claim = await claimNumber(inner, { eid, digest });
    await finishClaim(inner, bucket, claim, lock, holding);
    return claim;
  };
  const seal = () => sealArchive({ store: inner, bucket, signer, lock: policy, holding, nowMillis }, 0);

  /** Pages are short, so that a pass has several portions. */
  const pageSize = 5;
  const reader: BucketReader = {
    async listPage(prefix, after) {
      if (s3.isDown) throw new SourceUnavailable('S3 is down');
      const all: Item[] = [
        ...others,
        ...[...objects].map(([key, { versionId }]) => ({
          ...{ key, versionId, writtenAtMillis: writtenAt.get(key) ?? 0 },
        })),
      ]
        .filter(({ key }) => key.startsWith(prefix) && (after === undefined || key > after.key))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const items = all.slice(0, pageSize);
      const last = items.at(-1);
      return all.length > items.length && last ? { items, next: { key: last.key } } : { items };
    },
    async open({ key, versionId }) {
      if (s3.isDown) throw new SourceUnavailable('S3 is down');
      s3.opened.push(key);
      const object = objects.get(key);
      if (!object || (versionId !== undefined && object.versionId !== versionId)) throw new Error('NoSuchVersion');
      const { bytes, lockMode, retainUntil, isHeld = false } = object;
      return { bytes: Readable.from([bytes]), lock: { lockMode, retainUntil }, isHeld };
    },
  };

  const found: OpenFault[] = [];
  const parts: VerificationParts = {
    ...{ store, notes: createMemoryVerificationStore(), holds, bucket: reader, publicKey: async () => keys.publicKey },
    ...{ cycleDays: 5, fewestDocuments: 1_000, nowMillis, onFault: (fault) => void found.push(fault) },
  };

  /** A run that ends after so many portions. */
  const run = (portions = Number.POSITIVE_INFINITY, more: Partial<VerificationParts> = {}) => {
    let left = portions;
    return verifyForAWhile({ ...parts, ...more }, () => left-- > 0);
  };
  /** The round of the next day. */
  const nextDay = (more: Partial<VerificationParts> = {}) => {
    clock.millis += dayMillis;
    return run(undefined, more);
  };
  const openFaults = async (): Promise<readonly OpenFault[]> => parts.notes.listFaults();
  return {
    ...{ clock, store: inner, holds, bucket, objects, others, spoilt, writtenAt, s3, parts, found, put, archive, seal },
    ...{ run, nextDay, openFaults, reader },
    /** An archive of so many experiments, sealed. */
    async fill(count: number) {
      for (let index = 1; index <= count; index += 1) await archive(index);
      await seal();
    },
    documentOf: (index: number) => documentKey(eidOf(index), '1'),
    manifestOf: (index: number) => manifestKey(eidOf(index), '1', index),
  };
};
export type VerifiedWorld = ReturnType<typeof createVerifiedWorld>;
