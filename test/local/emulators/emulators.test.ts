import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListAliasesCommand } from '@aws-sdk/client-kms';
import { CreateBucketCommand, HeadBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { startEmulators } from '../../../local/emulators/emulators.ts';
import { closedAfterTest, dynamoDbClient, kmsClient, s3Client, sqsClient, temporaryFolder } from '../../support/aws.ts';
import { nonEmpty } from '../../support/non-empty.ts';

describe('startEmulators', () => {
  it('answers at each endpoint', async () => {
    const { endpoints } = await closedAfterTest(startEmulators());
    await dynamoDbClient(endpoints.dynamodb).send(new ListTablesCommand({}));
    await sqsClient(endpoints.sqs).send(new ListQueuesCommand({}));
    await s3Client(endpoints.s3).send(new ListBucketsCommand({}));
    await kmsClient(endpoints.kms).send(new ListAliasesCommand({}));
    expect(new Set(Object.values(endpoints)).size).toBe(4);
  });

  it('closes once for all and frees every port', async () => {
    const running = await closedAfterTest(startEmulators());
    await s3Client(running.endpoints.s3).send(new ListBucketsCommand({}));
    await Promise.all([running.close(), running.close()]);
    await running.close();
    for (const url of nonEmpty(Object.values(running.endpoints))) await expect(fetch(url)).rejects.toThrow();
  });

  it('keeps state in one folder for all', async () => {
    const stateDir = await temporaryFolder();
    const before = await startEmulators({ stateDir });
    await s3Client(before.endpoints.s3).send(new CreateBucketCommand({ Bucket: 'kept-bucket' }));
    await before.close();
    const after = await closedAfterTest(startEmulators({ stateDir }));
    const head = await s3Client(after.endpoints.s3).send(new HeadBucketCommand({ Bucket: 'kept-bucket' }));
    expect(head.$metadata.httpStatusCode).toBe(200);
  });
});
