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
import { startOfRequest } from '../request-id.ts';
import { type ListedRequest, type RequestStore, recordPosition, sumPosition } from '../request-store.ts';

type Key = { readonly pk: string; readonly sk: string };
/** For ids that do not say when the request began: those of older versions. */
const keyOfId = (requestId: string): Key => ({ pk: `REQUEST#${requestId}`, sk: 'REQUEST' });
const listOf = (consumerId: string, millis: number): string => `REQUESTS#${consumerId}#${toIso(millis).slice(0, 13)}`;
const listedKey = (record: Pick<RequestRecord, 'consumerId' | 'requestId' | 'startedAtMillis'>): Key => ({
  pk: listOf(record.consumerId, record.startedAtMillis),
  sk: recordPosition(record),
});
const dayOf = (millis: number): string => `REQUESTS#${toIso(millis).slice(0, 10)}`;
/** Consumers that are asked at once for the record of an id. */
const atOnce = 20;

/** A day is listed until the last of its records has gone. */
const dayKeptSeconds = 2 * (dayMillis / 1_000);

const toListed = (item: Record<string, unknown>): ListedRequest => {
  const position = String(item.sk);
  if (item.hits === undefined) return { position, record: RequestRecord.parse(item) };
  const { consumerId, incarnation, minuteMillis, hits } = item;
  const owner = { consumerId: String(consumerId), ...(incarnation ? { incarnation: String(incarnation) } : {}) };
  return { position, sum: { ...owner, minuteMillis: Number(minuteMillis), hits: Number(hits) } };
};

/**
 * One item of less than 1 KiB for each request, in the list of its consumer: one write unit. Its id says when it began, and so its key.
 * A second item by id would cost as much again, and so would an index.
 */
export const createDynamoRequestStore = (client: DynamoDBDocumentClient, tableName: string): RequestStore => {
  const putNew = (Item: Record<string, unknown>): Promise<boolean> =>
    // What exists is as a rule this very item, put by a try whose answer was lost.
    conditionHeld(
      client.send(new PutCommand({ TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
    );

  const get = async (Key: Key): Promise<RequestRecord | undefined> => {
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return Item && RequestRecord.parse(Item);
  };

  const consumersOn = async (dayStartMillis: number): Promise<readonly string[]> => {
    const items = await queryAll(client, {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': dayOf(dayStartMillis) },
    });
    return items.map(({ sk }) => String(sk));
  };

  const findListed = async (
    requestId: string,
    startedAtMillis: number,
    consumers: readonly string[],
  ): Promise<RequestRecord | undefined> => {
    for (let first = 0; first < consumers.length; first += atOnce) {
      const keys = consumers
        .slice(first, first + atOnce)
        .map((consumerId) => listedKey({ consumerId, requestId, startedAtMillis }));
      const record = (await Promise.all(keys.map(get))).find((found) => found !== undefined);
      if (record) return record;
    }
    return undefined;
  };

  return namingFailures('REQUESTS_UNAVAILABLE', {
    async put(record) {
      const isFoundById = startOfRequest(record.requestId) === record.startedAtMillis;
      const keys = [listedKey(record), ...(isFoundById ? [] : [keyOfId(record.requestId)])];
      await Promise.all(keys.map((key) => putNew({ ...key, ...record })));
    },
    async read(requestId, consumerId) {
      const startedAtMillis = startOfRequest(requestId);
      if (startedAtMillis === undefined) return get(keyOfId(requestId));
      const consumers = consumerId === undefined ? await consumersOn(startedAtMillis) : [consumerId];
      return (await findListed(requestId, startedAtMillis, consumers)) ?? get(keyOfId(requestId));
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
    consumersOn,
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
