import { createDynamoOneTimeStore, createDynamoTokenStore } from '../../../shared/tokens/adapters/dynamodb.ts';
import { createMemoryOneTimeStore, createMemoryTokenStore } from '../../../shared/tokens/adapters/memory.ts';
import { freshTable } from '../../support/tables.ts';
import { oneTimeStoreContract, tokenStoreContract } from './token-store.contract.ts';

tokenStoreContract('memory', async () => createMemoryTokenStore());
tokenStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoTokenStore(dynamo, tableName);
});

oneTimeStoreContract('memory', async () => createMemoryOneTimeStore());
oneTimeStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoOneTimeStore(dynamo, tableName);
});
