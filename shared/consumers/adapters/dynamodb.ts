import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Consumer, type ConsumerRegistry } from '../consumer.ts';

/** Two kinds of items: the consumer under its id, and for each key an item under the key's hash that names the consumer. */
const consumerKey = (id: string) => ({ pk: `CONSUMER#${id}`, sk: 'PROFILE' });
const keyKey = (keyHash: string) => ({ pk: `KEY#${keyHash}`, sk: 'KEY' });

export const createDynamoConsumerRegistry = (client: DynamoDBDocumentClient, tableName: string): ConsumerRegistry => {
  const read = async (key: { pk: string; sk: string }) =>
    (await client.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }))).Item;

  return {
    async findByKeyHash(keyHash) {
      const key = await read(keyKey(keyHash));
      if (!key) return undefined;
      const consumer = await read(consumerKey(String(key.consumerId)));
      return consumer && Consumer.parse(consumer);
    },
    async save(consumer, keyHash) {
      await client.send(new PutCommand({ TableName: tableName, Item: { ...consumerKey(consumer.id), ...consumer } }));
      await client.send(
        new PutCommand({ TableName: tableName, Item: { ...keyKey(keyHash), consumerId: consumer.id } }),
      );
    },
  };
};
