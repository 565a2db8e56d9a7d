import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObjectCreated } from '../../../../local/emulators/s3/handler.ts';
import { s3Client, temporaryFolder } from '../../../support/aws.ts';
import { sized } from '../../../support/test-size.ts';
import { Bucket, createBucket, expectRefusal, setUp, startServer } from './s3-setup.ts';

const mebibyte = 1024 ** 2;
const sizeMebibytes = sized(60, 12);

describe('PutObject and GetObject', () => {
  it('gives back bytes, type, disposition, cache control and metadata', async () => {
    const { client } = await setUp();
    const headers = {
      ContentType: 'application/pdf',
      ContentDisposition: `attachment; filename="a b.pdf"`,
      CacheControl: 'no-store',
      Metadata: { digest: '12', 'made-by': 'test' },
    };
    const put = await client.send(new PutObjectCommand({ Bucket, Key: 'a/b.pdf', Body: 'bytes', ...headers }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'a/b.pdf' }));
    expect(await got.Body?.transformToString()).toBe('bytes');
    expect(got).toMatchObject({ ...headers, ContentLength: 5, AcceptRanges: 'bytes' });
    expect(put.ETag).toBe(`"${createHash('md5').update('bytes').digest('hex')}"`);
    expect(got.ETag).toBe(put.ETag);
    expect(got.ContentEncoding).toBeUndefined();
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'a/b.pdf' }));
    expect(head).toMatchObject({ ...headers, ContentLength: 5, ETag: put.ETag });
  });

  it('keeps any key apart from any other', async () => {
    const { client } = await setUp();
    const unit = fc.constantFrom('a', 'B', '/', '.', ' ', '+', '%', '?', '#', '&', '=', 'é', '日', "'", '(', '~', '\\');
    const keys = fc.uniqueArray(
      fc.string({ unit, minLength: 1, maxLength: 12 }).filter((key) => !/^\/|(^|\/)\.\.?($|\/)|\/\//.test(key)),
      { minLength: 2, maxLength: 4 },
    );
    const keepsApart = async (names: string[]) => {
      for (const Key of names) await client.send(new PutObjectCommand({ Bucket, Key, Body: `body of ${Key}` }));
      for (const Key of names) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        expect(await Body?.transformToString()).toBe(`body of ${Key}`);
      }
    };
    await fc.assert(fc.asyncProperty(keys, keepsApart), { numRuns: sized(100, 8) });
  });

  it(`streams ${sizeMebibytes} MiB in and out unchanged`, async () => {
    const { client } = await setUp();
    const piece = Buffer.alloc(mebibyte, 'signals');
    const sent = createHash('sha256');
    async function* pieces() {
      for (let n = 0; n < sizeMebibytes; n += 1) {
        piece.writeUInt32BE(n);
        sent.update(piece);
        yield Buffer.from(piece);
      }
    }
    const Body = Readable.from(pieces(), { objectMode: false });
    await client.send(new PutObjectCommand({ Bucket, Key: 'big', Body, ContentLength: sizeMebibytes * mebibyte }));
    const received = createHash('sha256');
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'big' }));
    for await (const chunk of got.Body as Readable) received.update(chunk);
    expect(got.ContentLength).toBe(sizeMebibytes * mebibyte);
    expect(received.digest('hex')).toBe(sent.digest('hex'));
  });

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=3-5', '345', 'bytes 3-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-99', '56789', 'bytes 5-9/10'],
  ])('answers the range %s with those bytes only', async (Range, expected, contentRange) => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k', Range }));
    expect(await got.Body?.transformToString()).toBe(expected);
    expect([got.ContentRange, got.$metadata.httpStatusCode]).toEqual([contentRange, 206]);
  });

  it('refuses a range past the end', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }));
    await expectRefusal(
      client.send(new GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=10-' })),
      'InvalidRange',
      416,
    );
  });

  it('keeps an empty object', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: '' }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'empty' }));
    expect([got.ContentLength, await got.Body?.transformToString()]).toEqual([0, '']);
  });

  it('names what is missing', async () => {
    const { client } = await setUp();
    const Missing = 'missing-bucket';
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key: 'none' })), 'NoSuchKey', 404);
    await expectRefusal(client.send(new GetObjectCommand({ Bucket: Missing, Key: 'none' })), 'NoSuchBucket', 404);
    await expectRefusal(client.send(new HeadObjectCommand({ Bucket, Key: 'none' })), 'NotFound', 404);
    await expectRefusal(client.send(new HeadBucketCommand({ Bucket: Missing })), 'NotFound', 404);
  });

  it('keeps reading an object that is deleted meanwhile', async () => {
    const { client } = await setUp();
    const body = Buffer.alloc(8 * mebibyte, 7);
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: body }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  });

  it('refuses operations it does not have, and leaves the object alone', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'kept' }));
    const putAcl = new PutObjectAclCommand({ Bucket, Key: 'k', ACL: 'public-read' });
    await expectRefusal(client.send(putAcl), 'NotImplemented', 501);
    await expectRefusal(client.send(new GetBucketLocationCommand({ Bucket })), 'NotImplemented', 501);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect(await Body?.transformToString()).toBe('kept');
  });

  it('says that the owner has full control, and nobody else any', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'kept' }));
    const Grants = [{ Grantee: { ID: 'local', DisplayName: 'local' }, Permission: 'FULL_CONTROL' }];
    expect(await client.send(new GetBucketAclCommand({ Bucket }))).toMatchObject({ Owner: { ID: 'local' }, Grants });
    expect(await client.send(new GetObjectAclCommand({ Bucket, Key: 'k' }))).toMatchObject({ Grants });
  });

  it('tells the listener of each created object, once', async () => {
    const events: ObjectCreated[] = [];
    const { client } = await setUp('plain', { onObjectCreated: (event) => events.push(event) });
    await client.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: 'bytes' }));
    const CopySource = `${Bucket}/a%20b`;
    await client.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource }));
    const seen = events.map(({ eventName, key, sizeBytes }) => [eventName, key, sizeBytes]);
    expect(seen).toEqual([
      ['ObjectCreated:Put', 'a b', 5],
      ['ObjectCreated:Copy', 'c', 5],
    ]);
  });
});

describe('state of S3', () => {
  it('keeps objects, metadata and tags over a restart on the same folder', async () => {
    const stateDir = await temporaryFolder();
    const before = await startServer({ stateDir });
    const beforeClient = s3Client(before.url);
    await createBucket(beforeClient, 'versioned');
    const input = { Bucket, Key: 'kept', Body: 'bytes', Metadata: { a: 'b' }, Tagging: 'state=done' };
    const put = await beforeClient.send(new PutObjectCommand(input));
    await before.close();
    const client = s3Client((await startServer({ stateDir })).url);
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'kept', VersionId: put.VersionId }));
    expect(await got.Body?.transformToString()).toBe('bytes');
    expect([got.Metadata, got.TagCount]).toEqual([{ a: 'b' }, 1]);
  });

  it('leaves no bytes behind when objects are overwritten and deleted', async () => {
    const stateDir = await temporaryFolder();
    const { client } = await setUp('plain', { stateDir });
    for (const Body of ['one', 'two']) await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body }));
    expect(await readdir(join(stateDir, 'blobs'))).toHaveLength(1);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(await readdir(join(stateDir, 'blobs'))).toEqual([]);
    await client.send(new DeleteBucketCommand({ Bucket }));
    await expectRefusal(client.send(new HeadBucketCommand({ Bucket })), 'NotFound', 404);
  });

  it('refuses to delete a bucket that holds something', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    await expectRefusal(client.send(new DeleteBucketCommand({ Bucket })), 'BucketNotEmpty', 409);
  });
});

describe('CopyObject', () => {
  it('copies bytes and headers, or takes new headers', async () => {
    const { client } = await setUp();
    const CopySource = `/${Bucket}/from`;
    const more = { ContentType: 'text/csv', Metadata: { a: '1' } };
    await client.send(new PutObjectCommand({ Bucket, Key: 'from', Body: 'bytes', ...more }));
    await client.send(new CopyObjectCommand({ Bucket, Key: 'same', CopySource }));
    const replaced = { MetadataDirective: 'REPLACE' as const, ContentType: 'text/plain' };
    await client.send(new CopyObjectCommand({ Bucket, Key: 'other', CopySource, ...replaced }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'from' }));
    const same = await client.send(new GetObjectCommand({ Bucket, Key: 'same' }));
    const other = await client.send(new HeadObjectCommand({ Bucket, Key: 'other' }));
    expect(await same.Body?.transformToString()).toBe('bytes');
    expect([same.ContentType, same.Metadata]).toEqual(['text/csv', { a: '1' }]);
    expect([other.ContentType, other.Metadata]).toEqual(['text/plain', {}]);
  });
});

describe('object tagging', () => {
  it('sets, reads and removes tags and leaves the bytes alone', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'bytes' }));
    const TagSet = [
      { Key: 'state', Value: 'a & <b>' },
      { Key: 'owner', Value: '' },
    ];
    await client.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }));
    expect((await client.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet).toEqual(TagSet);
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'k' }));
    expect([await got.Body?.transformToString(), got.TagCount]).toEqual(['bytes', 2]);
    await client.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k' }));
    expect((await client.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet).toEqual([]);
  });

  it('refuses an eleventh tag', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'bytes' }));
    const TagSet = Array.from({ length: 11 }, (_, n) => ({ Key: `k${n}`, Value: 'v' }));
    const put = client.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }));
    await expectRefusal(put, 'InvalidTag', 400);
  });
});

describe('DeleteObjects', () => {
  it('deletes each named key and says so, missing ones included', async () => {
    const { client } = await setUp();
    for (const Key of ['a', 'b&c', 'd']) await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    const Delete = { Objects: [{ Key: 'a' }, { Key: 'b&c' }, { Key: 'none' }] };
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect([Deleted?.map(({ Key }) => Key), Errors ?? []]).toEqual([['a', 'b&c', 'none'], []]);
    await expectRefusal(client.send(new HeadObjectCommand({ Bucket, Key: 'b&c' })), 'NotFound', 404);
    expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'd' }))).ContentLength).toBe(1);
  });
});
