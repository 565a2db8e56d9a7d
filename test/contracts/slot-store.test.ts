/** Every store of slots against the contract of its port. */
import { createDynamoSlotStore } from '../../shared/large-answers/adapters/dynamodb.ts';
import { createMemorySlotStore } from '../../shared/large-answers/adapters/memory.ts';
import { freshTable } from '../support/tables.ts';
import { slotStoreContract } from './slot-store.contract.ts';

slotStoreContract('memory', async () => createMemorySlotStore());
slotStoreContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoSlotStore(dynamo, tableName);
});
