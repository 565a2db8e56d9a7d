/** Replays, and intervals of latest-only subscriptions, in the table of subscriptions. */
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { keptDays } from '../../notifications/ledger.ts';
import { toFifoText } from '../../queues/fifo-text.ts';
import { queryAll, querySlice } from '../../storage/adapters/dynamodb-queries.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import type { LatestStore } from '../latest-store.ts';
import { isUnderWay, type Replay, type ReplayStore, replayKeptDays } from '../replay-store.ts';

const ReplayRecord = z.object({
  id: z.string(),
  kind: z.enum(['replay', 'catch-up', 'redrive']),
  subscriptionId: z.string(),
  consumerId: z.string(),
  fromMillis: z.number(),
  untilMillis: z.number(),
  isDryRun: z.boolean(),
  state: z.enum(['counting', 'sending', 'done', 'failed']),
  matching: z.number(),
  sent: z.number(),
  refused: z.number(),
  cursor: z.string().optional(),
  doneInPage: z.array(z.number()),
  createdAtMillis: z.number(),
  updatedAtMillis: z.number(),
  failingSinceMillis: z.number().optional(),
  reason: z.string().optional(),
  version: z.number(),
});

const Mark = z.object({
  subscriptionId: z.string(),
  entity: z.string(),
  dueMillis: z.number(),
  eventId: z.string(),
  sequence: z.number(),
  count: z.number(),
});

const daySeconds = 86_400;
const mostListed = 100;
const underWayPartition = 'REPLAYS-UNDER-WAY';
const replayKey = (subscriptionId: string, id: string) => ({ pk: `REPLAYS#${subscriptionId}`, sk: id });
const underWayKey = (subscriptionId: string, id: string) => ({ pk: underWayPartition, sk: `${subscriptionId}#${id}` });

const byAge = (one: Replay, other: Replay): number => other.createdAtMillis - one.createdAtMillis;

export const createDynamoReplayStore = (client: DynamoDBDocumentClient, tableName: string): ReplayStore => {
  const read = async (subscriptionId: string, id: string): Promise<Replay | undefined> => {
    const Key = replayKey(subscriptionId, id);
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
    return Item && ReplayRecord.parse(Item);
  };

  const list = (pk: string): Promise<Record<string, unknown>[]> =>
    queryAll(client, {
      ...{ TableName: tableName, ConsistentRead: true, KeyConditionExpression: 'pk = :pk' },
      ExpressionAttributeValues: { ':pk': pk },
    });

  return namingFailures('SUBSCRIPTIONS_UNAVAILABLE', {
    read,
    list: async (subscriptionId) =>
      (await list(replayKey(subscriptionId, '').pk))
        .map((item) => ReplayRecord.parse(item))
        .toSorted(byAge)
        .slice(0, mostListed),
    async underWay() {
      const names = z
        .array(z.object({ subscriptionId: z.string(), id: z.string() }))
        .parse(await list(underWayPartition));
      const all = await Promise.all(names.map(({ subscriptionId, id }) => read(subscriptionId, id)));
      return all.filter((replay) => replay !== undefined).filter(isUnderWay);
    },
    async write(replay) {
      const { subscriptionId, id, version } = replay;
      const name = underWayKey(subscriptionId, id);
      // Named before it is there, and until after it is over: whoever is killed leaves no replay that nobody finds.
      if (version === 1)
        await client.send(
          new PutCommand({ TableName: tableName, Item: { ...name, subscriptionId, id, ...expiry(replay) } }),
        );
      const Item = { ...replayKey(subscriptionId, id), ...replay, ...expiry(replay) };
      const put = new PutCommand({ TableName: tableName, Item, ...atVersion(version - 1) });
      const isWritten = await conditionHeld(client.send(put));
      if (isWritten && !isUnderWay(replay)) await client.send(new DeleteCommand({ TableName: tableName, Key: name }));
      return isWritten;
    },
  });
};

/** Until it is over it is kept as long as what it is to send: its subscription may be paused for months. */
const expiry = (replay: Replay) => ({
  deleteAtSeconds:
    Math.ceil(replay.updatedAtMillis / 1_000) + (isUnderWay(replay) ? keptDays + 1 : replayKeptDays) * daySeconds,
});

const markKey = (subscriptionId: string, entity: string) => ({
  pk: `LATEST#${subscriptionId}`,
  sk: toFifoText(entity),
});
/** A subscription that was removed leaves its marks behind. One that is paused needs them as long as the ledger has their events. */
const markDays = keptDays + 1;

export const createDynamoLatestStore = (client: DynamoDBDocumentClient, tableName: string): LatestStore =>
  namingFailures('SUBSCRIPTIONS_UNAVAILABLE', {
    async read(subscriptionId, entity) {
      const Key = markKey(subscriptionId, entity);
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
      return Item && Mark.parse(Item);
    },
    async write(mark) {
      const deleteAtSeconds = Math.ceil(mark.dueMillis / 1_000) + markDays * daySeconds;
      const Item = { ...markKey(mark.subscriptionId, mark.entity), ...mark, deleteAtSeconds };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
    async remove(subscriptionId, entity) {
      await client.send(new DeleteCommand({ TableName: tableName, Key: markKey(subscriptionId, entity) }));
    },
    async list(subscriptionId, limit, cursor) {
      const { items, ...rest } = await querySlice(client, tableName, markKey(subscriptionId, '').pk, limit, cursor);
      return { ...rest, items: items.map((item) => Mark.parse(item)) };
    },
  });
