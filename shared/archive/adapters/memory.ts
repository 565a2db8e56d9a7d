/** ArchiveStore and ArchiveBucket in memory, for tests. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ArchiveBucket } from '../archive-bucket.ts';
import type { Claim, Lock, Order, Version } from '../archive-record.ts';
import type { ArchiveStore, SealState } from '../archive-store.ts';
import { createCrc64Nvme } from '../crc64-nvme.ts';
import type { HeldObjects } from '../holds/hold-record.ts';
import { isWanted, placeOf } from '../listing.ts';

export const createMemoryArchiveStore = (): ArchiveStore => {
  const orders = new Map<string, Order>();
  const versions = new Map<string, Version>();
  const claims = new Map<number, Claim>();
  const published = new Map<number, Claim>();
  let seal: SealState = { version: 0, number: 0, sealedAtMillis: 0 };
  const isNext = (before: { readonly version: number } | undefined, after: { readonly version: number }): boolean =>
    (before?.version ?? 0) === after.version - 1;
  const versionKey = (eid: string, digest: string): string => JSON.stringify([eid, digest]);
  return {
    readOrder: async (name) => orders.get(name),
    async writeOrder(after) {
      if (!isNext(orders.get(after.name), after)) return false;
      orders.set(after.name, after);
      return true;
    },
    listOpen: async () => ({
      names: [...orders.values()]
        .filter(({ state }) => state === 'open')
        .sort((a, b) => a.requestedAtMillis - b.requestedAtMillis)
        .map(({ name }) => name),
    }),
    readVersion: async (eid, digest) => versions.get(versionKey(eid, digest)),
    listVersions: async (eid) => [...versions.values()].filter((version) => version.eid === eid),
    async writeVersion(after) {
      const key = versionKey(after.eid, after.digest);
      if (!isNext(versions.get(key), after)) return false;
      versions.set(key, after);
      return true;
    },
    lastNumber: async () => Math.max(0, ...claims.keys()),
    readClaim: async (number) => claims.get(number),
    listClaims: async (afterNumber, limit) =>
      [...claims.values()]
        .filter(({ number }) => number > afterNumber)
        .sort((a, b) => a.number - b.number)
        .slice(0, limit),
    async putClaim(claim) {
      if (claims.has(claim.number)) return false;
      claims.set(claim.number, claim);
      return true;
    },
    publish: async (claim) => void published.set(claim.number, claim),
    readPublished: async (number) => published.get(number),
    async list(query, limit, cursor) {
      const all = [...published.values()]
        .filter((claim) => isWanted(claim, query))
        .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
      const rest = cursor === undefined ? all : all.filter((claim) => placeOf(claim) < cursor);
      const page = rest.slice(0, limit);
      return rest.length > limit ? { claims: page, cursor: placeOf(page.at(-1) as Claim) } : { claims: page };
    },
    async listAfter(number, limit) {
      const page: Claim[] = [];
      for (let next = published.get(number + 1); next && page.length < limit; next = published.get(next.number + 1))
        page.push(next);
      return { claims: page, isMore: published.has(number + page.length + 1) };
    },
    readSeal: async () => seal,
    async writeSeal(after) {
      if (!isNext(seal, after)) return false;
      seal = after;
      return true;
    },
  };
};

type Stored = Lock & { readonly versionId: string; readonly bytes: Buffer; readonly isHeld?: boolean };
type Upload = Lock & { readonly key: string; readonly parts: Map<number, Buffer> };

export type MemoryArchiveBucket = ArchiveBucket &
  HeldObjects & {
    readonly objects: ReadonlyMap<string, Stored>;
    readonly uploads: ReadonlyMap<string, Upload>;
  };

export const createMemoryArchiveBucket = (): MemoryArchiveBucket => {
  const objects = new Map<string, Stored>();
  const uploads = new Map<string, Upload>();
  let ids = 0;
  const store = (key: string, bytes: Buffer, { lockMode, retainUntil }: Lock): boolean => {
    if (objects.has(key)) return false;
    objects.set(key, { versionId: `version-${++ids}`, bytes, lockMode, retainUntil });
    return true;
  };
  return {
    objects,
    uploads,
    async openUpload(key, _mediaType, lock) {
      const uploadId = `upload-${++ids}`;
      uploads.set(uploadId, { ...lock, key, parts: new Map() });
      return uploadId;
    },
    async putPart(_key, uploadId, number, bytes) {
      const upload = uploads.get(uploadId);
      if (!upload) throw new Error('NoSuchUpload');
      upload.parts.set(number, Buffer.from(bytes));
      return createHash('md5').update(bytes).digest('hex');
    },
    listOpen: async (key) => [...uploads].flatMap(([id, upload]) => (upload.key === key ? [id] : [])),
    abort: async (_key, uploadId) => void uploads.delete(uploadId),
    async complete(key, uploadId, tags, crc64nvme) {
      const upload = uploads.get(uploadId);
      if (!upload) return false;
      const bytes = Buffer.concat(tags.map((_, index) => upload.parts.get(index + 1) as Buffer));
      const checksum = createCrc64Nvme();
      checksum.update(bytes);
      if (checksum.digest().toString('base64') !== crc64nvme) throw new Error('BadDigest');
      if (!store(key, bytes, upload)) return false;
      uploads.delete(uploadId);
      return true;
    },
    async read(key) {
      const found = objects.get(key);
      if (!found) return undefined;
      const { versionId, bytes, lockMode, retainUntil } = found;
      return { versionId, lockMode, retainUntil, sizeBytes: bytes.byteLength, body: Readable.from([bytes]) };
    },
    async extendLock(key, versionId, { lockMode, retainUntil }) {
      const found = objects.get(key);
      if (found?.versionId !== versionId) throw new Error('NoSuchVersion');
      if ((found.retainUntil ?? '') > (retainUntil ?? '') || (found.lockMode ?? lockMode) !== lockMode)
        throw new Error('AccessDenied');
      objects.set(key, { ...found, lockMode, retainUntil });
      return { lockMode, retainUntil };
    },
    async setHold(key, versionId, isHeld) {
      const found = objects.get(key);
      if (!found || (versionId !== undefined && versionId !== found.versionId)) return false;
      objects.set(key, { ...found, isHeld });
      return true;
    },
    putOnce: async (key, bytes, _mediaType, lock) => store(key, Buffer.from(bytes), lock),
  };
};
