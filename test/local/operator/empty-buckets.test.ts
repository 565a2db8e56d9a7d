/** Tear-down: the buckets of a stage are emptied to the last version, and the document says so with the region. */
import { readFileSync } from 'node:fs';
import type { CloudFormationClient, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startS3 } from '../../../local/emulators/s3/server.ts';
import { emptyBucket, findBuckets } from '../../../local/operator/empty-buckets.ts';
import { closedAfterTest, s3Client } from '../../support/aws.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { sized } from '../../support/test-size.ts';

const Bucket = 'stage-bucket';

const start = async (kind: 'plain' | 'versioned' | 'locked' = 'plain'): Promise<S3Client> => {
  const client = s3Client((await closedAfterTest(startS3({}))).url);
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: kind === 'locked' }));
  if (kind === 'versioned')
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return client;
};

/** Listings show so many versions; S3 shows 1,000 to those that name no number. */
const listBy = (client: S3Client, pageObjects: number): void =>
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        next(
          commandName === 'ListObjectVersionsCommand'
            ? { ...args, input: { ...args.input, MaxKeys: pageObjects } }
            : args,
        ),
    { step: 'initialize' },
  );

const put = (client: S3Client, Key: string) => client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

describe('emptyBucket', () => {
  it('removes more objects than one listing shows, and then the bucket can be deleted', async () => {
    const client = await start();
    const pageObjects = sized(1_000, 20);
    listBy(client, pageObjects);
    const keys = Array.from({ length: pageObjects + 1 }, (_, index) => `answers/${index}/é +&`);
    for (let at = 0; at < keys.length; at += 100)
      await Promise.all(keys.slice(at, at + 100).map((Key) => put(client, Key)));
    expect(await emptyBucket(client, Bucket)).toBe(pageObjects + 1);
    expect(await emptyBucket(client, Bucket)).toBe(0);
    await client.send(new DeleteBucketCommand({ Bucket }));
  });

  it('removes every version and every delete marker', async () => {
    const client = await start('versioned');
    for (const Key of ['a', 'a', 'b']) await put(client, Key);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect(await emptyBucket(client, Bucket)).toBe(4);
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions, DeleteMarkers]).toEqual([[], []]);
    await client.send(new DeleteBucketCommand({ Bucket }));
  });

  it('has nothing to do in a bucket that is gone', async () => {
    const client = await start();
    expect(await emptyBucket(client, 'no-such-bucket')).toBe(0);
  });

  it('ends with the reason when S3 does not remove an object, instead of trying for ever', async () => {
    const client = await start('locked');
    const DefaultRetention = { Mode: 'COMPLIANCE', Days: 1 } as const;
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } } as const;
    await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    await put(client, 'locked');
    await expect(emptyBucket(client, Bucket)).rejects.toThrow(/does not remove locked from stage-bucket/);
  });
});

describe('findBuckets', () => {
  /** A stack whose resources come two to a page. */
  const stackOf = (resources: readonly Partial<StackResourceSummary>[]): CloudFormationClient => {
    const send = async ({ input }: { input: { StackName: string; NextToken?: string } }) => {
      expect(input.StackName).toBe('signals-facade-dev');
      const at = Number(input.NextToken ?? 0);
      return {
        StackResourceSummaries: resources.slice(at, at + 2),
        ...(at + 2 < resources.length ? { NextToken: String(at + 2) } : {}),
      };
    };
    return { send } as unknown as CloudFormationClient;
  };
  const resource = (ResourceType: string, PhysicalResourceId: string, ResourceStatus = 'CREATE_COMPLETE') =>
    ({ ResourceType, PhysicalResourceId, ResourceStatus }) as Partial<StackResourceSummary>;

  it('names every bucket that is still there, wherever it stands in the stack', async () => {
    const stack = stackOf([
      resource('AWS::DynamoDB::Table', 'table'),
      resource('AWS::S3::Bucket', 'uploads'),
      resource('AWS::S3::Bucket', 'gone', 'DELETE_COMPLETE'),
      resource('AWS::S3::BucketPolicy', 'policy'),
      resource('AWS::S3::Bucket', 'cache', 'DELETE_FAILED'),
    ]);
    expect(await findBuckets(stack, 'signals-facade-dev')).toEqual(['uploads', 'cache']);
  });
});

describe('docs/deploy.md, tear down', () => {
  const section = /^## 9\. Tear down\n([\s\S]*)/m.exec(
    readFileSync(new URL('../../../docs/deploy.md', import.meta.url), 'utf8'),
  )?.[1];
  const [snippet = ''] = /(?<=```sh\n)[\s\S]*?(?=```)/.exec(section ?? '') ?? [];

  it('empties the buckets and removes the queues before it destroys the stack, all in the same region', () => {
    const commands = snippet.trim().split('\n');
    expect(commands).toHaveLength(3);
    const [empty = '', queues = '', destroy = ''] = commands;
    const region = /--region (\S+)/.exec(empty)?.[1];
    expect(empty).toBe(`npm run operator -- empty-buckets --stage dev --region ${region}`);
    expect(queues).toBe(`npm run operator -- queues --stage dev --region ${region} --remove all`);
    expect(destroy).toBe(`npx cdk destroy -c stage=dev -c region=${region}`);
  });

  it('names a region in every command of the AWS CLI', () => {
    const commands = [...(section ?? '').matchAll(/`(aws [^`]+)`/g)].map(([, command]) => command);
    expect(commands.length).toBeGreaterThan(1);
    for (const command of nonEmpty(commands)) expect(command).toContain('--region');
  });
});
