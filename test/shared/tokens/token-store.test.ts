import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { createDynamoOneTimeStore, createDynamoTokenStore } from '../../../shared/tokens/adapters/dynamodb.ts';
import { createMemoryOneTimeStore, createMemoryTokenStore } from '../../../shared/tokens/adapters/memory.ts';
import { freshTable } from '../../support/tables.ts';
import { anna, tokenOf } from './builders.ts';
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

describe('tokens in DynamoDB', () => {
  const setUp = async () => {
    const { dynamo, tableName } = await freshTable();
    return { dynamo, tableName, store: createDynamoTokenStore(dynamo, tableName) };
  };
  const cursorOf = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('lists what can be read when one record cannot, and counts the other', async () => {
    const { dynamo, tableName, store } = await setUp();
    for (const subject of ['anna', 'bob']) await store.put(tokenOf({ subject }));
    for (let shard = 0; shard < 16; shard += 1) {
      const Item = { pk: `TOKENS#${shard}`, sk: 'app#?', state: 'who knows' };
      await dynamo.send(new PutCommand({ TableName: tableName, Item }));
    }
    const { tokens, unreadable } = await store.list(100);
    expect(tokens.map(({ subject }) => subject).sort()).toEqual(['anna', 'bob']);
    expect(unreadable).toBe(16);
  });

  it.each([
    'not base64 of anything',
    '',
    cursorOf([16]),
    cursorOf([-1]),
    cursorOf([0, '']),
    cursorOf([0, 'x'.repeat(1_025)]),
    cursorOf([0, 7]),
    cursorOf({ shard: 1 }),
  ])('refuses the cursor %s', async (cursor) => {
    const { store } = await setUp();
    await expect(store.list(10, cursor)).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      facts: { source: { parameter: 'page[cursor]' } },
    });
  });

  it('refuses a cursor that begins outside the filter', async () => {
    const { store } = await setUp();
    await store.put(tokenOf(anna));
    const cursor = cursorOf([0, 'other#other-1#signals#eve']);
    await expect(store.list(10, cursor, 'app')).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await store.list(10, cursor, 'other')).tokens).toEqual([]);
  });
});
