/** Every place that answers can be kept in, against the contract of the ports; and what only the real ones can get wrong. */
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createMemoryCacheStore } from '../../shared/cache/adapters/memory.ts';
import { createS3Spill } from '../../shared/cache/adapters/s3.ts';
import { type BodySpill, createMemorySpill } from '../../shared/cache/adapters/spill.ts';
import { closedAfterTest, s3Client } from '../support/aws.ts';
import { freshTable } from '../support/tables.ts';
import { cacheStoreContract, entryWith } from './cache-store.contract.ts';

const clock = { nowMillis: () => 6_000 };

const s3Spill = async () => {
  const client = s3Client((await closedAfterTest(startS3({}))).url);
  await client.send(new CreateBucketCommand({ Bucket: 'cache' }));
  return { client, spill: createS3Spill(client, 'cache') };
};

const dynamoStore = async (spill: BodySpill) => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoCacheStore(dynamo, { tableName, tenant: 't', spill, clock });
};

cacheStoreContract('memory', async () => createMemoryCacheStore(clock));
cacheStoreContract('DynamoDB', () => dynamoStore(createMemorySpill()));
cacheStoreContract('DynamoDB and S3', async () => dynamoStore((await s3Spill()).spill));

const noise = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
const largeBody = (): Uint8Array => Buffer.concat(Array.from({ length: 8 }, () => noise(65_536)));

describe('an answer that no item can hold', () => {
  const key = { partition: 'E#t#e1', id: 'a' };

  it('is absent while only its bytes are written, and stays as it was', async () => {
    const spill: BodySpill = { ...createMemorySpill(), get: async () => undefined };
    const store = await dynamoStore(spill);
    await store.put(key, entryWith({ body: largeBody() }));
    expect((await store.read(key, [])).entry).toBeUndefined();
  });

  it('leaves the answer before it readable when writing its bytes fails', async () => {
    const kept = createMemorySpill();
    let broken = false;
    const store = await dynamoStore({
      get: kept.get,
      put: async (name, bytes) => {
        if (broken) throw new Error('cut off');
        await kept.put(name, bytes);
      },
    });
    const body = largeBody();
    await store.put(key, entryWith({ body }));
    broken = true;
    await expect(store.put(key, entryWith({ body: largeBody(), fence: 2 }))).rejects.toThrow('cut off');
    expect(Buffer.from((await store.read(key, [])).entry?.body ?? [])).toEqual(Buffer.from(body));
  });

  it('is absent when its bytes are not those that were written', async () => {
    const store = await dynamoStore({ put: async () => {}, get: async () => noise(1_000) });
    await store.put(key, entryWith({ body: largeBody() }));
    expect((await store.read(key, [])).entry).toBeUndefined();
  });

  it('never writes two answers to one object', async () => {
    const { client, spill } = await s3Spill();
    const store = await dynamoStore(spill);
    await store.put(key, entryWith({ body: largeBody() }));
    await store.put(key, entryWith({ body: largeBody(), fence: 2 }));
    const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'cache' }));
    expect(KeyCount).toBe(2);
  });
});
