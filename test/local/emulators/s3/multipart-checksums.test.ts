/** Checksums of multipart objects, and what reads say about their parts, with the real client. */
import { createHash } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import {
  type ChecksumAlgorithm,
  type ChecksumType,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createChecksum } from '../../../../local/emulators/s3/checksums.ts';
import { s3Client, temporaryFolder } from '../../../support/aws.ts';
import { Bucket, createBucket, expectRefusal, setUp, startServer } from './s3-setup.ts';

const Key = 'archive.pdf';
const bodies = [Buffer.alloc(5 * 1024 ** 2, 'a'), Buffer.from('the end')];
const whole = Buffer.concat(bodies);

const crcOf = (bytes: Buffer): string => {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(bytes));
  return value.toString('base64');
};
const sha256Of = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const crc64Of = (bytes: Buffer): string => {
  const checksum = createChecksum('crc64nvme');
  checksum.update(bytes);
  return checksum.digest().toString('base64');
};

type Upload = {
  readonly UploadId: string | undefined;
  readonly Parts: { ETag?: string | undefined; PartNumber: number }[];
};

const uploadParts = async (
  client: S3Client,
  choice: { ChecksumAlgorithm?: ChecksumAlgorithm; ChecksumType?: ChecksumType },
) => {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...choice }));
  const Parts: Upload['Parts'] = [];
  for (const [index, Body] of bodies.entries()) {
    const PartNumber = index + 1;
    const { ChecksumAlgorithm } = choice;
    const sent = await client.send(
      new UploadPartCommand({
        Bucket,
        Key,
        UploadId,
        PartNumber,
        Body,
        ...(ChecksumAlgorithm ? { ChecksumAlgorithm } : {}),
      }),
    );
    Parts.push({ ...sent, PartNumber });
  }
  return { UploadId, Parts };
};

const completion = ({ UploadId, Parts }: Upload, more: Partial<CompleteMultipartUploadCommandInput> = {}) =>
  new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more });

describe('CRC-64/NVME', () => {
  it('has the check value of its definition, however the bytes are cut', () => {
    const checksum = createChecksum('crc64nvme');
    for (const piece of ['1', '2345', '', '6789']) checksum.update(Buffer.from(piece));
    expect(checksum.digest().toString('hex')).toBe('ae8b14860a799888');
  });
});

describe('the checksum of a multipart object', () => {
  const composite = `${sha256Of(Buffer.concat(bodies.map(sha256Of))).toString('base64')}-2`;
  const crcs = Buffer.concat(bodies.map((bytes) => Buffer.from(crcOf(bytes), 'base64')));
  it.each([
    ['SHA256', undefined, 'COMPOSITE', 'ChecksumSHA256', composite],
    ['CRC32', undefined, 'COMPOSITE', 'ChecksumCRC32', `${crcOf(crcs)}-2`],
    ['CRC32', 'FULL_OBJECT', 'FULL_OBJECT', 'ChecksumCRC32', crcOf(whole)],
    ['CRC64NVME', undefined, 'FULL_OBJECT', 'ChecksumCRC64NVME', crc64Of(whole)],
  ] as const)('by %s with the chosen type %s is %s', async (ChecksumAlgorithm, chosen, type, member, value) => {
    const { client } = await setUp();
    const upload = await uploadParts(client, { ChecksumAlgorithm, ...(chosen ? { ChecksumType: chosen } : {}) });
    await expectRefusal(client.send(completion(upload, { [member]: 'AAAAAA==' })), 'BadDigest', 400);
    const completed = await client.send(completion(upload, { [member]: value, ChecksumType: type }));
    expect(completed).toMatchObject({ [member]: value, ChecksumType: type });
    const head = await client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ [member]: value, ChecksumType: type });
  });

  it('is a CRC-64/NVME of the whole when the client chooses none, for objects in one piece too', async () => {
    const { server, client } = await setUp();
    const bare = s3Client(server.url, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const { UploadId } = await bare.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const part = { Bucket, Key, UploadId, PartNumber: 1, Body: 'pdf' };
    const { ETag } = await bare.send(new UploadPartCommand(part));
    await bare.send(completion({ UploadId, Parts: [{ PartNumber: 1, ETag }] }));
    const inParts = await client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    const copy = { Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}` };
    await client.send(new CopyObjectCommand(copy));
    const inOne = await client.send(new HeadObjectCommand({ Bucket, Key: 'copy', ChecksumMode: 'ENABLED' }));
    expect([inParts.ChecksumCRC64NVME, inOne.ChecksumCRC64NVME]).toEqual(Array(2).fill(crc64Of(Buffer.from('pdf'))));
    expect([inParts.ETag?.includes('-'), inOne.ETag?.includes('-')]).toEqual([true, false]);
  });

  it('refuses types that an algorithm does not have, parts by another algorithm and a wrong size of the whole', async () => {
    const { client } = await setUp();
    const create = (ChecksumAlgorithm: ChecksumAlgorithm, ChecksumType: ChecksumType) =>
      client.send(new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm, ChecksumType }));
    await expectRefusal(create('SHA256', 'FULL_OBJECT'), 'InvalidRequest', 400);
    await expectRefusal(create('CRC64NVME', 'COMPOSITE'), 'InvalidRequest', 400);
    const upload = await uploadParts(client, { ChecksumAlgorithm: 'SHA256' });
    const part = { Bucket, Key, UploadId: upload.UploadId, PartNumber: 3, Body: 'x' };
    await expectRefusal(
      client.send(new UploadPartCommand({ ...part, ChecksumAlgorithm: 'CRC32' })),
      'InvalidRequest',
      400,
    );
    await expectRefusal(client.send(completion(upload, { ChecksumType: 'FULL_OBJECT' })), 'InvalidRequest', 400);
    await expectRefusal(client.send(completion(upload, { MpuObjectSize: 7 })), 'InvalidRequest', 400);
    await client.send(completion(upload, { MpuObjectSize: whole.length }));
  });
});

describe('a completed upload', () => {
  it('is answered alike when it is completed again, also after a restart, and makes no second version', async () => {
    const stateDir = await temporaryFolder();
    const server = await startServer({ stateDir });
    const client = s3Client(server.url);
    await createBucket(client, 'versioned');
    const upload = await uploadParts(client, { ChecksumAlgorithm: 'CRC64NVME' });
    const { VersionId, ETag, ChecksumCRC64NVME } = await client.send(completion(upload, { IfNoneMatch: '*' }));
    await server.close();
    const again = s3Client((await startServer({ stateDir })).url);
    expect(await again.send(completion(upload))).toMatchObject({ VersionId, ETag, ChecksumCRC64NVME });
    await expectRefusal(again.send(completion(upload, { IfNoneMatch: '*' })), 'PreconditionFailed', 412);
  });

  it('is no open upload after a restart, when the process was killed before it removed the parts', async () => {
    const stateDir = await temporaryFolder();
    const server = await startServer({ stateDir });
    const client = s3Client(server.url);
    await createBucket(client);
    const upload = await uploadParts(client, {});
    const uploads = join(stateDir, 'uploads');
    cpSync(uploads, join(stateDir, 'aside'), { recursive: true });
    await client.send(completion(upload));
    await server.close();
    cpSync(join(stateDir, 'aside'), uploads, { recursive: true }); // as the kill leaves it
    const again = s3Client((await startServer({ stateDir })).url);
    expect((await again.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
    await again.send(completion(upload));
  });

  it('is not found once its object is gone', async () => {
    const { client } = await setUp();
    const upload = await uploadParts(client, {});
    await client.send(completion(upload));
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'another' }));
    await expectRefusal(client.send(completion(upload)), 'NoSuchUpload', 404);
  });
});

describe('the parts of an object', () => {
  it('are read by number, with their own checksum and the number of parts', async () => {
    const { client } = await setUp();
    await client.send(completion(await uploadParts(client, { ChecksumAlgorithm: 'SHA256' })));
    const second = await client.send(new GetObjectCommand({ Bucket, Key, PartNumber: 2, ChecksumMode: 'ENABLED' }));
    expect(await second.Body?.transformToString()).toBe('the end');
    expect(second).toMatchObject({
      PartsCount: 2,
      ContentRange: `bytes ${5 * 1024 ** 2}-${whole.length - 1}/${whole.length}`,
      ChecksumSHA256: sha256Of(Buffer.from('the end')).toString('base64'),
    });
    await expectRefusal(client.send(new GetObjectCommand({ Bucket, Key, PartNumber: 3 })), 'InvalidPart', 400);
    const both = { Bucket, Key, PartNumber: 1, Range: 'bytes=0-1' };
    await expectRefusal(client.send(new GetObjectCommand(both)), 'InvalidRequest', 400);
  });

  it('are one, the whole, for an object that was put in one piece, an empty one too', async () => {
    const { client } = await setUp();
    for (const Body of ['pdf', '']) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
      const first = await client.send(new GetObjectCommand({ Bucket, Key, PartNumber: 1 }));
      expect([await first.Body?.transformToString(), first.PartsCount]).toEqual([Body, undefined]);
    }
  });

  it('are listed page by page by GetObjectAttributes, beside checksum and size', async () => {
    const { client } = await setUp();
    await client.send(completion(await uploadParts(client, { ChecksumAlgorithm: 'CRC64NVME' })));
    const asked = {
      Bucket,
      Key,
      MaxParts: 1,
      ObjectAttributes: ['Checksum' as const, 'ObjectParts' as const, 'ObjectSize' as const],
    };
    const first = await client.send(new GetObjectAttributesCommand(asked));
    const rest = await client.send(new GetObjectAttributesCommand({ ...asked, PartNumberMarker: '1' }));
    expect(first).toMatchObject({
      ObjectSize: whole.length,
      Checksum: { ChecksumCRC64NVME: crc64Of(whole), ChecksumType: 'FULL_OBJECT' },
      ObjectParts: { TotalPartsCount: 2, IsTruncated: true, NextPartNumberMarker: '1' },
    });
    expect(first.ETag).toBeUndefined();
    expect(rest.ObjectParts).toMatchObject({ IsTruncated: false, Parts: [{ PartNumber: 2, Size: 7 }] });
    const missing = { ...asked, Key: 'missing' };
    await expectRefusal(client.send(new GetObjectAttributesCommand(missing)), 'NoSuchKey', 404);
  });
});

describe('UploadPartCopy', () => {
  it('takes a range of another object as a part', async () => {
    const { client } = await setUp();
    await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: '0123456789' }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const copy = { Bucket, Key, UploadId, PartNumber: 1, CopySource: `${Bucket}/source` };
    const refused = (CopySourceRange: string) => client.send(new UploadPartCopyCommand({ ...copy, CopySourceRange }));
    await expectRefusal(refused('bytes=5-10'), 'InvalidRange', 416);
    for (const range of ['5-7', 'bytes=5-', 'bytes=7-5', 'bytes=0-1,3-4'])
      await expectRefusal(refused(range), 'InvalidArgument', 400);
    const { CopyPartResult } = await refused('bytes=5-7');
    await client.send(completion({ UploadId, Parts: [{ ...CopyPartResult, PartNumber: 1 }] }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe('567');
  });
});
