import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { requestIdOf } from '../../../functions/edge/http-request.ts';
import { createDynamoRequestStore } from '../../../shared/requests/adapters/dynamodb.ts';
import { createMemoryRequestStore } from '../../../shared/requests/adapters/memory.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { freshTable } from '../../support/tables.ts';
import { requestStoreContract } from './request-store.contract.ts';
import { aRecord, requestId, startMillis } from './support.ts';

requestStoreContract('memory', async () => createMemoryRequestStore());
requestStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoRequestStore(dynamo, tableName);
});

it('costs one write unit: the item with every part stays below 1 KiB', async () => {
  const { dynamo, tableName } = await freshTable();
  await createDynamoRequestStore(dynamo, tableName).put(
    aRecord({
      requestId: requestIdOf(requestId, startMillis),
      consumerId: 'c'.repeat(63),
      operation: `POST /${'x'.repeat(120)}`,
      scope: 'inventory-locations:export',
      credentialKind: 'service',
      cacheStatus: 'hit; ttl=-120; detail=STALE-WHILE-REVALIDATE; fwd-status=503',
      quota: { outcome: 'refused', priority: 'background', asked: 3, units: 2, waitedMillis: 25_000 },
      refusal: { limit: 'consumer-minute', retryAtMillis: 1_800_000_003_000 },
      sends: [503, 0, 503],
      errorCode: 'UPSTREAM_UNREACHABLE',
      standsFor: 12_345,
    }),
  );
  const { Items } = await dynamo.send(new ScanCommand({ TableName: tableName }));
  expect(Items).toHaveLength(1);
  for (const item of nonEmpty(Items ?? [])) {
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(1_024);
    expect(item.deleteAtSeconds).toEqual(expect.any(Number));
  }
});

it('finds what an older version stored by its id', async () => {
  const { dynamo, tableName } = await freshTable();
  const old = aRecord();
  const Item = { pk: `REQUEST#${requestId}`, sk: 'REQUEST', ...old };
  await dynamo.send(new PutCommand({ TableName: tableName, Item }));
  const store = createDynamoRequestStore(dynamo, tableName);
  expect(await store.read(requestId)).toEqual(old);
  expect(await store.read(requestId, old.consumerId)).toEqual(old);
});
