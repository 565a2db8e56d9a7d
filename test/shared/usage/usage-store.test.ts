import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { createDynamoUsageStore } from '../../../shared/usage/adapters/dynamodb.ts';
import { createMemoryUsageStore } from '../../../shared/usage/adapters/memory.ts';
import { type Counts, noCounts } from '../../../shared/usage/usage.ts';
import type { UsageStore } from '../../../shared/usage/usage-store.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { freshTable } from '../../support/tables.ts';
import { hourStart, usageStoreContract } from './usage-store.contract.ts';

usageStoreContract('memory', async () => createMemoryUsageStore());
usageStoreContract('DynamoDB, one shard', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoUsageStore(dynamo, tableName, 0);
});
usageStoreContract('DynamoDB, read over shards', async () => {
  const { dynamo, tableName } = await freshTable();
  const stores = [1, 6, 11].map((shard) => createDynamoUsageStore(dynamo, tableName, shard));
  // The writes of one instance go to its own shard.
  const storeOf = (writeId: string) => stores[writeId.length % stores.length] as UsageStore;
  const add: UsageStore['add'] = (granularity, row, writeId) => storeOf(writeId).add(granularity, row, writeId);
  return { ...(stores[0] as UsageStore), add };
});

it('costs one write unit: an item with every count and limit stays below 1 KiB', async () => {
  const { dynamo, tableName } = await freshTable();
  const limits = ['second', 'minute', 'hour', 'day'].map((window) => `consumer-${window}`);
  const all = [...limits, 'tenant', 'share', 'bookings', 'reserve', 'small', 'waiting', 'operation', 'pause'];
  const counts: Counts = {
    counters: Object.fromEntries(
      Object.keys(noCounts.counters).map((name) => [name, 999_999_999]),
    ) as Counts['counters'],
    refusalsByLimit: Object.fromEntries(all.map((limit) => [limit, 999_999_999])),
  };
  const row = { consumerId: 'c'.repeat(63), keyId: 'key-0123456789ab', startMillis: hourStart, counts };
  await createDynamoUsageStore(dynamo, tableName, 0).add('hour', row, '5f0c2f1e-8f5b-4a52-a6d4-0d1f4f8e7a10');
  const { Items } = await dynamo.send(new ScanCommand({ TableName: tableName }));
  for (const item of nonEmpty(Items ?? [])) {
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(1_024);
    // 40 days, and the days of the month that the bucket may still have.
    expect(item.deleteAtSeconds).toBeGreaterThan(hourStart / 1_000 + 40 * 86_400);
  }
});
