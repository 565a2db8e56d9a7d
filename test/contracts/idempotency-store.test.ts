/** Every store of idempotency keys, on every engine there is, against the contract of its port. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { dynoxidePath } from '../../local/emulators/dynoxide.ts';
import { createDynamoIdempotencyStore } from '../../shared/idempotency/adapters/dynamodb.ts';
import { createMemoryIdempotencyStore } from '../../shared/idempotency/adapters/memory.ts';
import { closedAfterTest, dynamoDbClient } from '../support/aws.ts';
import { createTable } from '../support/tables.ts';
import { idempotencyStoreContract } from './idempotency-store.contract.ts';

const onEngine = (engine: 'dynalite' | 'dynoxide') => async () => {
  const { url } = await closedAfterTest(startDynamoDb({ engine }));
  const client = dynamoDbClient(url);
  await createTable(client, 'keys');
  const marshallOptions = { removeUndefinedValues: true };
  return createDynamoIdempotencyStore(DynamoDBDocumentClient.from(client, { marshallOptions }), 'keys');
};

idempotencyStoreContract('memory', async () => createMemoryIdempotencyStore());
idempotencyStoreContract('DynamoDB on dynalite', onEngine('dynalite'));
// Its binary exists for Linux on x64 only.
if (dynoxidePath() !== undefined) idempotencyStoreContract('DynamoDB on dynoxide', onEngine('dynoxide'));
