/** Files of exports and of the archive in S3: ranges, and URLs that end. */
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { createS3ArchivedFiles } from '../../shared/archive/adapters/s3-files.ts';
import { createS3ResultFiles } from '../../shared/exports/adapters/s3-files.ts';
import type { ByteRange } from '../../shared/exports/result-files.ts';
import { closedAfterTest, s3Client } from '../support/aws.ts';

const Bucket = 'files';
const Key = 'exports/run/contents-1';
const mediaType = 'application/pdf';
const fileName = 'Run "7".pdf';

const start = async () => {
  const clock = { aheadMillis: 0 };
  const { url } = await closedAfterTest(startS3({ nowMillis: () => Date.now() + clock.aheadMillis }));
  const client = s3Client(url);
  await client.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  const { VersionId = '' } = await client.send(new PutObjectCommand({ Bucket, Key, Body: '0123456789' }));
  return { clock, client, VersionId };
};

type Files = {
  readonly open: (range?: ByteRange) => Promise<string | undefined>;
  readonly missing: () => Promise<unknown>;
  readonly presign: (seconds: number) => Promise<string>;
  readonly clock: { aheadMillis: number };
};
const textOf = async (body: Readable | undefined): Promise<string | undefined> => body && text(body);

describe.each([
  [
    'exports',
    async (): Promise<Files> => {
      const { clock, client } = await start();
      const files = createS3ResultFiles(client, Bucket);
      const result = { key: Key, fileName, mediaType, sizeBytes: 10, sha256: '' };
      return {
        clock,
        open: async (range) => textOf(await files.open(result, range)),
        missing: () => files.open({ key: 'exports/other' }),
        presign: (seconds) => files.presign(result, seconds),
      };
    },
  ],
  [
    'the archive',
    async (): Promise<Files> => {
      const { clock, client, VersionId } = await start();
      const files = createS3ArchivedFiles(client, Bucket);
      return {
        clock,
        open: async (range) => textOf(await files.open(Key, VersionId, range)),
        missing: () => files.open('exports/other', VersionId),
        presign: (seconds) => files.presign(Key, VersionId, fileName, seconds),
      };
    },
  ],
])('files of %s', (_name, create) => {
  it('are given whole and in ranges, and a file that is not there is none', async () => {
    const { open, missing } = await create();
    expect([await open(), await open({ first: 2, last: 4 })]).toEqual(['0123456789', '234']);
    expect(await missing()).toBeUndefined();
  });

  it('have a URL that gives them under their name until its time is over, and not with a longer one', async () => {
    const { presign, clock } = await create();
    const url = await presign(300);
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789']);
    expect(answer.headers.get('content-type')).toBe(mediaType);
    expect(answer.headers.get('content-disposition')).toContain('attachment; filename="Run _7_.pdf"');
    clock.aheadMillis = 301_000;
    expect((await fetch(url)).status).toBe(403);
    const longer = new URL(url);
    longer.searchParams.set('X-Amz-Expires', '3000');
    expect((await fetch(longer)).status).toBe(403);
    clock.aheadMillis = 0;
    const renamed = new URL(url);
    renamed.searchParams.set('response-content-disposition', 'inline');
    expect((await fetch(renamed)).status).toBe(403);
  });
});
