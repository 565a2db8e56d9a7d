/** Subscriptions in DynamoDB: one partition, since there are some hundreds and the dispatcher reads all of them at once. */
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import type { SubscriptionStore } from '../store.ts';
import { Subscription } from '../subscription.ts';

const partition = 'SUBSCRIPTIONS';
const itemKey = (id: string) => ({ pk: partition, sk: id });

const byAge = (one: Subscription, other: Subscription): number =>
  one.createdAtMillis - other.createdAtMillis || (one.id < other.id ? -1 : 1);

const stampKey = { pk: 'SUBSCRIPTIONS-STAMP', sk: 'STAMP' };

export const createDynamoSubscriptionStore = (client: DynamoDBDocumentClient, tableName: string): SubscriptionStore => {
  const noteChange = () =>
    client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: stampKey,
        UpdateExpression: 'ADD changes :one',
        ExpressionAttributeValues: { ':one': 1 },
      }),
    );
  return namingFailures('SUBSCRIPTIONS_UNAVAILABLE', {
    async read(id) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: itemKey(id), ConsistentRead: true }),
      );
      return Item && Subscription.parse(Item);
    },

    async list(consumerId) {
      const found = await queryAll(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: {
          ':pk': partition,
          ...(consumerId === undefined ? {} : { ':consumer': consumerId }),
        },
        ...(consumerId === undefined ? {} : { FilterExpression: 'consumerId = :consumer' }),
      });
      return found.map((item) => Subscription.parse(item)).sort(byAge);
    },

    async write(subscription) {
      const Item = { ...itemKey(subscription.id), ...subscription };
      const put = new PutCommand({ TableName: tableName, Item, ...atVersion(subscription.version - 1) });
      const isWritten = await conditionHeld(client.send(put));
      if (isWritten) await noteChange();
      return isWritten;
    },

    async remove(id) {
      await client.send(new DeleteCommand({ TableName: tableName, Key: itemKey(id) }));
      await noteChange();
    },

    async stamp() {
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: stampKey, ConsistentRead: true }));
      return String(Item?.changes ?? 0);
    },
  });
};
