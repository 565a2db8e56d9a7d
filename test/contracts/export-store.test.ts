import { createDynamoExportStore } from '../../shared/exports/adapters/dynamodb.ts';
import { createMemoryExportStore } from '../../shared/exports/adapters/memory.ts';
import { freshTable } from '../support/tables.ts';
import { exportStoreContract } from './export-store.contract.ts';

exportStoreContract('memory', async () => createMemoryExportStore());
exportStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoExportStore(dynamo, tableName);
});
