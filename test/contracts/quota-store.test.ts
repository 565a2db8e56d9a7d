/** Every quota store, on every engine there is, against the contract of its port. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { dynoxidePath } from '../../local/emulators/dynoxide.ts';
import { createDynamoQuotaStore } from '../../shared/quota/adapters/dynamodb.ts';
import { createDynamoBookingStore } from '../../shared/quota/adapters/dynamodb-bookings.ts';
import { createMemoryBookingStore, createMemoryQuotaStore } from '../../shared/quota/adapters/memory.ts';
import { emptyState } from '../../shared/quota/state.ts';
import { closedAfterTest, dynamoDbClient } from '../support/aws.ts';
import { createTable } from '../support/tables.ts';
import { bookingStoreContract } from './quota-bookings.contract.ts';
import { quotaStoreContract } from './quota-store.contract.ts';

type Engine = 'dynalite' | 'dynoxide';

const freshClient = async (engine: Engine) => {
  const { url } = await closedAfterTest(startDynamoDb({ engine }));
  const client = dynamoDbClient(url);
  await createTable(client, 'quota');
  return client;
};

const wholeSecond = () => Math.floor(Date.now() / 1_000) * 1_000;

quotaStoreContract('memory', async () => createMemoryQuotaStore(wholeSecond));
quotaStoreContract('DynamoDB on dynalite', async () =>
  createDynamoQuotaStore(await freshClient('dynalite'), 'quota', 'signals'),
);
// Its binary exists for Linux on x64 only.
if (dynoxidePath() !== undefined)
  quotaStoreContract('DynamoDB on dynoxide', async () =>
    createDynamoQuotaStore(await freshClient('dynoxide'), 'quota', 'signals'),
  );

bookingStoreContract('memory', async () => createMemoryBookingStore());
bookingStoreContract('DynamoDB on dynalite', async () => {
  const client = DynamoDBDocumentClient.from(await freshClient('dynalite'));
  return createDynamoBookingStore(client, 'quota', 'signals');
});
if (dynoxidePath() !== undefined)
  bookingStoreContract('DynamoDB on dynoxide', async () => {
    const client = DynamoDBDocumentClient.from(await freshClient('dynoxide'));
    return createDynamoBookingStore(client, 'quota', 'signals');
  });

describe('the DynamoDB quota store', () => {
  it('keeps the budgets of two upstreams apart', async () => {
    const client = await freshClient('dynalite');
    await createDynamoQuotaStore(client, 'quota', 'signals').replace(emptyState, 0);
    expect((await createDynamoQuotaStore(client, 'quota', 'tissuemaps').read()).value).toBeUndefined();
  });

  it('does not say "not written" after a retry inside the SDK: the first try may have been carried out', async () => {
    const client = await freshClient('dynalite');
    const store = createDynamoQuotaStore(client, 'quota', 'signals');
    await store.replace(emptyState, 0);
    client.middlewareStack.add(
      (next) => async (args) =>
        next(args).catch((error: unknown) => {
          Object.assign((error as { $metadata: object }).$metadata, { attempts: 2 });
          throw error;
        }),
      { step: 'initialize', priority: 'high' },
    );
    await expect(store.replace(emptyState, 0)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  });
});
