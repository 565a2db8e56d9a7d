/** Bodies that are not what they claim to be are refused, and nothing of them is stored. */
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { s3Client, temporaryFolder } from '../../../support/aws.ts';
import { Bucket, expectRefusal, setUp } from './s3-setup.ts';

const Key = 'k';

const setUpOnDisk = async () => {
  const stateDir = await temporaryFolder();
  const { client, server } = await setUp('plain', { stateDir });
  const expectNothingStored = async () => {
    await expectRefusal(client.send(new HeadObjectCommand({ Bucket, Key })), 'NotFound', 404);
    expect(await readdir(join(stateDir, 'blobs'))).toEqual([]);
    expect(await readdir(join(stateDir, 'incoming'))).toEqual([]);
  };
  return { client, server, stateDir, expectNothingStored };
};

/** A presigned PUT without a checksum, for bodies that the SDK would not send; the `x-amz-` headers go into the URL. */
const presignedPut = (endpoint: string, headers: Record<string, string> = {}) => {
  const put = new PutObjectCommand({ Bucket, Key });
  put.middlewareStack.add(
    (next) => (args) => {
      Object.assign((args.request as { headers: object }).headers, headers);
      return next(args);
    },
    { step: 'build' },
  );
  return getSignedUrl(s3Client(endpoint, { requestChecksumCalculation: 'WHEN_REQUIRED' }), put);
};

const putChunked = async (endpoint: string, decodedLength: number, body: string) => {
  const url = await presignedPut(endpoint, { 'x-amz-decoded-content-length': String(decodedLength) });
  return fetch(url, { method: 'PUT', headers: { 'content-encoding': 'aws-chunked' }, body });
};

describe('integrity of bodies', () => {
  it.each([
    ['CRC32', 'ChecksumCRC32'],
    ['CRC32C', 'ChecksumCRC32C'],
    ['SHA1', 'ChecksumSHA1'],
    ['SHA256', 'ChecksumSHA256'],
  ] as const)('checks %s of buffers and of streams, and gives it back', async (ChecksumAlgorithm, member) => {
    const { client } = await setUp();
    const stream = { Body: Readable.from([Buffer.from('by'), Buffer.from('tes')]), ContentLength: 5 };
    for (const body of [{ Body: 'bytes' }, stream]) {
      const put = await client.send(new PutObjectCommand({ Bucket, Key, ChecksumAlgorithm, ...body }));
      const got = await client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
      expect(await got.Body?.transformToString()).toBe('bytes');
      expect(put[member]).toMatch(/=$/);
      expect(got[member]).toBe(put[member]);
    }
  });

  it('refuses a body with a wrong checksum in a header', async () => {
    const { client, expectNothingStored } = await setUpOnDisk();
    const wrong = Buffer.alloc(4).toString('base64');
    const put = new PutObjectCommand({ Bucket, Key, Body: 'bytes', ChecksumCRC32: wrong });
    await expectRefusal(client.send(put), 'BadDigest', 400);
    await expectNothingStored();
  });

  it('refuses a body with a wrong Content-MD5', async () => {
    const { client, expectNothingStored } = await setUpOnDisk();
    const ContentMD5 = Buffer.alloc(16).toString('base64');
    await expectRefusal(
      client.send(new PutObjectCommand({ Bucket, Key, Body: 'bytes', ContentMD5 })),
      'BadDigest',
      400,
    );
    await expectNothingStored();
  });

  it('keeps the former object when its replacement is refused', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'former' }));
    const ChecksumCRC32 = Buffer.alloc(4).toString('base64');
    await expectRefusal(
      client.send(new PutObjectCommand({ Bucket, Key, Body: 'bytes', ChecksumCRC32 })),
      'BadDigest',
      400,
    );
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe('former');
  });

  it('stores a chunked body without its framing', async () => {
    const { client, server } = await setUpOnDisk();
    expect((await putChunked(server.url, 5, '2\r\nby\r\n3\r\ntes\r\n0\r\n\r\n')).status).toBe(200);
    const { Body, ContentEncoding } = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect([await Body?.transformToString(), ContentEncoding]).toEqual(['bytes', undefined]);
  });

  it.each([
    ['a chunk cut short', 5, '5\r\nbyt'],
    ['no last chunk', 5, '5\r\nbytes\r\n'],
    ['another length than announced', 6, '5\r\nbytes\r\n0\r\n\r\n'],
    ['a size that is no number', 5, 'x\r\nbytes\r\n0\r\n\r\n'],
    ['a chunk longer than its size', 5, '4\r\nbytes\r\n0\r\n\r\n'],
  ])('refuses a chunked body with %s', async (_name, length, body) => {
    const { server, expectNothingStored } = await setUpOnDisk();
    const answer = await putChunked(server.url, length, body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('<Code>IncompleteBody</Code>')]);
    await expectNothingStored();
  });

  it('stores nothing when the client goes away in the middle', async () => {
    const { server, stateDir, expectNothingStored } = await setUpOnDisk();
    const url = await presignedPut(server.url);
    const upload = request(url, { method: 'PUT', headers: { 'content-length': '100000' } }).on('error', () => {});
    upload.write(Buffer.alloc(50_000));
    await expect.poll(() => readdir(join(stateDir, 'incoming'))).toHaveLength(1);
    upload.destroy();
    await expect.poll(() => readdir(join(stateDir, 'incoming'))).toEqual([]);
    await expectNothingStored();
  });

  it('refuses a trailer that does not match', async () => {
    const { server, expectNothingStored } = await setUpOnDisk();
    // The SDK computes the trailer from what it reads, so the bytes are changed behind it, on their way out.
    const corrupting = s3Client(server.url);
    corrupting.middlewareStack.add(
      (next) => (args) => {
        const { body } = args.request as { body: Readable };
        const corrupt = async function* () {
          for await (const chunk of body)
            yield Buffer.from(chunk.toString('latin1').replace('bytes', 'BYTES'), 'latin1');
        };
        return next({ ...args, request: Object.assign(args.request as object, { body: Readable.from(corrupt()) }) });
      },
      { step: 'finalizeRequest', priority: 'low', name: 'corrupt' },
    );
    const Body = Readable.from([Buffer.from('bytes')]);
    const put = new PutObjectCommand({ Bucket, Key, Body, ContentLength: 5 });
    await expectRefusal(corrupting.send(put), 'BadDigest', 400);
    await expectNothingStored();
    expect(crc32('bytes')).not.toBe(crc32('BYTES'));
  });
});
