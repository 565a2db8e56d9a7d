/** Every adapter, fake or real, against the contract of its port. */
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { startKms } from '../../local/emulators/kms/server.ts';
import { roleAccessKeyId } from '../../local/emulators/s3/list-rights.ts';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { createDynamoConsumerRegistry } from '../../shared/consumers/adapters/dynamodb.ts';
import { createMemoryConsumerRegistry } from '../../shared/consumers/adapters/memory.ts';
import { hashKey } from '../../shared/consumers/consumer.ts';
import { createDynamoKmsCredentialVault } from '../../shared/credentials/adapters/dynamodb-kms.ts';
import { createDynamoUploadStore } from '../../shared/uploads/adapters/dynamodb.ts';
import { createMemoryUploadBytes, createMemoryUploadStore } from '../../shared/uploads/adapters/memory.ts';
import { createS3UploadBytes } from '../../shared/uploads/adapters/s3.ts';
import { closedAfterTest, kmsClient, s3Client } from '../support/aws.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { freshTable } from '../support/tables.ts';
import { consumerRegistryContract } from './consumer-registry.contract.ts';
import { type UploadBytesUnderTest, uploadBytesContract } from './upload-bytes.contract.ts';
import { uploadStoreContract } from './upload-store.contract.ts';

const dynamoVault = async () => {
  const { dynamo, tableName } = await freshTable();
  const kms = kmsClient((await closedAfterTest(startKms({}))).url);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  return {
    dynamo,
    tableName,
    vault: createDynamoKmsCredentialVault(dynamo, kms, { tableName, keyId: KeyMetadata?.KeyId ?? '' }),
  };
};

/** @param listable buckets that the function may list: none on AWS, where a missing object is a 403 then. */
const s3Bytes = async (
  listable: readonly string[] = [],
  onAbsent?: (error: unknown) => void,
): Promise<UploadBytesUnderTest> => {
  const { url } = await closedAfterTest(startS3({}));
  await s3Client(url).send(new CreateBucketCommand({ Bucket: 'uploads' }));
  const client = s3Client(url, {
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials: { accessKeyId: roleAccessKeyId('local', listable), secretAccessKey: 'local' },
  });
  return {
    bytes: createS3UploadBytes(client, 'uploads', onAbsent),
    put: async (_id, transfer, body) => {
      const { 'content-length': _counted, ...headers } = transfer.headers;
      return (await fetch(transfer.url, { method: 'PUT', headers, body: new Uint8Array(body) })).ok;
    },
  };
};

consumerRegistryContract('memory', async () => createMemoryConsumerRegistry());
consumerRegistryContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoConsumerRegistry(dynamo, tableName);
});

uploadStoreContract('memory', async () => createMemoryUploadStore());
uploadStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoUploadStore(dynamo, tableName);
});

uploadBytesContract('memory', async () => {
  const bytes = createMemoryUploadBytes();
  return {
    bytes,
    put: async (id, _transfer, body) => {
      bytes.put(id, body);
      return true;
    },
  };
});
uploadBytesContract('S3', () => s3Bytes());
uploadBytesContract('S3, by a role that may list the bucket', () => s3Bytes(['uploads']));

describe('uploads in S3', () => {
  it('takes no other size and no other type than was announced', async () => {
    const { bytes, put } = await s3Bytes();
    const transfer = await bytes.presign('u1', 'image/png', 3);
    expect(await put('u1', transfer, Buffer.from('four'))).toBe(false);
    expect(await put('u1', { ...transfer, headers: { 'content-type': 'text/html' } }, Buffer.from('abc'))).toBe(false);
    expect(await put('u1', transfer, Buffer.from('abc'))).toBe(true);
  });

  it('tells how S3 said that there are no bytes: a right may be missing', async () => {
    const told: unknown[] = [];
    const { bytes } = await s3Bytes([], (error) => told.push((error as Error).name));
    expect(await bytes.open('u1')).toBeUndefined();
    expect(told).toEqual(['AccessDenied']);
  });

  it('does not take a failing store for an upload without bytes', async () => {
    const { url } = await closedAfterTest(startS3({}));
    const bytes = createS3UploadBytes(s3Client(url), 'no-such-bucket');
    await expect(bytes.open('u1')).rejects.toThrow();
  });
});

describe('a dump of the tables', () => {
  it('shows neither the upstream secret nor a consumer key', async () => {
    const { dynamo, tableName, vault } = await dynamoVault();
    await vault.write('signals', 'the-upstream-secret');
    const { dynamo: other, tableName: otherTable } = await freshTable();
    await createDynamoConsumerRegistry(other, otherTable).save(
      { id: 'app', scopes: [], state: 'active' },
      hashKey('sfk_the-consumer-key'),
    );
    const spellings = ['the-upstream-secret', 'the-consumer-key'].flatMap((secret) =>
      (['utf8', 'base64', 'base64url', 'hex', 'utf16le'] as const).map((encoding) =>
        encoding === 'utf8' || encoding === 'utf16le'
          ? Buffer.from(secret, encoding).toString('latin1')
          : Buffer.from(secret).toString(encoding).replace(/.=*$/, ''),
      ),
    );
    const dumps = [
      await dynamo.send(new ScanCommand({ TableName: tableName })),
      await other.send(new ScanCommand({ TableName: otherTable })),
    ].map(({ Items }) =>
      (Items ?? [])
        .map((item) =>
          Object.values(item)
            .flatMap((value) =>
              value instanceof Uint8Array
                ? (['latin1', 'base64', 'hex'] as const).map((encoding) => Buffer.from(value).toString(encoding))
                : String(value),
            )
            .join(' '),
        )
        .join(' '),
    );
    expect(dumps.join(' ')).toContain('CONSUMER#app');
    for (const spelling of nonEmpty(spellings)) expect(dumps.join(' ')).not.toContain(spelling);
  });
});
