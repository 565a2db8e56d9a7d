import { createDynamoConsumerStore } from '../../../../shared/consumers/adapters/dynamodb.ts';
import { createMemoryConsumerStore } from '../../../../shared/consumers/adapters/memory.ts';
import { consumerStoreContract } from '../../../contracts/consumer-registry.contract.ts';
import { freshTable } from '../../../support/tables.ts';

consumerStoreContract('memory', async () => createMemoryConsumerStore());
consumerStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoConsumerStore(dynamo, tableName);
});
