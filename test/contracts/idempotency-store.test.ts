/** Every store of idempotency keys, on every engine there is, against the contract of its port. */
import { createDynamoIdempotencyStore } from '../../shared/idempotency/adapters/dynamodb.ts';
import { createMemoryIdempotencyStore } from '../../shared/idempotency/adapters/memory.ts';
import { type Engine, engines, freshTable } from '../support/tables.ts';
import { idempotencyStoreContract } from './idempotency-store.contract.ts';

const onEngine = (engine: Engine) => async () => {
  const { dynamo, tableName } = await freshTable([], engine);
  return createDynamoIdempotencyStore(dynamo, tableName);
};

idempotencyStoreContract('memory', async () => createMemoryIdempotencyStore());
for (const engine of engines()) idempotencyStoreContract(`DynamoDB on ${engine}`, onEngine(engine));
