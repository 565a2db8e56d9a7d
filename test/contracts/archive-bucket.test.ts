/** ArchiveBucket: the promises of the port, by each adapter. */
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { createMemoryArchiveBucket } from '../../shared/archive/adapters/memory.ts';
import { createS3ArchiveBucket } from '../../shared/archive/adapters/s3-bucket.ts';
import type { ArchiveBucket } from '../../shared/archive/archive-bucket.ts';
import type { Lock } from '../../shared/archive/archive-record.ts';
import { createCrc64Nvme } from '../../shared/archive/crc64-nvme.ts';
import { closedAfterTest, s3Client } from '../support/aws.ts';

const key = 'documents/experiment/e1/1.pdf';
const type = 'application/pdf';
/** Far enough in the future for a bucket that looks at the clock. */
const untilYear = (year: number): Lock => ({ lockMode: 'GOVERNANCE', retainUntil: `${year}-01-01T00:00:00.000Z` });
const early = untilYear(2090);
const late = untilYear(2091);

const crcOf = (bytes: Buffer): string => {
  const checksum = createCrc64Nvme();
  checksum.update(bytes);
  return checksum.digest().toString('base64');
};
const upload = async (bucket: ArchiveBucket, text: string, lock: Lock = early): Promise<boolean> => {
  const uploadId = await bucket.openUpload(key, type, lock);
  const tags = [await bucket.putPart(key, uploadId, 1, Buffer.from(text))];
  return bucket.complete(key, uploadId, tags, crcOf(Buffer.from(text)));
};
const found = async (bucket: ArchiveBucket) => {
  const object = await bucket.read(key);
  if (!object) return undefined;
  const { body, versionId, lockMode, retainUntil } = object;
  return { text: String(Buffer.concat(await body.toArray())), versionId, lock: { lockMode, retainUntil } };
};

describe.each([
  ['memory', async (): Promise<ArchiveBucket> => createMemoryArchiveBucket()],
  [
    'S3',
    async (): Promise<ArchiveBucket> => {
      const client = s3Client((await closedAfterTest(startS3({}))).url);
      await client.send(new CreateBucketCommand({ Bucket: 'archive', ObjectLockEnabledForBucket: true }));
      return createS3ArchiveBucket(client, 'archive');
    },
  ],
])('ArchiveBucket contract: %s', (_name, create) => {
  it('makes an object once, under its lock, and leaves it as it is afterwards', async () => {
    const bucket = await create();
    expect(await found(bucket)).toBeUndefined();
    expect(await upload(bucket, 'first')).toBe(true);
    expect(await upload(bucket, 'second')).toBe(false);
    expect(await bucket.putOnce(key, Buffer.from('third'), type, late)).toBe(false);
    expect(await found(bucket)).toMatchObject({ text: 'first', lock: early });
  });

  it('makes no object of bytes that have another checksum', async () => {
    const bucket = await create();
    const uploadId = await bucket.openUpload(key, type, early);
    const tag = await bucket.putPart(key, uploadId, 1, Buffer.from('other'));
    await expect(bucket.complete(key, uploadId, [tag], crcOf(Buffer.from('first')))).rejects.toThrow();
    expect([await found(bucket), await bucket.listOpen(key)]).toEqual([undefined, [uploadId]]);
    await bucket.abort(key, uploadId);
    await bucket.abort(key, uploadId);
    expect(await bucket.listOpen(key)).toEqual([]);
  });

  it('extends a lock, and shortens none', async () => {
    const bucket = await create();
    await upload(bucket, 'first');
    const { versionId = '' } = (await found(bucket)) ?? {};
    expect(await bucket.extendLock(key, versionId, late)).toEqual(late);
    expect(await found(bucket)).toMatchObject({ text: 'first', versionId, lock: late });
    await expect(bucket.extendLock(key, versionId, early)).rejects.toThrow();
    expect(await found(bucket)).toMatchObject({ lock: late });
  });

  it('locks an object that had no lock', async () => {
    const bucket = await create();
    await upload(bucket, 'first', { lockMode: null, retainUntil: null });
    const { versionId = '' } = (await found(bucket)) ?? {};
    expect(await bucket.extendLock(key, versionId, early)).toEqual(early);
  });
});
