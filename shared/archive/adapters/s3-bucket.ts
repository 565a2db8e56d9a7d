/** ArchiveBucket over S3. Every write is conditional: an object that is there is never replaced. */
import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { isAbsentObject } from '../../storage/absent-object.ts';
import type { ArchiveBucket } from '../archive-bucket.ts';
import type { Lock } from '../archive-record.ts';
import { createCrc64Nvme } from '../crc64-nvme.ts';

const crcOf = (bytes: Uint8Array): string => {
  const checksum = createCrc64Nvme();
  checksum.update(bytes);
  return checksum.digest().toString('base64');
};

const lockOf = ({ lockMode, retainUntil }: Lock) =>
  lockMode === null || retainUntil === null
    ? {}
    : { ObjectLockMode: lockMode, ObjectLockRetainUntilDate: new Date(retainUntil) };

const statusOf = (error: unknown): number =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
const isGone = (error: unknown): boolean => error instanceof Error && error.name === 'NoSuchUpload';

/**
 * 412: the key is taken. 409: another conditional write was under way. NoSuchUpload: it was completed, and the answer lost, or aborted
 * (API reference, CompleteMultipartUpload). In each case the caller looks at what is there.
 */
const unlessUnclear = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if ([409, 412].includes(statusOf(error)) || isGone(error)) return false;
    throw error;
  }
};

/** S3's checksum of the whole object is CRC-64/NVME, because a SHA-256 of several parts is one of the parts' hashes. */
const checksum = { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' } as const;

export const createS3ArchiveBucket = (client: S3Client, Bucket: string): ArchiveBucket => ({
  async openUpload(Key, ContentType, lock) {
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ContentType, ...checksum, ...lockOf(lock) }),
    );
    return UploadId as string;
  },
  async putPart(Key, UploadId, PartNumber, Body) {
    const { ETag } = await client.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ChecksumCRC64NVME: crcOf(Body) }),
    );
    return ETag as string;
  },
  complete: (Key, UploadId, tags, ChecksumCRC64NVME) => {
    const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    return unlessUnclear(
      client.send(
        new CompleteMultipartUploadCommand({
          ...{ Bucket, Key, UploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' },
          ...{ ChecksumCRC64NVME, ChecksumType: checksum.ChecksumType },
        }),
      ),
    );
  },
  async listOpen(Prefix) {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix }));
    return Uploads.flatMap(({ Key, UploadId }) => (Key === Prefix && UploadId !== undefined ? [UploadId] : []));
  },
  async abort(Key, UploadId) {
    try {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  },
  async read(Key) {
    try {
      const got = await client.send(new GetObjectCommand({ Bucket, Key }));
      return {
        versionId: got.VersionId ?? 'null',
        sizeBytes: got.ContentLength ?? 0,
        lockMode: got.ObjectLockMode ?? null,
        retainUntil: got.ObjectLockRetainUntilDate?.toISOString() ?? null,
        body: got.Body as Readable,
      };
    } catch (error) {
      if (isAbsentObject(error)) return undefined;
      throw error;
    }
  },
  async extendLock(Key, VersionId, { lockMode, retainUntil }) {
    if (lockMode === null || retainUntil === null) throw new Error('A lock has a mode and an end');
    const Retention = { Mode: lockMode, RetainUntilDate: new Date(retainUntil) };
    await client.send(new PutObjectRetentionCommand({ Bucket, Key, VersionId, Retention }));
    const { Retention: held } = await client.send(new GetObjectRetentionCommand({ Bucket, Key, VersionId }));
    return { lockMode: held?.Mode ?? null, retainUntil: held?.RetainUntilDate?.toISOString() ?? null };
  },
  putOnce: (Key, Body, ContentType, lock) =>
    unlessUnclear(
      client.send(
        new PutObjectCommand({
          ...{ Bucket, Key, Body, ContentType, IfNoneMatch: '*', ChecksumCRC64NVME: crcOf(Body) },
          ...lockOf(lock),
        }),
      ),
    ),
});
