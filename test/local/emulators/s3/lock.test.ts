import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { roleAccessKeyId } from '../../../../local/emulators/s3/list-rights.ts';
import { s3Client, temporaryFolder } from '../../../support/aws.ts';
import { nonEmpty } from '../../../support/non-empty.ts';
import { Bucket, createBucket, expectRefusal, setUp, startServer } from './s3-setup.ts';

const Key = 'archive.pdf';
const dayMillis = 86_400_000;
/** Whole seconds, as they travel. */
const inDays = (days: number) => new Date(Math.floor((Date.now() + days * dayMillis) / 1000) * 1000);

const putLocked = async (client: S3Client, more: Partial<PutObjectCommandInput>) => {
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'pdf', ...more }));
  return { Bucket, Key, VersionId };
};
const retain = (Mode: 'GOVERNANCE' | 'COMPLIANCE', days: number) => ({
  ObjectLockMode: Mode,
  ObjectLockRetainUntilDate: inDays(days),
});
const change = (Mode: 'GOVERNANCE' | 'COMPLIANCE', days: number) => ({
  Retention: { Mode, RetainUntilDate: inDays(days) },
});

describe('object lock', () => {
  it.each(['GOVERNANCE', 'COMPLIANCE'] as const)('refuses to delete a version under %s retention', async (mode) => {
    const { client } = await setUp('locked');
    const version = await putLocked(client, retain(mode, 2));
    await expectRefusal(client.send(new DeleteObjectCommand(version)), 'AccessDenied', 403);
    const { Body, ObjectLockMode } = await client.send(new GetObjectCommand(version));
    expect([await Body?.transformToString(), ObjectLockMode]).toEqual(['pdf', mode]);
  });

  it('lets the bypass header through for GOVERNANCE only', async () => {
    const { client } = await setUp('locked');
    const governed = await putLocked(client, retain('GOVERNANCE', 2));
    const complied = await putLocked(client, retain('COMPLIANCE', 2));
    const bypass = { BypassGovernanceRetention: true };
    await client.send(new DeleteObjectCommand({ ...governed, ...bypass }));
    await expectRefusal(client.send(new DeleteObjectCommand({ ...complied, ...bypass })), 'AccessDenied', 403);
  });

  it('cannot shorten, weaken or remove a COMPLIANCE retention, only prolong it', async () => {
    const { client } = await setUp('locked');
    const version = await putLocked(client, retain('COMPLIANCE', 5));
    const bypass = { BypassGovernanceRetention: true };
    const attempts = [change('COMPLIANCE', 4), change('GOVERNANCE', 9), { Retention: {} }];
    for (const attempt of nonEmpty(attempts)) {
      const put = new PutObjectRetentionCommand({ ...version, ...attempt, ...bypass });
      await expectRefusal(client.send(put), 'AccessDenied', 403);
    }
    const longer = change('COMPLIANCE', 9);
    await client.send(new PutObjectRetentionCommand({ ...version, ...longer }));
    const { Retention } = await client.send(new GetObjectRetentionCommand(version));
    expect(Retention).toEqual(longer.Retention);
  });

  it('shortens a GOVERNANCE retention only with the bypass header', async () => {
    const { client } = await setUp('locked');
    const version = await putLocked(client, retain('GOVERNANCE', 5));
    const shorter = { ...version, ...change('GOVERNANCE', 1) };
    await expectRefusal(client.send(new PutObjectRetentionCommand(shorter)), 'AccessDenied', 403);
    await client.send(new PutObjectRetentionCommand({ ...shorter, BypassGovernanceRetention: true }));
    const { Retention } = await client.send(new GetObjectRetentionCommand(version));
    expect(Retention).toEqual(shorter.Retention);
  });

  it('changes the mode of a GOVERNANCE retention only with the bypass header', async () => {
    const { client } = await setUp('locked');
    const version = await putLocked(client, retain('GOVERNANCE', 5));
    const stricter = { ...version, ...change('COMPLIANCE', 9) };
    await expectRefusal(client.send(new PutObjectRetentionCommand(stricter)), 'AccessDenied', 403);
    await client.send(new PutObjectRetentionCommand({ ...version, ...change('GOVERNANCE', 6) }));
    await client.send(new PutObjectRetentionCommand({ ...stricter, BypassGovernanceRetention: true }));
    const { Retention } = await client.send(new GetObjectRetentionCommand(version));
    expect(Retention).toEqual(stricter.Retention);
  });

  it('lets no role of a function bypass a GOVERNANCE retention', async () => {
    const { server, client } = await setUp('locked');
    const version = await putLocked(client, retain('GOVERNANCE', 5));
    const credentials = { accessKeyId: roleAccessKeyId('local', [Bucket]), secretAccessKey: 'local' };
    const role = s3Client(server.url, { credentials });
    const bypass = { ...version, BypassGovernanceRetention: true };
    await expectRefusal(role.send(new DeleteObjectCommand(bypass)), 'AccessDenied', 403);
    await client.send(new DeleteObjectCommand(bypass));
  });

  it('names what is wrong with a mode, a status or a period as S3 does', async () => {
    const { client } = await setUp('locked');
    const version = await putLocked(client, {});
    const RetainUntilDate = inDays(1);
    const Retention = { Mode: 'governance' as 'GOVERNANCE', RetainUntilDate };
    await expectRefusal(client.send(new PutObjectRetentionCommand({ ...version, Retention })), 'MalformedXML', 400);
    const LegalHold = { Status: 'MAYBE' as 'ON' };
    await expectRefusal(client.send(new PutObjectLegalHoldCommand({ ...version, LegalHold })), 'MalformedXML', 400);
    for (const period of [{ Days: 0 }, { Years: -1 }]) {
      const Rule = { DefaultRetention: { Mode: 'GOVERNANCE' as const, ...period } };
      const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule };
      const put = new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration });
      await expectRefusal(client.send(put), 'InvalidRetentionPeriod', 400);
    }
  });

  it('hides a locked object behind a delete marker without losing the version', async () => {
    const { client } = await setUp('locked');
    const version = await putLocked(client, retain('COMPLIANCE', 2));
    expect((await client.send(new DeleteObjectCommand({ Bucket, Key }))).DeleteMarker).toBe(true);
    expect((await client.send(new HeadObjectCommand(version))).ContentLength).toBe(3);
  });

  it('refuses to delete under a legal hold until it is lifted', async () => {
    const { client } = await setUp('locked');
    const version = await putLocked(client, { ObjectLockLegalHoldStatus: 'ON' });
    await expectRefusal(client.send(new DeleteObjectCommand(version)), 'AccessDenied', 403);
    expect((await client.send(new GetObjectLegalHoldCommand(version))).LegalHold?.Status).toBe('ON');
    await client.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: 'OFF' } }));
    await client.send(new DeleteObjectCommand(version));
    await expectRefusal(client.send(new HeadObjectCommand(version)), 'NotFound', 404);
  });

  it('deletes a version when its retention is over', async () => {
    let nowMillis = Date.now();
    const { client } = await setUp('locked', { nowMillis: () => nowMillis });
    const until = new Date(nowMillis + 60_000);
    const version = await putLocked(client, { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until });
    await expectRefusal(client.send(new DeleteObjectCommand(version)), 'AccessDenied', 403);
    nowMillis += 61_000;
    await client.send(new DeleteObjectCommand(version));
    await expectRefusal(client.send(new HeadObjectCommand(version)), 'NotFound', 404);
  });

  it('gives new versions the default retention of the bucket', async () => {
    const { client } = await setUp('locked');
    const Rule = { DefaultRetention: { Mode: 'COMPLIANCE' as const, Days: 3 } };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule };
    await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    const read = await client.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect(read.ObjectLockConfiguration).toEqual(ObjectLockConfiguration);
    const version = await putLocked(client, {});
    const head = await client.send(new HeadObjectCommand(version));
    const expected = (head.LastModified?.getTime() ?? 0) + 3 * dayMillis;
    expect(head.ObjectLockMode).toBe('COMPLIANCE');
    expect(Math.abs((head.ObjectLockRetainUntilDate?.getTime() ?? 0) - expected)).toBeLessThan(1000);
  });

  it('reports locked versions one by one in DeleteObjects', async () => {
    const { client } = await setUp('locked');
    const locked = await putLocked(client, retain('COMPLIANCE', 2));
    const free = await putLocked(client, {});
    const Objects = [locked, free].map(({ VersionId }) => ({ Key, VersionId }));
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted?.map(({ VersionId }) => VersionId)).toEqual([free.VersionId]);
    expect(Errors?.map(({ VersionId, Code }) => [VersionId, Code])).toEqual([[locked.VersionId, 'AccessDenied']]);
  });

  it('needs versioning: cannot be set without it, nor can versioning be suspended under it', async () => {
    const { client } = await setUp();
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const };
    const lock = new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration });
    await expectRefusal(client.send(lock), 'InvalidBucketState', 409);
    await expectRefusal(
      client.send(new GetObjectLockConfigurationCommand({ Bucket })),
      'ObjectLockConfigurationNotFoundError',
      404,
    );
    await client.send(new CreateBucketCommand({ Bucket: 'locked-bucket', ObjectLockEnabledForBucket: true }));
    const suspend = { Bucket: 'locked-bucket', VersioningConfiguration: { Status: 'Suspended' as const } };
    await expectRefusal(client.send(new PutBucketVersioningCommand(suspend)), 'InvalidBucketState', 409);
  });

  it('demands a digest of each body that the default retention locks', async () => {
    const { server, client } = await setUp('locked');
    const Rule = { DefaultRetention: { Mode: 'GOVERNANCE' as const, Days: 1 } };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule };
    await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    const bare = s3Client(server.url, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    await expectRefusal(bare.send(new PutObjectCommand({ Bucket, Key, Body: 'pdf' })), 'InvalidRequest', 400);
    const { UploadId } = await bare.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const part = { Bucket, Key, UploadId, PartNumber: 1, Body: 'pdf' };
    await expectRefusal(bare.send(new UploadPartCommand(part)), 'InvalidRequest', 400);
    await client.send(new UploadPartCommand(part));
  });

  it('refuses lock headers where the bucket has no lock, and dates in the past', async () => {
    const { client } = await setUp('versioned');
    await expectRefusal(putLocked(client, retain('COMPLIANCE', 1)), 'InvalidRequest', 400);
    const { client: lockedClient } = await setUp('locked');
    await expectRefusal(putLocked(lockedClient, retain('COMPLIANCE', -1)), 'InvalidArgument', 400);
  });

  it('still holds after a restart', async () => {
    const stateDir = await temporaryFolder();
    const before = await startServer({ stateDir });
    const beforeClient = s3Client(before.url);
    await createBucket(beforeClient, 'locked');
    const version = await putLocked(beforeClient, retain('COMPLIANCE', 2));
    await before.close();
    const client = s3Client((await startServer({ stateDir })).url);
    await expectRefusal(client.send(new DeleteObjectCommand(version)), 'AccessDenied', 403);
  });
});
