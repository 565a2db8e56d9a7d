/** Every store of idempotency keys, on every engine there is, against the contract of its port. */
import { dynoxidePath } from '../../local/emulators/dynoxide.ts';
import { createDynamoIdempotencyStore } from '../../shared/idempotency/adapters/dynamodb.ts';
import { createMemoryIdempotencyStore } from '../../shared/idempotency/adapters/memory.ts';
import { type Engine, freshTable } from '../support/tables.ts';
import { idempotencyStoreContract } from './idempotency-store.contract.ts';

const onEngine = (engine: Engine) => async () => {
  const { dynamo, tableName } = await freshTable([], engine);
  return createDynamoIdempotencyStore(dynamo, tableName);
};

idempotencyStoreContract('memory', async () => createMemoryIdempotencyStore());
idempotencyStoreContract('DynamoDB on dynalite', onEngine('dynalite'));
// Its binary exists for Linux on x64 only.
if (dynoxidePath() !== undefined) idempotencyStoreContract('DynamoDB on dynoxide', onEngine('dynoxide'));
