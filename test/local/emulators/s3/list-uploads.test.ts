import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { Bucket, expectRefusal, setUp } from './s3-setup.ts';

describe('ListMultipartUploads', () => {
  it('gives each open upload once, by key and start, whatever the page size', async () => {
    let ticks = 0; // a clock that never stands still
    const { client } = await setUp('plain', { nowMillis: () => Date.now() + ++ticks });
    const started: string[] = [];
    for (const Key of ['b/1', 'a', 'b/1', 'c d', 'b/2'])
      started.push((await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId ?? '');
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'b/2', UploadId: started[4] }));
    const seen: (string | undefined)[] = [];
    let markers = {};
    for (let isTruncated = true; isTruncated; ) {
      const page = await client.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1, ...markers }));
      seen.push(...(page.Uploads ?? []).map(({ UploadId }) => UploadId));
      markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      isTruncated = page.IsTruncated ?? false;
    }
    expect(seen).toEqual([started[1], ...started.filter((_, index) => index === 0 || index === 2), started[3]]);
  });

  it('groups keys by delimiter below a prefix, and names start and checksum of an upload', async () => {
    const { client } = await setUp();
    for (const Key of ['x/1', 'x/y/1', 'x/y/2', 'z'])
      await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'CRC64NVME' }));
    const listed = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'x/', Delimiter: '/' }));
    expect(listed.CommonPrefixes).toEqual([{ Prefix: 'x/y/' }]);
    expect(listed.Uploads).toMatchObject([{ Key: 'x/1', ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' }]);
    expect(listed.Uploads?.[0]?.Initiated).toBeInstanceOf(Date);
    await expectRefusal(client.send(new ListMultipartUploadsCommand({ Bucket: 'missing' })), 'NoSuchBucket', 404);
  });
});
