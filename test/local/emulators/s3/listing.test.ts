import {
  CreateBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../support/test-size.ts';
import { Bucket, setUp } from './s3-setup.ts';

const fill = async (client: S3Client, keys: readonly string[]) => {
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
};

/** All keys and common prefixes, page after page. */
const listAll = async (client: S3Client, input: { Prefix?: string; Delimiter?: string; MaxKeys?: number }) => {
  const seen: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, ...input, ContinuationToken }));
    for (const { Key } of page.Contents ?? []) seen.push(Key ?? '');
    for (const { Prefix } of page.CommonPrefixes ?? []) seen.push(Prefix ?? '');
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return seen;
};

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

describe('ListObjectsV2', () => {
  it('groups keys by delimiter below a prefix', async () => {
    const { client } = await setUp();
    await fill(client, ['a/1', 'a/b/2', 'a/b/3', 'a/c/4', 'b/5', 'top']);
    const input = { Bucket, Prefix: 'a/', Delimiter: '/' };
    const page = await client.send(new ListObjectsV2Command(input));
    expect(page.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['a/1', 3]]);
    expect(page.CommonPrefixes).toEqual([{ Prefix: 'a/b/' }, { Prefix: 'a/c/' }]);
    expect([page.KeyCount, page.IsTruncated]).toEqual([3, false]);
  });

  it('starts after a key', async () => {
    const { client } = await setUp();
    await fill(client, ['a', 'b', 'c']);
    const page = await client.send(new ListObjectsV2Command({ Bucket, StartAfter: 'a' }));
    expect(page.Contents?.map(({ Key }) => Key)).toEqual(['b', 'c']);
  });

  it('gives every key or prefix once and in byte order, whatever the page size', async () => {
    const { client } = await setUp();
    const keys = ['a', 'a/', 'a/x', 'a/x/1', 'a/x/2', 'a0', 'b/1', 'b/2', 'é', 'z&<"', '日', '😀'];
    await fill(client, keys);
    const prefixes = fc.constantFrom('', 'a', 'a/', 'b/', 'none');
    const law = async (Prefix: string, Delimiter: string, MaxKeys: number) => {
      const wanted = keys
        .filter((key) => key.startsWith(Prefix))
        .map((key) => {
          const at = Delimiter === '' ? -1 : key.indexOf(Delimiter, Prefix.length);
          return at < 0 ? key : key.slice(0, at + 1);
        });
      const seen = await listAll(client, { Prefix, Delimiter, MaxKeys });
      expect(seen.sort(byBytes)).toEqual([...new Set(wanted)].sort(byBytes));
    };
    const sizes = fc.integer({ min: 1, max: 5 });
    await fc.assert(fc.asyncProperty(prefixes, fc.constantFrom('', '/'), sizes, law), { numRuns: sized(200, 15) });
  });
});

describe('ListObjects', () => {
  it('gives every key once and in byte order, with its owner, by markers', async () => {
    const { client } = await setUp();
    const keys = ['a', 'a/x', 'b c', 'é', '😀'];
    await fill(client, keys);
    const seen: string[] = [];
    for (let Marker: string | undefined; seen.length < keys.length; Marker = seen.at(-1)) {
      const page = await client.send(new ListObjectsCommand({ Bucket, MaxKeys: 2, Marker }));
      expect([page.NextMarker, page.IsTruncated]).toEqual([undefined, seen.length + 2 < keys.length]);
      for (const { Key, Owner } of page.Contents ?? []) seen.push(Owner?.ID === 'local' ? (Key ?? '') : '?');
    }
    expect(seen).toEqual(keys);
  });

  it('names the next marker of a listing by delimiter', async () => {
    const { client } = await setUp();
    await fill(client, ['a/1', 'a/2', 'b']);
    const page = await client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 1 }));
    expect([page.CommonPrefixes, page.NextMarker]).toEqual([[{ Prefix: 'a/' }], 'a/']);
    const rest = await client.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: page.NextMarker }));
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(['b']);
  });
});

describe('ListBuckets', () => {
  it('names the buckets', async () => {
    const { client } = await setUp();
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  });

  it('goes page by page, and keeps a bucket that is created again', async () => {
    const { client } = await setUp();
    await fill(client, ['kept']);
    for (const name of ['a-bucket', Bucket]) await client.send(new CreateBucketCommand({ Bucket: name }));
    const first = await client.send(new ListBucketsCommand({ MaxBuckets: 1 }));
    const { ContinuationToken } = first;
    const second = await client.send(new ListBucketsCommand({ MaxBuckets: 1, ContinuationToken }));
    expect([first, second].map(({ Buckets }) => Buckets?.[0]?.Name)).toEqual(['a-bucket', Bucket]);
    expect(second.ContinuationToken).toBeUndefined();
    expect((await client.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
  });
});
