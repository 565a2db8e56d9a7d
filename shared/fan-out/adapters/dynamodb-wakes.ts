/** What a wake-up leaves to the next, in the table of subscriptions. */
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import type { WakeStore } from '../wake-store.ts';

const searchedKey = { pk: 'WAKE', sk: 'CHECKPOINT' };
const Searched = z.object({
  untilMillis: z.number(),
  left: z.array(z.string()).default([]),
  aheadMillis: z.number().optional(),
});
const cursorsPartition = 'WAKE-CURSORS';
const Cursor = z.object({ sk: z.string(), cursor: z.string() });

export const createDynamoWakeStore = (client: DynamoDBDocumentClient, tableName: string): WakeStore =>
  namingFailures('SUBSCRIPTIONS_UNAVAILABLE', {
    async readSearched() {
      const get = new GetCommand({ TableName: tableName, Key: searchedKey, ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && Searched.parse(Item);
    },
    async writeSearched(searched) {
      await client.send(new PutCommand({ TableName: tableName, Item: { ...searchedKey, ...searched } }));
    },
    async readCursors() {
      const found = await queryAll(client, {
        ...{ TableName: tableName, ConsistentRead: true, KeyConditionExpression: 'pk = :pk' },
        ExpressionAttributeValues: { ':pk': cursorsPartition },
      });
      return new Map(found.map((item) => Cursor.parse(item)).map(({ sk, cursor }) => [sk, cursor]));
    },
    async writeCursor(name, cursor) {
      const Key = { pk: cursorsPartition, sk: name };
      if (cursor === undefined) await client.send(new DeleteCommand({ TableName: tableName, Key }));
      else await client.send(new PutCommand({ TableName: tableName, Item: { ...Key, cursor } }));
    },
  } satisfies WakeStore);
