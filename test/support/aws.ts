/** SDK clients for the emulators, with an endpoint, dummy credentials and no waiting. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';

const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

const ignore = () => {};
const silent = { trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };
const common = { region: 'us-east-1', credentials: localCredentials, maxAttempts: 1, logger: silent };

/** Ends with the running test, also its sockets. */
const untilTestEnds = <Client extends { destroy(): void }>(client: Client): Client => {
  onTestFinished(() => client.destroy());
  return client;
};

export const dynamoDbClient = (endpoint: string): DynamoDBClient =>
  untilTestEnds(new DynamoDBClient({ ...common, endpoint }));

export const sqsClient = (endpoint: string): SQSClient =>
  untilTestEnds(new SQSClient({ ...common, endpoint, useQueueUrlAsEndpoint: false }));

export const s3Client = (endpoint: string, options: S3ClientConfig = {}): S3Client =>
  untilTestEnds(new S3Client({ ...common, endpoint, forcePathStyle: true, ...options }));

export const kmsClient = (endpoint: string): KMSClient => untilTestEnds(new KMSClient({ ...common, endpoint }));

/** An empty folder that goes with the running test. */
export const temporaryFolder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'signals-facade-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
};

/** Closes the parts that a test started, also if it fails. */
export const closedAfterTest = async <Closable extends { close(): Promise<void> }>(
  starting: Promise<Closable>,
): Promise<Closable> => {
  const started = await starting;
  onTestFinished(() => started.close());
  return started;
};
