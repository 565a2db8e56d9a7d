import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { Consumer } from '../../exchange/consumer.ts';
import { conditionHeld } from '../../storage/conditional-write.ts';
import type { ConsumerRegistry } from '../consumer.ts';
import { createConsumerRegistry, type RegistryOptions } from '../registry.ts';
import type { ConsumerRecord, ConsumerStore } from '../store.ts';

/**
 * Two kinds of items: records, all in one partition so that a query lists them, and pointers in partitions of their own.
 * One partition gives 3,000 reads a second (developer guide, partition limits); an instance reads a record once in 30
 * seconds for each key it sees.
 */
const recordPartition = 'CONSUMERS';
const recordKey = (id: string) => ({ pk: recordPartition, sk: `CONSUMER#${id}` });
const pointerKey = (pointer: string) => ({ pk: pointer, sk: 'POINTER' });

const Item = z.object({
  consumer: Consumer,
  keys: z.array(
    z.object({
      id: z.string(),
      hash: z.string(),
      createdAtMillis: z.number(),
      expiresAtMillis: z.number().optional(),
    }),
  ),
  version: z.number(),
  createdAtMillis: z.number(),
  changedAtMillis: z.number(),
});
const PointerItem = z.object({ consumerId: z.string(), lastUsedOn: z.string().optional() });

const createReads = (
  client: DynamoDBDocumentClient,
  TableName: string,
): Pick<ConsumerStore, 'read' | 'page' | 'follow'> => {
  const get = async (Key: { pk: string; sk: string }) =>
    (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;

  return {
    async read(id) {
      const item = await get(recordKey(id));
      return item && Item.parse(item);
    },
    async page(after, limit) {
      const records: ConsumerRecord[] = [];
      let start: Record<string, unknown> | undefined = after === undefined ? undefined : recordKey(after);
      do {
        const { Items, LastEvaluatedKey } = await client.send(
          new QueryCommand({
            TableName,
            ConsistentRead: true,
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': recordPartition },
            Limit: limit - records.length,
            ExclusiveStartKey: start,
          }),
        );
        records.push(...(Items ?? []).map((item) => Item.parse(item)));
        start = LastEvaluatedKey;
      } while (start && records.length < limit);
      return records;
    },
    async follow(pointer) {
      const item = await get(pointerKey(pointer));
      return item && PointerItem.parse(item);
    },
  };
};

export const createDynamoConsumerStore = (client: DynamoDBDocumentClient, TableName: string): ConsumerStore =>
  namingFailures('CONSUMERS_UNAVAILABLE', {
    ...createReads(client, TableName),
    write: (record, replaced) =>
      conditionHeld(
        client.send(
          new PutCommand({
            TableName,
            Item: { ...recordKey(record.consumer.id), ...record },
            ...(replaced === 0
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : { ConditionExpression: 'version = :replaced', ExpressionAttributeValues: { ':replaced': replaced } }),
          }),
        ),
      ),
    remove: (id, version) =>
      conditionHeld(
        client.send(
          new DeleteCommand({
            TableName,
            Key: recordKey(id),
            ConditionExpression: 'version = :version',
            ExpressionAttributeValues: { ':version': version },
          }),
        ),
      ),
    point: (pointer, consumerId, instead) =>
      conditionHeld(
        client.send(
          new UpdateCommand({
            TableName,
            Key: pointerKey(pointer),
            UpdateExpression: 'SET consumerId = :id',
            ConditionExpression: 'attribute_not_exists(pk) OR consumerId = :id OR consumerId = :instead',
            ExpressionAttributeValues: { ':id': consumerId, ':instead': instead ?? consumerId },
          }),
        ),
      ),
    async unpoint(pointer, consumerId) {
      await conditionHeld(
        client.send(
          new DeleteCommand({
            TableName,
            Key: pointerKey(pointer),
            ConditionExpression: 'consumerId = :id',
            ExpressionAttributeValues: { ':id': consumerId },
          }),
        ),
      );
    },
    async noteUse(pointer, day) {
      await conditionHeld(
        client.send(
          new UpdateCommand({
            TableName,
            Key: pointerKey(pointer),
            UpdateExpression: 'SET lastUsedOn = :day',
            ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(lastUsedOn) OR lastUsedOn < :day)',
            ExpressionAttributeValues: { ':day': day },
          }),
        ),
      );
    },
  });

export const createDynamoConsumerRegistry = (
  client: DynamoDBDocumentClient,
  tableName: string,
  options: RegistryOptions = {},
): ConsumerRegistry => createConsumerRegistry(createDynamoConsumerStore(client, tableName), options);
