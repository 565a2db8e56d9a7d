import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetBucketCorsCommand, GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulators } from '../../../local/emulators/emulators.ts';
import { type Resources, temporaryFolder } from './support/assembly.ts';
import { startTestGateway } from './support/start.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const settings = (endpoint: string) => ({ endpoint, region: 'eu-west-1', credentials });

const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
const table = (sortKey: string) => ({
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    TableName: 'things',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', sortKey, 'owner'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [key('pk', 'HASH'), key(sortKey, 'RANGE')],
    GlobalSecondaryIndexes: [
      { IndexName: 'by-owner', KeySchema: [key('owner', 'HASH')], Projection: { ProjectionType: 'ALL' } },
    ],
    TimeToLiveSpecification: { AttributeName: 'deleteAtSeconds', Enabled: true },
    Replicas: [{ Region: 'eu-west-1' }],
  },
});
const resources: Resources = {
  Table: table('sk'),
  Key: { Type: 'AWS::KMS::Key', Properties: {} },
  Alias: {
    Type: 'AWS::KMS::Alias',
    Properties: { AliasName: 'alias/things', TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
  },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      ...{ QueueName: 'jobs.fifo', FifoQueue: true, DelaySeconds: 3 },
      ...{ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
    },
  },
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: { BucketName: 'files', VersioningConfiguration: { Status: 'Enabled' } },
  },
};

const startIn = async (stateDir: string, declared: Resources = resources) => {
  const emulators = await startEmulators({ stateDir });
  onTestFinished(() => emulators.close());
  const gateway = await startTestGateway({ resources: declared }, { endpoints: emulators.endpoints, stateDir }).catch(
    async (error: unknown) => {
      await emulators.close();
      throw error;
    },
  );
  const stop = async () => {
    await gateway.close();
    await emulators.close();
  };
  return { gateway, endpoints: emulators.endpoints, stop };
};

describe('the resources of a template', () => {
  it('are there for the AWS clients, with what the template says', async () => {
    const { gateway, endpoints } = await startIn(await temporaryFolder());
    const dynamo = new DynamoDBClient(settings(endpoints.dynamodb));
    const sqs = new SQSClient(settings(endpoints.sqs));
    const s3 = new S3Client({ ...settings(endpoints.s3), forcePathStyle: true });

    const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: 'things' }));
    const QueueUrl = gateway.resources.Queue?.id;
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    const versioning = await s3.send(new GetBucketVersioningCommand({ Bucket: 'files' }));

    expect(Table?.KeySchema).toEqual([key('pk', 'HASH'), key('sk', 'RANGE')]);
    expect(Table?.GlobalSecondaryIndexes?.[0]?.IndexName).toBe('by-owner');
    expect(Attributes).toMatchObject({
      ...{ FifoQueue: 'true', DelaySeconds: '3' },
      ...{ DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
    });
    expect(Attributes?.QueueArn).toBe(gateway.resources.Queue?.arn);
    expect(versioning.Status).toBe('Enabled');
  });

  it('are kept, keys too: what was encrypted before a restart is decrypted after it', async () => {
    const stateDir = await temporaryFolder();
    const first = await startIn(stateDir);
    const firstKms = new KMSClient(settings(first.endpoints.kms));
    const encrypted = await firstKms.send(
      new EncryptCommand({ KeyId: first.gateway.resources.Key?.id, Plaintext: Buffer.from('secret') }),
    );
    await first.stop();

    const second = await startIn(stateDir);
    const kms = new KMSClient(settings(second.endpoints.kms));
    const decrypted = await kms.send(
      new DecryptCommand({ KeyId: 'alias/things', CiphertextBlob: encrypted.CiphertextBlob }),
    );

    expect(second.gateway.resources.Key?.id).toBe(first.gateway.resources.Key?.id);
    expect(Buffer.from(decrypted.Plaintext ?? []).toString()).toBe('secret');
  });

  it('have the CORS rules of the template of this start, not of the one before', async () => {
    const stateDir = await temporaryFolder();
    const rule = { AllowedOrigins: ['https://app.example.com'], AllowedMethods: ['PUT'] };
    const files = resources.Bucket as { Type: string; Properties: object };
    const CorsConfiguration = { CorsRules: [{ ...rule, ExposedHeaders: ['ETag'], MaxAge: 60 }] };
    const Bucket = { ...files, Properties: { ...files.Properties, CorsConfiguration } };
    const rulesIn = async (declared: Resources) => {
      const { endpoints, stop } = await startIn(stateDir, declared);
      const s3 = new S3Client({ ...settings(endpoints.s3), forcePathStyle: true });
      const answer = await s3.send(new GetBucketCorsCommand({ Bucket: 'files' })).catch((error: Error) => error.name);
      await stop();
      return typeof answer === 'string' ? answer : answer.CORSRules;
    };

    expect(await rulesIn({ ...resources, Bucket })).toEqual([{ ...rule, ExposeHeaders: ['ETag'], MaxAgeSeconds: 60 }]);
    expect(await rulesIn(resources)).toBe('NoSuchCORSConfiguration');
  });

  it('are refused with a mend when a kept table has other keys', async () => {
    const stateDir = await temporaryFolder();
    await (await startIn(stateDir)).stop();

    const again = startIn(stateDir, { ...resources, Table: table('other') });

    await expect(again).rejects.toThrow(/Table: the kept state has this table with other keys\. Fix: .*--fresh/);
  });
});
