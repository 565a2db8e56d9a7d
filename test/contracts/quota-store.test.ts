/** Every quota store, on every engine there is, against the contract of its port. */
import { describe, expect, it } from 'vitest';
import { createDynamoQuotaStore } from '../../shared/quota/adapters/dynamodb.ts';
import { createDynamoBookingStore } from '../../shared/quota/adapters/dynamodb-bookings.ts';
import { createMemoryBookingStore, createMemoryQuotaStore } from '../../shared/quota/adapters/memory.ts';
import { emptyState } from '../../shared/quota/state.ts';
import { type Engine, engines, freshTable } from '../support/tables.ts';
import { bookingStoreContract } from './quota-bookings.contract.ts';
import { quotaStoreContract } from './quota-store.contract.ts';

const wholeSecond = () => Math.floor(Date.now() / 1_000) * 1_000;

const quotaStoreOn = async (engine: Engine) => {
  const { client, tableName } = await freshTable([], engine);
  return createDynamoQuotaStore(client, tableName, 'signals');
};
const bookingStoreOn = async (engine: Engine) => {
  const { dynamo, tableName } = await freshTable([], engine);
  return createDynamoBookingStore(dynamo, tableName, 'signals');
};

quotaStoreContract('memory', async () => createMemoryQuotaStore(wholeSecond));
bookingStoreContract('memory', async () => createMemoryBookingStore());
for (const engine of engines()) {
  quotaStoreContract(`DynamoDB on ${engine}`, () => quotaStoreOn(engine));
  bookingStoreContract(`DynamoDB on ${engine}`, () => bookingStoreOn(engine));
}

describe('the DynamoDB quota store', () => {
  it('keeps the budgets of two upstreams apart', async () => {
    const { client, tableName } = await freshTable();
    await createDynamoQuotaStore(client, tableName, 'signals').replace(emptyState, 0);
    expect((await createDynamoQuotaStore(client, tableName, 'tissuemaps').read()).value).toBeUndefined();
  });

  it('does not say "not written" after a retry inside the SDK: the first try may have been carried out', async () => {
    const { client, tableName } = await freshTable();
    const store = createDynamoQuotaStore(client, tableName, 'signals');
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
