/** Both stores of keys against one contract. */
import { createDynamoKeyStore } from '../../shared/credentials/adapters/dynamodb-keys.ts';
import { createMemoryKeyStore } from '../../shared/credentials/adapters/memory-keys.ts';
import { freshTable } from '../support/tables.ts';
import { credentialKeysContract } from './credential-keys.contract.ts';

credentialKeysContract('memory', async () => createMemoryKeyStore());
credentialKeysContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoKeyStore(dynamo, tableName);
});
