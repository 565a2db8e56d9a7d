import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { RequestRecord } from '../../exchange/decision.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import { conditionHeld } from '../../storage/conditional-write.ts';
import { toIso } from '../../time/iso.ts';
import { dayMillis } from '../../time/units.ts';
import { type ListedRequest, type RequestStore, recordPosition, sumPosition } from '../request-store.ts';

/** By id, and in the list of its consumer. A second item costs as much as an index would, and needs none. */
const itemKey = (requestId: string) => ({ pk: `REQUEST#${requestId}`, sk: 'REQUEST' });
const listOf = (consumerId: string, millis: number): string => `REQUESTS#${consumerId}#${toIso(millis).slice(0, 13)}`;
const dayOf = (millis: number): string => `REQUESTS#${toIso(millis).slice(0, 10)}`;

/** A day is listed until the last of its records has gone. */
const dayKeptSeconds = 2 * (dayMillis / 1_000);

const toListed = (item: Record<string, unknown>): ListedRequest => {
  const position = String(item.sk);
  if (item.hits === undefined) return { position, record: RequestRecord.parse(item) };
  const { consumerId, incarnation, minuteMillis, hits } = item;
  const owner = { consumerId: String(consumerId), ...(incarnation ? { incarnation: String(incarnation) } : {}) };
  return { position, sum: { ...owner, minuteMillis: Number(minuteMillis), hits: Number(hits) } };
};

/** Two items of less than 1 KiB for each request: two write units. */
export const createDynamoRequestStore = (client: DynamoDBDocumentClient, tableName: string): RequestStore => {
  const putNew = (Item: Record<string, unknown>): Promise<boolean> =>
    // What exists is as a rule this very item, put by a try whose answer was lost.
    conditionHeld(
      client.send(new PutCommand({ TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
    );

  return namingFailures('REQUESTS_UNAVAILABLE', {
    async put(record) {
      const listed = { pk: listOf(record.consumerId, record.startedAtMillis), sk: recordPosition(record) };
      await Promise.all([putNew({ ...itemKey(record.requestId), ...record }), putNew({ ...listed, ...record })]);
    },
    async read(requestId) {
      const get = new GetCommand({ TableName: tableName, Key: itemKey(requestId), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && RequestRecord.parse(Item);
    },
    async addHits(sum, writeId, deleteAtSeconds) {
      const { consumerId, incarnation = '', minuteMillis, hits } = sum;
      const update = new UpdateCommand({
        TableName: tableName,
        Key: { pk: listOf(consumerId, minuteMillis), sk: sumPosition(sum) },
        UpdateExpression:
          'ADD hits :hits SET consumerId = :consumer, incarnation = :incarnation, minuteMillis = :minute, lastWrite = :write, deleteAtSeconds = :end',
        ConditionExpression: 'attribute_not_exists(lastWrite) OR lastWrite <> :write',
        ExpressionAttributeValues: {
          ...{ ':hits': hits, ':consumer': consumerId, ':incarnation': incarnation, ':minute': minuteMillis },
          ...{ ':write': writeId, ':end': deleteAtSeconds },
        },
      });
      await conditionHeld(client.send(update));
    },
    async noteConsumer(consumerId, dayStartMillis) {
      const deleteAtSeconds = dayStartMillis / 1_000 + dayKeptSeconds;
      const Item = { pk: dayOf(dayStartMillis), sk: consumerId, deleteAtSeconds };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
    async consumersOn(dayStartMillis) {
      const items = await queryAll(client, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': dayOf(dayStartMillis) },
      });
      return items.map(({ sk }) => String(sk));
    },
    async list(consumerId, hourStartMillis, before, limit) {
      const found: ListedRequest[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND sk < :before',
          ExpressionAttributeValues: { ':pk': listOf(consumerId, hourStartMillis), ':before': before },
          ScanIndexForward: false,
          Limit: limit,
        },
      );
      for await (const { Items = [] } of pages) {
        found.push(...Items.map(toListed));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
  });
};
