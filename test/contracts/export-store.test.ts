import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { createDynamoExportStore } from '../../shared/exports/adapters/dynamodb.ts';
import { createMemoryExportStore } from '../../shared/exports/adapters/memory.ts';
import { freshTable } from '../support/tables.ts';
import { exportStoreContract } from './export-store.contract.ts';

exportStoreContract('memory', async () => createMemoryExportStore());
exportStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoExportStore(dynamo, tableName);
});

it('keeps no item of exports for ever, but for the leases', async () => {
  const { dynamo, tableName } = await freshTable();
  const store = createDynamoExportStore(dynamo, tableName);
  const wish = { kind: 'pdf', subject: 'experiment:e1', digest: '1', options: {}, principal: 'service' } as const;
  const base = { createdAtMillis: 1, wish, consumerId: 'app', incarnation: '' };
  await store.writeRound('wish', undefined, 1, 1);
  await store.writeRun({
    ...{ ...wish, name: 'run-1', round: 1, state: 'queued', version: 1, createdAtMillis: 1 },
    ...{ tries: {}, upstreamCalls: 0, isAnnounced: false },
  });
  await store.writeJob({ ...base, id: 'job-1', runName: 'run-1' });
  await store.writeOpenExports('app', { version: 1, open: [{ id: 'job-1', sinceMillis: 1 }] });
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: tableName }));
  expect(Items).toHaveLength(6);
  expect(Items.filter(({ deleteAtSeconds }) => deleteAtSeconds === undefined)).toEqual([]);
});
