import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import type { PurgeLog, StoredPurges } from '../purge-limit.ts';

const none: StoredPurges = { instants: [], version: 0 };
const Item = z.object({ instants: z.array(z.number()), version: z.number() });

/** Instants older than a minute do not count. DynamoDB removes the item some time later. */
const keepSeconds = 3_600;

/** One item for each name, beside the tags of the tenant. It is read by a query: the cache's function has no other right. */
export const createDynamoPurgeLog = (
  client: DynamoDBDocumentClient,
  tableName: string,
  tenant: string,
  nowMillis: () => number = Date.now,
): PurgeLog => {
  const keyOf = (name: string) => ({ pk: `T#${tenant}`, sk: `PURGES#${name}` });
  return namingFailures('CACHE_UNAVAILABLE', {
    async read(name) {
      const { pk, sk } = keyOf(name);
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk = :sk',
          ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
        }),
      );
      return Items[0] ? Item.parse(Items[0]) : none;
    },
    async replace(name, instants, expected) {
      const put = new PutCommand({
        TableName: tableName,
        Item: {
          ...keyOf(name),
          instants,
          version: expected + 1,
          deleteAtSeconds: Math.ceil(nowMillis() / 1_000) + keepSeconds,
        },
        ...atVersion(expected),
      });
      return conditionHeld(client.send(put));
    },
  });
};

export const createMemoryPurgeLog = (): PurgeLog => {
  const logs = new Map<string, StoredPurges>();
  return {
    read: async (name) => logs.get(name) ?? none,
    async replace(name, instants, expected) {
      if ((logs.get(name) ?? none).version !== expected) return false;
      logs.set(name, { instants, version: expected + 1 });
      return true;
    },
  };
};
