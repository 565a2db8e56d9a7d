/** Every place that answers can be kept in, against the contract of the ports; and what only the real ones can get wrong. */
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { startS3 } from '../../local/emulators/s3/server.ts';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createMemoryCacheStore } from '../../shared/cache/adapters/memory.ts';
import { createS3Spill } from '../../shared/cache/adapters/s3.ts';
import { type BodySpill, createMemorySpill } from '../../shared/cache/adapters/spill.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { closedAfterTest, s3Client } from '../support/aws.ts';
import { freshTable } from '../support/tables.ts';
import { cacheStoreContract, entryWith } from './cache-store.contract.ts';

const stopped: Clock = { nowMillis: () => 6_000 };

const s3Spill = async () => {
  const client = s3Client((await closedAfterTest(startS3({}))).url);
  await client.send(new CreateBucketCommand({ Bucket: 'cache' }));
  return { client, spill: createS3Spill(client, 'cache') };
};

const dynamoStore = async (spill: BodySpill, clock = stopped) => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoCacheStore(dynamo, { tableName, tenant: 't', spill, clock });
};

cacheStoreContract('memory', async (clock = stopped) => createMemoryCacheStore(clock));
cacheStoreContract('DynamoDB', (clock) => dynamoStore(createMemorySpill(), clock));
cacheStoreContract('DynamoDB and S3', async (clock) => dynamoStore((await s3Spill()).spill, clock));

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

describe('marks of writers that died', () => {
  it.each(['entity:e1', 'class-search'])('of %s leave its record with the next purge', async (tag) => {
    let now = 6_000;
    const clock = { nowMillis: () => now };
    const { dynamo, tableName } = await freshTable();
    const store = createDynamoCacheStore(dynamo, { tableName, tenant: 't', spill: createMemorySpill(), clock });
    const marks = async () => {
      const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: tableName }));
      return Items.flatMap((item) => Object.keys(item)).filter((name) => name.startsWith('writer:'));
    };
    for (const writer of ['w1', 'w2']) await store.beginWrite([tag], writer, 7_000);
    await store.beginWrite([tag], 'w3', 9_000);
    now = 7_000;
    const { epochs } = await store.read(undefined, [tag]);
    await store.purge([tag], 'hard');
    expect(await marks()).toEqual(['writer:w3']);
    expect((await store.read(undefined, [tag])).epochs[tag]?.hard).toBe((epochs[tag]?.hard ?? 0) + 1);
  });
});
