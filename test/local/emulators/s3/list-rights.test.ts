/** Only callers who may list a bucket learn that an object is missing (S3 API reference, GetObject, "Permissions"). */
import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { roleAccessKeyId } from '../../../../local/emulators/s3/list-rights.ts';
import { s3Client } from '../../../support/aws.ts';
import { Bucket, expectRefusal, setUp } from './s3-setup.ts';

const asRole = (url: string, listable: readonly string[]) =>
  s3Client(url, { credentials: { accessKeyId: roleAccessKeyId('local', listable), secretAccessKey: 'local' } });

const start = async () => {
  const { server, client } = await setUp('versioned');
  await client.send(new CreateBucketCommand({ Bucket: 'other' }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'x' }));
  return { administrator: client, blind: asRole(server.url, []), sighted: asRole(server.url, [Bucket]) };
};

const missing = { Bucket, Key: 'missing' };
const missingVersion = { Bucket, Key: 'there', VersionId: 'x'.repeat(32) };
const copyOfMissing = { Bucket, Key: 'copy', CopySource: `${Bucket}/missing` };

describe('a role without s3:ListBucket', () => {
  it('is denied what is missing, and reads, writes and copies what is there', async () => {
    const { blind } = await start();
    await expectRefusal(blind.send(new GetObjectCommand(missing)), 'AccessDenied', 403);
    await expectRefusal(blind.send(new GetObjectCommand(missingVersion)), 'AccessDenied', 403);
    await expectRefusal(blind.send(new HeadObjectCommand(missing)), undefined, 403);
    await expectRefusal(blind.send(new CopyObjectCommand(copyOfMissing)), 'AccessDenied', 403);
    await blind.send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'y' }));
    await blind.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/there` }));
    for (const Key of ['there', 'new', 'copy']) await blind.send(new GetObjectCommand({ Bucket, Key }));
  });

  it('may not list', async () => {
    const { blind } = await start();
    await expectRefusal(blind.send(new ListObjectsV2Command({ Bucket })), 'AccessDenied', 403);
    await expectRefusal(blind.send(new HeadBucketCommand({ Bucket })), undefined, 403);
  });

  it('may presign for others', async () => {
    const { blind } = await start();
    const read = (Key: string) => getSignedUrl(blind, new GetObjectCommand({ Bucket, Key }));
    expect((await fetch(await read('there'))).status).toBe(200);
    expect((await fetch(await read('missing'))).status).toBe(403);
  });
});

describe('a role that may list one bucket', () => {
  it('is told there what is missing, and not elsewhere', async () => {
    const { sighted } = await start();
    await expectRefusal(sighted.send(new GetObjectCommand(missing)), 'NoSuchKey', 404);
    await expectRefusal(sighted.send(new GetObjectCommand(missingVersion)), 'NoSuchVersion', 404);
    await expectRefusal(sighted.send(new GetObjectCommand({ Bucket: 'other', Key: 'missing' })), 'AccessDenied', 403);
    expect((await sighted.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
  });
});

it('the administrator is told what is missing everywhere', async () => {
  const { administrator } = await start();
  await expectRefusal(administrator.send(new GetObjectCommand(missing)), 'NoSuchKey', 404);
  await expectRefusal(administrator.send(new HeadObjectCommand(missing)), undefined, 404);
});
