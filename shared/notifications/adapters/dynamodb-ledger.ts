import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { receiptIndex } from '../../config/names.ts';
import { namingFailures } from '../../errors/store-failure.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import type { Clock } from '../../time/clock.ts';
import { type Entry, keptMillis, type Ledger, type MalformedEntry, noHead } from '../ledger.ts';
import { deflate, inflate, packNotification, unpackNotification } from './compact.ts';
import { createBodies } from './dynamodb-bodies.ts';
import { type Dispatch, fromHeadItem, packDispatched, toHeadItem, unpackDispatched } from './dynamodb-items.ts';
import { createReceiptLister, type Found, receiptAttributes } from './dynamodb-receipts.ts';
import { dayOf, millisOf } from './receipt-order.ts';

type Item = Readonly<Record<string, unknown>>;

const entryKey = (id: string) => ({ pk: `N#${id}`, sk: 'N' });
const malformedKey = (id: string) => ({ pk: `M#${id}`, sk: 'M' });
const headKey = (entity: string) => ({ pk: `E#${entity}`, sk: 'HEAD' });

/** One day more than readers look back, so that nothing ends while somebody reads it. */
const deleteAtSecondsOf = (receivedAtMillis: number): number =>
  Math.ceil((receivedAtMillis + keptMillis) / 1_000) + 86_400;

/** DynamoDB gives at most so many items at a time (API reference, BatchGetItem). */
const mostPerGet = 100;
const mostTries = 8;

/**
 * An entry is one item, and an item of an index of keys. With a document of usual size it costs one write unit to keep, one for
 * the index and one to mark as dispatched; the head of its entity costs another. Needs the rights to get, put, update and
 * query, and to query the index.
 */
export const createDynamoLedger = (client: DynamoDBDocumentClient, tableName: string, clock: Clock): Ledger => {
  const nowMillis = (): number => clock.nowMillis();
  const bodies = createBodies(client, tableName);
  const listFound = createReceiptLister(client, tableName, nowMillis);

  const get = async (Key: { pk: string; sk: string }): Promise<Item | undefined> =>
    (await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item;

  const getAll = async (keys: readonly { pk: string; sk: string }[]): Promise<ReadonlyMap<string, Item>> => {
    const items = new Map<string, Item>();
    let missing = [...keys];
    for (let turn = 1; missing.length > 0; turn += 1) {
      if (turn > mostTries * Math.ceil(keys.length / mostPerGet)) throw new Error('DynamoDB left keys unprocessed');
      const Keys = missing.slice(0, mostPerGet);
      const request = { [tableName]: { Keys, ConsistentRead: true } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems: request }));
      for (const item of Responses?.[tableName] ?? []) items.set(String(item.pk), item);
      const left = (UnprocessedKeys?.[tableName]?.Keys ?? []) as { pk: string; sk: string }[];
      missing = [...left, ...missing.slice(mostPerGet)];
      if (left.length > 0) await sleep(Math.min(500, 20 * 2 ** turn));
    }
    return items;
  };

  const receivedAtOf = (item: Item): number => millisOf(String(item[receiptIndex.sortKey]));
  const isKept = (item: Item): boolean => receivedAtOf(item) > nowMillis() - keptMillis;

  const toEntry = async (pk: string, item: Item): Promise<Entry | undefined> => {
    const body = await bodies.load(pk, item);
    if (!body) return undefined;
    const notification = { id: pk.slice(2), receivedAtMillis: receivedAtOf(item), ...unpackNotification(body) };
    return item.dispatched
      ? { notification, dispatched: unpackDispatched(item.dispatched as Dispatch) }
      : { notification };
  };

  const toMalformed = async (pk: string, item: Item): Promise<MalformedEntry | undefined> => {
    const body = await bodies.load(pk, item);
    if (!body) return undefined;
    const bytes = new Uint8Array(inflate(body));
    return { id: pk.slice(2), receivedAtMillis: receivedAtOf(item), reason: String(item.reason), bytes };
  };

  const load = async <T>(
    found: readonly Found[],
    sk: string,
    toIt: (pk: string, item: Item) => Promise<T | undefined>,
  ): Promise<T[]> => {
    const items = await getAll(found.map(({ pk }) => ({ pk, sk })));
    const loaded = await Promise.all(
      found.map(({ pk }) => {
        const item = items.get(pk);
        return item && toIt(pk, item);
      }),
    );
    return loaded.filter((one): one is Awaited<T> & {} => one !== undefined) as T[];
  };

  return namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async keep(notification, writer) {
      const { id, receivedAtMillis } = notification;
      const key = entryKey(id);
      const deleteAtSeconds = deleteAtSecondsOf(receivedAtMillis);
      const body = await bodies.store(key.pk, packNotification(notification), writer, deleteAtSeconds);
      const receipt = receiptAttributes('notification', id, receivedAtMillis);
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...key, ...receipt, ...body, writer, deleteAtSeconds },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      if (await conditionHeld(client.send(put))) return 'new';
      // A put whose answer was lost is refused when it is repeated: what stands there is its own.
      return (await get(key))?.writer === writer ? 'new' : 'known';
    },
    async read(id) {
      const { pk, ...rest } = entryKey(id);
      const item = await get({ pk, ...rest });
      return item && isKept(item) ? toEntry(pk, item) : undefined;
    },
    async list(range) {
      const { found, ...more } = await listFound('notification', range);
      return { entries: await load(found, 'N', toEntry), ...more };
    },
    async readHead(entity) {
      const item = await get(headKey(entity));
      return item ? fromHeadItem(item) : noHead;
    },
    async writeHead(entity, head, expectedVersion) {
      const item = { ...headKey(entity), ...toHeadItem(head) };
      const put = new PutCommand({ TableName: tableName, Item: item, ...atVersion(expectedVersion) });
      if (await conditionHeld(client.send(put))) return true;
      const standing = await get(headKey(entity));
      return (
        standing !== undefined &&
        standing.version === head.version &&
        Buffer.from(standing.head as Uint8Array).equals(item.head)
      );
    },
    async writeDispatched(id, dispatched, onlyFirst = false) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: entryKey(id),
        UpdateExpression: 'SET dispatched = :dispatched',
        ConditionExpression: `attribute_exists(pk)${onlyFirst ? ' AND attribute_not_exists(dispatched)' : ''}`,
        ExpressionAttributeValues: { ':dispatched': packDispatched(dispatched) },
      });
      await conditionHeld(client.send(update));
    },
    async keepMalformed(bytes, reason) {
      const receivedAtMillis = nowMillis();
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
      const id = `${dayOf(receivedAtMillis)}-${hash}`;
      const key = malformedKey(id);
      const deleteAtSeconds = deleteAtSecondsOf(receivedAtMillis);
      const body = await bodies.store(key.pk, deflate(bytes), 'bytes', deleteAtSeconds);
      const receipt = receiptAttributes('malformed', id, receivedAtMillis);
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...key, ...receipt, ...body, reason, deleteAtSeconds },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await conditionHeld(client.send(put));
      return id;
    },
    async listMalformed(range) {
      const { found, ...more } = await listFound('malformed', range);
      return { entries: await load(found, 'M', toMalformed), ...more };
    },
  } satisfies Ledger);
};
