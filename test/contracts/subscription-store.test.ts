import { createDynamoSubscriptionStore } from '../../shared/subscriptions/adapters/dynamodb.ts';
import { createMemorySubscriptionStore } from '../../shared/subscriptions/adapters/memory.ts';
import { freshTable } from '../support/tables.ts';
import { subscriptionStoreContract } from './subscription-store.contract.ts';

subscriptionStoreContract('memory', async () => createMemorySubscriptionStore());
subscriptionStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoSubscriptionStore(dynamo, tableName);
});
