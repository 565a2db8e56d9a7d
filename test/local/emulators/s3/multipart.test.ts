import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { s3Client, temporaryFolder } from '../../../support/aws.ts';
import { Bucket, createBucket, expectRefusal, setUp, startServer } from './s3-setup.ts';

const Key = 'big.bin';
const fiveMebibytes = 5 * 1024 ** 2;

const begin = async (client: S3Client, more = {}) =>
  (await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId ?? '';
const uploadPart = async (client: S3Client, UploadId: string, PartNumber: number, Body: Buffer) => {
  const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
};
const complete = (client: S3Client, UploadId: string, Parts: { PartNumber: number; ETag: string | undefined }[]) =>
  client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();

describe('multipart upload', () => {
  it('joins parts sent in any order, with headers of the start and the entity tag of S3', async () => {
    const { client } = await setUp();
    const [a, b, c] = [Buffer.alloc(fiveMebibytes, 'a'), Buffer.alloc(fiveMebibytes + 1, 'b'), Buffer.from('end')];
    const uploadId = await begin(client, { ContentType: 'application/pdf', Metadata: { by: 'test' } });
    const third = await uploadPart(client, uploadId, 3, c);
    const [first, second] = await Promise.all([uploadPart(client, uploadId, 1, a), uploadPart(client, uploadId, 2, b)]);
    const { ETag } = await complete(client, uploadId, [first, second, third]);
    expect(ETag).toBe(`"${md5(Buffer.concat([md5(a), md5(b), md5(c)])).toString('hex')}-3"`);
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect([got.ContentType, got.Metadata, got.ETag]).toEqual(['application/pdf', { by: 'test' }, ETag]);
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Buffer.concat([a, b, c]))).toBe(true);
  });

  it('takes the last bytes sent for a part number, and lists parts page by page', async () => {
    const { client } = await setUp();
    const UploadId = await begin(client);
    await uploadPart(client, UploadId, 1, Buffer.from('old'));
    const second = await uploadPart(client, UploadId, 2, Buffer.from('other'));
    const first = await uploadPart(client, UploadId, 1, Buffer.from('new one'));
    const page = await client.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 1 }));
    const rest = { Bucket, Key, UploadId, PartNumberMarker: page.NextPartNumberMarker };
    const next = await client.send(new ListPartsCommand(rest));
    expect(page.Parts).toMatchObject([{ PartNumber: 1, Size: 7, ETag: first.ETag }]);
    expect([page.IsTruncated, next.IsTruncated]).toEqual([true, false]);
    expect(next.Parts).toMatchObject([{ PartNumber: 2, Size: 5, ETag: second.ETag }]);
  });

  it('shows nothing before completion and nothing after an abort', async () => {
    const { client } = await setUp();
    const UploadId = await begin(client);
    const part = await uploadPart(client, UploadId, 1, Buffer.from('part'));
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key })), 'NoSuchKey', 404);
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    await expectRefusal(complete(client, UploadId, [part]), 'NoSuchUpload', 404);
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key })), 'NoSuchKey', 404);
  });

  it('refuses parts that are unknown, out of order or too small', async () => {
    const { client } = await setUp();
    const uploadId = await begin(client);
    const first = await uploadPart(client, uploadId, 1, Buffer.from('small'));
    const second = await uploadPart(client, uploadId, 2, Buffer.from('last'));
    await expectRefusal(complete(client, uploadId, [first, { PartNumber: 3, ETag: '"0"' }]), 'InvalidPart', 400);
    await expectRefusal(complete(client, uploadId, [{ ...first, ETag: second.ETag }]), 'InvalidPart', 400);
    await expectRefusal(complete(client, uploadId, [second, first]), 'InvalidPartOrder', 400);
    await expectRefusal(complete(client, uploadId, [first, second]), 'EntityTooSmall', 400);
  });

  it('goes on after a restart', async () => {
    const stateDir = await temporaryFolder();
    const before = await startServer({ stateDir });
    const beforeClient = s3Client(before.url);
    await createBucket(beforeClient);
    const uploadId = await begin(beforeClient);
    const first = await uploadPart(beforeClient, uploadId, 1, Buffer.alloc(fiveMebibytes));
    await before.close();
    const client = s3Client((await startServer({ stateDir })).url);
    const second = await uploadPart(client, uploadId, 2, Buffer.from('end'));
    await complete(client, uploadId, [first, second]);
    const { ContentLength, Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    await Body?.transformToByteArray();
    expect(ContentLength).toBe(fiveMebibytes + 3);
  });
});
