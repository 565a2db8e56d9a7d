import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { Bucket, expectRefusal, setUp } from './s3-setup.ts';

const Key = 'k';
const put = async (client: S3Client, Body: string) =>
  (await client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? '';
const get = async (client: S3Client, VersionId?: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  return Body?.transformToString();
};
const setVersioning = (client: S3Client, Status: 'Enabled' | 'Suspended') =>
  client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));

describe('versioning', () => {
  it('is off, then as it was set', async () => {
    const { client } = await setUp();
    const status = async () => (await client.send(new GetBucketVersioningCommand({ Bucket }))).Status;
    expect(await status()).toBeUndefined();
    await setVersioning(client, 'Enabled');
    expect(await status()).toBe('Enabled');
  });

  it('keeps every version readable by its id, the newest by none', async () => {
    const { client } = await setUp('versioned');
    const [one, two] = [await put(client, 'one'), await put(client, 'two')];
    expect([await get(client), await get(client, one), await get(client, two)]).toEqual(['two', 'one', 'two']);
    expect(one).not.toBe(two);
  });

  it('hides a deleted key behind a marker and shows it again when the marker is deleted', async () => {
    const { client } = await setUp('versioned');
    const version = await put(client, 'one');
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key }));
    expect([marker.DeleteMarker, typeof marker.VersionId]).toEqual([true, 'string']);
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key })), 'NoSuchKey', 404);
    expect(await get(client, version)).toBe('one');
    const named = new GetObjectCommand({ Bucket, Key, VersionId: marker.VersionId });
    await expectRefusal(client.send(named), 'MethodNotAllowed', 405);
    await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId: marker.VersionId }));
    expect(await get(client)).toBe('one');
  });

  it('deletes one version for good', async () => {
    const { client } = await setUp('versioned');
    const [one, two] = [await put(client, 'one'), await put(client, 'two')];
    await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId: two }));
    expect(await get(client)).toBe('one');
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key, VersionId: two })), 'NoSuchVersion', 404);
    expect(await get(client, one)).toBe('one');
  });

  it('keeps the object from before as version null, and overwrites it again when suspended', async () => {
    const { client } = await setUp();
    await put(client, 'before');
    await setVersioning(client, 'Enabled');
    const one = await put(client, 'one');
    expect([await get(client, 'null'), await get(client, one)]).toEqual(['before', 'one']);
    await setVersioning(client, 'Suspended');
    await put(client, 'after');
    expect([await get(client, 'null'), await get(client, one), await get(client)]).toEqual(['after', 'one', 'after']);
  });

  it('lists versions and markers, newest first, page by page', async () => {
    const { client } = await setUp('versioned');
    const ids = [await put(client, 'one'), await put(client, 'two')];
    const marker = await client.send(new DeleteObjectCommand({ Bucket, Key }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'z', Body: 'other' }));
    const seen: (string | undefined)[] = [];
    let markers: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (markers) {
      const page: Awaited<ReturnType<typeof list>> = await list(markers);
      for (const row of [...(page.DeleteMarkers ?? []), ...(page.Versions ?? [])])
        seen.push(`${row.Key} ${row.VersionId} ${row.IsLatest}`);
      markers = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
        : undefined;
    }
    function list(from: NonNullable<typeof markers>) {
      return client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 1, ...from }));
    }
    expect(seen.slice(0, 3)).toEqual([`k ${marker.VersionId} true`, `k ${ids[1]} false`, `k ${ids[0]} false`]);
    expect(seen).toHaveLength(4);
  });

  it('copies an old version back to the top', async () => {
    const { client } = await setUp('versioned');
    const one = await put(client, 'one');
    await put(client, 'two');
    const copied = await client.send(
      new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${Key}?versionId=${one}` }),
    );
    expect(await get(client)).toBe('one');
    expect(copied.CopySourceVersionId).toBe(one);
    expect((await client.send(new HeadObjectCommand({ Bucket, Key }))).VersionId).toBe(copied.VersionId);
  });
});
