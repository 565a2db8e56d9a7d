import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import type { HookHeader, HookHeaderStore } from '../hook-header.ts';

const key = { pk: 'HOOK', sk: 'HEADER' };

const Bytes = z.instanceof(Uint8Array);
const Stored = z.object({
  name: z.string(),
  values: z.array(z.object({ salt: Bytes, hash: Bytes, sinceMillis: z.number() })),
});

/** One item in the table of notifications, without an end of its own. */
export const createDynamoHookHeaders = (client: DynamoDBDocumentClient, tableName: string): HookHeaderStore =>
  namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
      return Item && Stored.parse(Item);
    },
    async write(header) {
      await client.send(new PutCommand({ TableName: tableName, Item: { ...key, ...header } }));
    },
  });

export const createMemoryHookHeaders = (): HookHeaderStore => {
  let kept: HookHeader | undefined;
  return {
    read: async () => kept,
    async write(header) {
      kept = structuredClone(header);
    },
  };
};
