/** The reader of the daily verification on S3: what is a fault of the archive, and what only says that S3 cannot be read. */
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { startS3 } from '../../../local/emulators/s3/server.ts';
import { SourceUnavailable } from '../../../packages/archive-verify/src/source.ts';
import { createS3ArchiveReader } from '../../../shared/archive/adapters/s3-reader.ts';
import { closedAfterTest, s3Client } from '../../support/aws.ts';

const Bucket = 'archive';

const setUp = async () => {
  const server = await closedAfterTest(startS3());
  const client = s3Client(server.url);
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  const put = async (Key: string, Body: string) =>
    (await client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? '';
  return { server, client, put, reader: createS3ArchiveReader(client, Bucket) };
};

it('lists versions and delete markers of a prefix, behind a key too, and opens a version that was written over', async () => {
  const { client, put, reader } = await setUp();
  const first = await put('documents/a.pdf', 'one');
  await put('documents/a.pdf', 'two');
  await put('documents/b.pdf', 'three');
  await put('heads/a.json', '{}');
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'documents/b.pdf' }));
  const { items, next } = await reader.listPage('documents/');
  expect(next).toBeUndefined();
  expect(items.map(({ key, isDeleteMarker = false }) => `${key} ${isDeleteMarker}`).sort()).toEqual([
    'documents/a.pdf false',
    'documents/a.pdf false',
    'documents/b.pdf false',
    'documents/b.pdf true',
  ]);
  expect(items.every(({ writtenAtMillis = 0 }) => writtenAtMillis > 0)).toBe(true);
  const behind = await reader.listPage('documents/', { key: 'documents/a.pdf' });
  expect(new Set(behind.items.map(({ key }) => key))).toEqual(new Set(['documents/b.pdf']));
  const { bytes } = await reader.open({ key: 'documents/a.pdf', versionId: first });
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  expect(String(Buffer.concat(chunks))).toBe('one');
});

it('tells an object that is not there from an S3 that does not answer', async () => {
  const { server, reader } = await setUp();
  const absent = await reader.open({ key: 'documents/none.pdf' }).catch((error: unknown) => error);
  expect([absent instanceof Error, absent instanceof SourceUnavailable]).toEqual([true, false]);
  await server.close();
  await expect(reader.open({ key: 'documents/none.pdf' })).rejects.toThrow(SourceUnavailable);
  await expect(reader.listPage('documents/')).rejects.toThrow(SourceUnavailable);
});
