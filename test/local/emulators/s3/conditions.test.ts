import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/aws.ts';
import { Bucket, expectRefusal, setUp } from './s3-setup.ts';

const Key = 'k';

describe('conditional writes', () => {
  it('lets exactly one of 25 concurrent PUTs with If-None-Match: * win', async () => {
    const { client } = await setUp();
    const put = (n: number) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body: `writer ${n}`, IfNoneMatch: '*' }));
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, (_, n) => put(n)));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused.map(({ name, $metadata }) => [name, $metadata.httpStatusCode])).toEqual(
      Array.from({ length: 24 }, () => ['PreconditionFailed', 412]),
    );
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect(await Body?.transformToString()).toBe(`writer ${winner}`);
  });

  it('lets exactly one of 25 concurrent PUTs with the same If-Match win', async () => {
    const { client } = await setUp();
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'before' }));
    const put = (n: number) => client.send(new PutObjectCommand({ Bucket, Key, Body: `writer ${n}`, IfMatch: ETag }));
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, (_, n) => put(n)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('answers 404 to If-Match where there is no object', async () => {
    const { client } = await setUp();
    const put = client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', IfMatch: '"0"' }));
    await expectRefusal(put, 'NoSuchKey', 404);
  });

  it('writes again with If-None-Match: * once the object is deleted, also behind a delete marker', async () => {
    const { client } = await setUp('versioned');
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'one' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'two', IfNoneMatch: '*' }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe('two');
  });

  it('compares the entity tags of If-None-Match with the current object', async () => {
    const { client } = await setUp();
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'one' }));
    const put = (IfNoneMatch: string | undefined) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body: 'two', IfNoneMatch }));
    await expectRefusal(put(ETag), 'PreconditionFailed', 412);
    await put('"another"');
    await put(ETag);
  });

  it('deletes by If-Match only what is unchanged, and what is missing with success', async () => {
    const { client } = await setUp();
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'one' }));
    const wrong = { Bucket, Key, IfMatch: '"another"' };
    await expectRefusal(client.send(new DeleteObjectCommand(wrong)), 'PreconditionFailed', 412);
    const many = (tag: string) => ({ Bucket, Delete: { Objects: [{ Key, ETag: tag }] } });
    const { Errors } = await client.send(new DeleteObjectsCommand(many('"another"')));
    expect(Errors).toMatchObject([{ Key, Code: 'PreconditionFailed' }]);
    await client.send(new DeleteObjectCommand({ Bucket, Key, IfMatch: ETag }));
    await client.send(new DeleteObjectCommand(wrong));
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key })), 'NoSuchKey', 404);
  });

  it('refuses the conditions of deletes that only directory buckets have', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'one' }));
    const bySize = { Bucket, Key, IfMatchSize: 3 };
    await expectRefusal(client.send(new DeleteObjectCommand(bySize)), 'NotImplemented', 501);
    const many = { Bucket, Delete: { Objects: [{ Key, Size: 3 }] } };
    const { Errors } = await client.send(new DeleteObjectsCommand(many));
    expect(Errors).toMatchObject([{ Key, Code: 'NotImplemented' }]);
  });

  it('answers 409 when a delete overtakes a conditional write', async () => {
    const stateDir = await temporaryFolder();
    const { client } = await setUp('plain', { stateDir });
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'before' }));
    const Body = new PassThrough();
    const put = client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: 200_000, IfMatch: ETag }));
    const refusal = expectRefusal(put, 'ConditionalRequestConflict', 409);
    Body.write(Buffer.alloc(150_000));
    await expect.poll(() => readdir(join(stateDir, 'incoming'))).toHaveLength(1); // the server is receiving it
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    Body.end(Buffer.alloc(50_000));
    await refusal;
  });

  it('holds for multipart uploads at their completion', async () => {
    const { client } = await setUp();
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const part = { Bucket, Key, UploadId, PartNumber: 1 };
    const { ETag } = await client.send(new UploadPartCommand({ ...part, Body: 'part' }));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'first' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const input = { Bucket, Key, UploadId, MultipartUpload, IfNoneMatch: '*' };
    await expectRefusal(client.send(new CompleteMultipartUploadCommand(input)), 'PreconditionFailed', 412);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe('first');
  });
});

describe('conditional reads', () => {
  it('answers 304 to the same entity tag and 412 to another', async () => {
    const { client } = await setUp();
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: ETag })), undefined, 304);
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key, IfMatch: '"0"' })), 'PreconditionFailed', 412);
    const got = await client.send(new GetObjectCommand({ Bucket, Key, IfMatch: ETag, IfNoneMatch: '"0"' }));
    expect(await got.Body?.transformToString()).toBe('x');
  });

  it('answers 304 to a date after the last change and 412 to one before it', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const [past, future] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)];
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key, IfModifiedSince: future })), undefined, 304);
    const unmodified = new GetObjectCommand({ Bucket, Key, IfUnmodifiedSince: past });
    await expectRefusal(client.send(unmodified), 'PreconditionFailed', 412);
  });
});
