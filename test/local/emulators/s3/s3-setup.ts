/** What every S3 test needs: a server, a client, a bucket. */
import { CreateBucketCommand, PutBucketVersioningCommand, type S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { type S3Options, startS3 } from '../../../../local/emulators/s3/server.ts';
import { closedAfterTest, s3Client } from '../../../support/aws.ts';

export const Bucket = 'test-bucket';

export const startServer = (options: S3Options = {}) => closedAfterTest(startS3(options));

export const createBucket = async (client: S3Client, kind: 'plain' | 'versioned' | 'locked' = 'plain') => {
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: kind === 'locked' }));
  if (kind !== 'versioned') return;
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
};

/** A fresh server with one bucket. */
export const setUp = async (kind: 'plain' | 'versioned' | 'locked' = 'plain', options: S3Options = {}) => {
  const server = await startServer(options);
  const client = s3Client(server.url);
  await createBucket(client, kind);
  return { server, client };
};

type Refusal = { readonly name: string; readonly $metadata: { readonly httpStatusCode?: number } };

/** Expects the refusal that S3 names with this code and status; answers without a body carry no code. */
export const expectRefusal = async (
  outcome: Promise<unknown>,
  name: string | undefined,
  status: number,
): Promise<void> => {
  const accepted: Refusal = { name: 'no error', $metadata: { httpStatusCode: 200 } };
  const refusal = await outcome.then(
    () => accepted,
    (reason: Refusal) => reason,
  );
  expect([name && refusal.name, refusal.$metadata?.httpStatusCode]).toEqual([name, status]);
};
