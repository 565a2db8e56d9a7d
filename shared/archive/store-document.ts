/**
 * Puts the PDF of a version into the archive, exactly once. The completing request is conditional, and the facts of the file are in the
 * catalogue before it: whatever is found later under the key is taken only after its bytes were hashed and were expected.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Result } from '../exports/export-record.ts';
import { JobFailure } from '../exports/job-failure.ts';
import type { ResultFiles } from '../exports/result-files.ts';
import { transferParts } from '../exports/transfer.ts';
import type { ArchiveBucket } from './archive-bucket.ts';
import type { FileFacts, Lock, Version } from './archive-record.ts';
import { type ArchiveStore, changeVersion } from './archive-store.ts';
import { createCrc64Nvme } from './crc64-nvme.ts';
import { documentKey } from './keys.ts';
import { type LockPolicy, lockFrom, lockToExtend } from './lock-policy.ts';

export type DocumentParts = {
  readonly store: Pick<ArchiveStore, 'readVersion' | 'writeVersion'>;
  readonly bucket: ArchiveBucket;
  /** The files that exports have made. */
  readonly files: Pick<ResultFiles, 'open'>;
  readonly lock: LockPolicy;
  readonly nowMillis: () => number;
};

const pdf = 'application/pdf';
type Stored = NonNullable<Version['stored']>;

/** Passes the bytes on, and sums them. */
const summed = (body: Readable) => {
  const checksum = createCrc64Nvme();
  async function* pieces() {
    for await (const piece of body) {
      checksum.update(piece as Buffer);
      yield piece as Buffer;
    }
  }
  return { body: Readable.from(pieces()), crc64nvme: () => checksum.digest().toString('base64') };
};

/** Reads to the end, with no more than a piece in memory. */
const factsOf = async (body: Readable): Promise<FileFacts> => {
  const hash = createHash('sha256');
  const checksum = createCrc64Nvme();
  let sizeBytes = 0;
  for await (const piece of body) {
    const bytes = piece as Buffer;
    hash.update(bytes);
    checksum.update(bytes);
    sizeBytes += bytes.byteLength;
  }
  return { sha256: hash.digest('hex'), crc64nvme: checksum.digest().toString('base64'), sizeBytes };
};

/**
 * The object under the key, if it is one that this version was about to store. It may be of an earlier try, whose lock ends sooner than the
 * one that is wanted now: then its lock is extended. @returns undefined when there is none.
 * @throws JobFailure for an object that nobody announced: it is locked, and no other can take its place.
 */
const adopt = async (
  key: string,
  { candidates }: Version,
  wantedLock: Lock,
  { bucket, nowMillis }: DocumentParts,
): Promise<Stored | undefined> => {
  const found = await bucket.read(key);
  if (!found) return undefined;
  const { versionId } = found;
  const facts = await factsOf(found.body);
  const isExpected = candidates.some(
    ({ sha256, sizeBytes }) => sha256 === facts.sha256 && sizeBytes === facts.sizeBytes,
  );
  if (!isExpected)
    throw new JobFailure('FACADE_FAILED', `The archive holds another file under ${key} than any that the facade made.`);
  const longer = lockToExtend(found, wantedLock);
  const { lockMode, retainUntil } = longer ? await bucket.extendLock(key, versionId, longer) : found;
  return { ...facts, versionId, lockMode, retainUntil, archivedAt: new Date(nowMillis()).toISOString() };
};

const upload = async (
  key: string,
  { eid, digest }: Version,
  result: Result,
  lock: Lock,
  checkWanted: () => Promise<void>,
  { store, bucket, files }: DocumentParts,
): Promise<void> => {
  const body = await files.open(result);
  if (!body) throw new JobFailure('FILE_EXPIRED', 'The file of the export is gone before it was archived.');
  const uploadId = await bucket.openUpload(key, pdf, lock).catch((error: unknown) => {
    body.destroy();
    throw error;
  });
  const source = summed(body);
  const { tags, sizeBytes, sha256 } = await transferParts(source.body, { key, uploadId }, bucket, checkWanted);
  if (sha256 !== result.sha256 || sizeBytes !== result.sizeBytes)
    throw new Error('The file of the export has other bytes than the export says');
  const facts: FileFacts = { sha256, sizeBytes, crc64nvme: source.crc64nvme() };
  const isIn = (candidates: readonly FileFacts[]): boolean => candidates.some((one) => one.sha256 === sha256);
  await changeVersion(store, { eid, digest }, ({ candidates }) =>
    isIn(candidates) ? undefined : { candidates: [...candidates, facts] },
  );
  // The last look; after the next request the object is there and locked.
  await checkWanted();
  await bucket.complete(key, uploadId, tags, facts.crc64nvme);
};

/** Uploads of the key that a crash or a failure has left. */
const tidyUp = async (key: string, bucket: ArchiveBucket): Promise<void> => {
  for (const uploadId of await bucket.listOpen(key)) await bucket.abort(key, uploadId);
};

/**
 * @param result the file that the export has made and checked: length, head, tail, and the digest before and after.
 * @param checkWanted throws when the order was ended meanwhile.
 * @throws JobFailure; other errors may be repeated.
 */
export const storeDocument = async (
  wanted: Pick<Version, 'eid' | 'digest'>,
  result: Result,
  checkWanted: () => Promise<void>,
  parts: DocumentParts,
): Promise<Stored> => {
  const { store, bucket } = parts;
  const key = documentKey(wanted.eid, wanted.digest);
  const read = async (): Promise<Version> => changeVersion(store, wanted, () => undefined);
  const before = await read();
  if (before.stored) return before.stored;
  const lock = lockFrom(parts.lock, parts.nowMillis());
  try {
    const earlier = await adopt(key, before, lock, parts);
    if (!earlier) await upload(key, before, result, lock, checkWanted, parts);
    const found = earlier ?? (await adopt(key, await read(), lock, parts));
    if (!found) throw new Error('The document is not in the archive after its upload');
    const { stored } = await changeVersion(store, wanted, (now) => (now.stored ? undefined : { stored: found }));
    return stored as Stored;
  } finally {
    await tidyUp(key, bucket).catch(() => {});
  }
};
