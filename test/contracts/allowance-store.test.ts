import { createDynamoAllowanceStore } from '../../shared/uploads/adapters/dynamodb-allowance.ts';
import { createMemoryAllowanceStore } from '../../shared/uploads/adapters/memory.ts';
import { freshTable } from '../support/tables.ts';
import { allowanceStoreContract } from './allowance-store.contract.ts';

allowanceStoreContract('memory', async () => createMemoryAllowanceStore());
allowanceStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoAllowanceStore(dynamo, tableName);
});
