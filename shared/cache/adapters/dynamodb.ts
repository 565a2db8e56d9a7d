/** CacheStore on one DynamoDB table: a look-up is one BatchGetItem, every other step one conditional write to one item. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../time/clock.ts';
import { longestKeepMillis } from '../make-entry.ts';
import { type CacheStore, isNarrow, neverSwept, type Sweep, type Tag } from '../store.ts';
import {
  answerKey,
  counterName,
  flightKey,
  type Item,
  tagKey,
  tenantKey,
  toAnswerItem,
  toEntry,
  toFlight,
  writerPrefix,
} from './dynamodb-items.ts';
import type { BodySpill } from './spill.ts';

/** A tag outlives every answer that remembers its count. */
const tagKeepSeconds = (2 * longestKeepMillis) / 1_000;
/** A flight outlives every answer that it stored: fences never start again below one. */
const flightKeepSeconds = tagKeepSeconds;
const mostBatchTries = 5;

type Key = { readonly pk: string; readonly sk: string };
const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

const numberOf = (item: Item | undefined, name: string): number => {
  const value = item?.[name];
  return typeof value === 'number' ? value : 0;
};

/** Runs a conditional write: false when the condition did not hold. */
const held = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    },
  );

export type DynamoCacheOptions = {
  readonly tableName: string;
  /** Keeps the tags of several tenants apart. */
  readonly tenant: string;
  readonly spill: BodySpill;
  readonly clock: Clock;
};

export const createDynamoCacheStore = (client: DynamoDBDocumentClient, options: DynamoCacheOptions): CacheStore => {
  const { tableName, tenant, spill, clock } = options;
  const inSeconds = (seconds: number): number => Math.ceil(clock.nowMillis() / 1_000) + seconds;

  const batchGet = async (keys: readonly Key[]): Promise<Map<string, Item>> => {
    const items = new Map<string, Item>();
    let wanted = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      if (attempt > mostBatchTries) throw new Error('DynamoDB left keys unread.');
      if (attempt > 1) await sleep(20 * 2 ** attempt * Math.random());
      const request = { RequestItems: { [tableName]: { Keys: wanted, ConsistentRead: true } } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand(request));
      for (const item of Responses?.[tableName] ?? []) items.set(nameOf(item as Key), item);
      wanted = (UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[];
    }
    return items;
  };

  const update = (key: Key, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<unknown> =>
    client.send(new UpdateCommand({ TableName: tableName, Key: key, ...input }));

  /** Adds one to each counter of one item, in one write; `also` joins the expression. */
  const count = (
    key: Key,
    counters: readonly string[],
    also: { set?: Item; remove?: string; keeps?: boolean } = {},
  ) => {
    const sets = { ...also.set, ...(also.keeps ? { deleteAtSeconds: inSeconds(tagKeepSeconds) } : {}) };
    const names = [...counters, ...Object.keys(sets), ...(also.remove ? [also.remove] : [])];
    const alias = (name: string): string => `#n${names.indexOf(name)}`;
    const parts = [
      counters.length > 0 ? `ADD ${counters.map((name) => `${alias(name)} :one`).join(', ')}` : '',
      Object.keys(sets).length > 0
        ? `SET ${Object.keys(sets)
            .map((name) => `${alias(name)} = :v${names.indexOf(name)}`)
            .join(', ')}`
        : '',
      also.remove ? `REMOVE ${alias(also.remove)}` : '',
    ];
    const values = Object.fromEntries(Object.entries(sets).map(([name, value]) => [`:v${names.indexOf(name)}`, value]));
    const allValues = { ...values, ...(counters.length > 0 ? { ':one': 1 } : {}) };
    return update(key, {
      UpdateExpression: parts.filter(Boolean).join(' '),
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [alias(name), name])),
      ...(Object.keys(allValues).length > 0 ? { ExpressionAttributeValues: allValues } : {}),
    });
  };

  const epochOf = (items: Map<string, Item>, tag: Tag) => {
    const item = items.get(nameOf(tagKey(tenant, tag)));
    return { hard: numberOf(item, counterName(tag, 'hard')), soft: numberOf(item, counterName(tag, 'soft')) };
  };

  const writingUntil = (items: Map<string, Item>, tags: readonly Tag[]): number =>
    Math.max(
      0,
      ...tags.filter(isNarrow).flatMap((tag) => {
        const item = items.get(nameOf(tagKey(tenant, tag))) ?? {};
        return Object.keys(item).flatMap((name) => (name.startsWith(writerPrefix) ? [numberOf(item, name)] : []));
      }),
    );

  const sweepOf = (item: Item | undefined): Sweep =>
    item?.sweptUntilMillis === undefined
      ? neverSwept
      : {
          sweptUntilMillis: numberOf(item, 'sweptUntilMillis'),
          types: (item.sweptTypes ?? []) as string[],
          resumeAtMillis: item.resumeAtMillis as number | undefined,
        };

  return {
    async read(key, tags) {
      const ofEntry = key ? [answerKey(key), flightKey(key)] : [];
      const items = await batchGet([...ofEntry, tenantKey(tenant), ...tags.map((tag) => tagKey(tenant, tag))]);
      const item = key && items.get(nameOf(answerKey(key)));
      const isKept = numberOf(item, 'deleteAtSeconds') * 1_000 > clock.nowMillis();
      return {
        entry: isKept ? await toEntry(item, spill) : undefined,
        flight: toFlight(key && items.get(nameOf(flightKey(key)))),
        epochs: Object.fromEntries(tags.map((tag) => [tag, epochOf(items, tag)])),
        writingUntilMillis: writingUntil(items, tags),
        sweep: sweepOf(items.get(nameOf(tenantKey(tenant)))),
      };
    },

    async put(key, entry) {
      const Item = await toAnswerItem(key, entry, spill);
      const put = new PutCommand({
        TableName: tableName,
        Item,
        ConditionExpression: 'attribute_not_exists(fence) OR fence <= :fence',
        ExpressionAttributeValues: { ':fence': entry.fence },
      });
      return held(client.send(put));
    },

    async purge(tags, kind) {
      const wide = tags.filter((tag) => !isNarrow(tag)).map((tag) => counterName(tag, kind));
      const narrow = [...new Set(tags.filter(isNarrow))];
      await Promise.all([
        ...(wide.length > 0 ? [count(tenantKey(tenant), [...new Set(wide)])] : []),
        ...narrow.map((tag) => count(tagKey(tenant, tag), [counterName(tag, kind)], { keeps: true })),
      ]);
    },

    async beginWrite(tag, writerId, untilMillis) {
      const set = { [writerPrefix + writerId]: untilMillis };
      await count(tagKey(tenant, tag), [counterName(tag, 'hard')], { set, keeps: true });
    },

    async endWrite(tag, writerId, changed) {
      const counters = changed ? [counterName(tag, 'hard')] : [];
      await count(tagKey(tenant, tag), counters, { remove: writerPrefix + writerId, keeps: true });
    },

    async ancestorsIn(partition) {
      const query = {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :answer)',
        FilterExpression: 'attribute_exists(ancestors)',
        ProjectionExpression: 'ancestors',
        ExpressionAttributeValues: { ':pk': partition, ':answer': 'ANSWER#' },
      };
      const { Items } = await client.send(new QueryCommand(query));
      return Items?.[0]?.ancestors as readonly string[] | undefined;
    },

    async markSwept({ sweptUntilMillis, types, resumeAtMillis }) {
      const mark = update(tenantKey(tenant), {
        UpdateExpression: 'SET sweptUntilMillis = :until, sweptTypes = :types, resumeAtMillis = :resume',
        ConditionExpression: 'attribute_not_exists(sweptUntilMillis) OR sweptUntilMillis <= :until',
        ExpressionAttributeValues: { ':until': sweptUntilMillis, ':types': types, ':resume': resumeAtMillis ?? 0 },
      });
      await held(mark);
    },

    async acquire(key, observed, next) {
      const isFirst = observed.fence === 0;
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...flightKey(key), ...next, outcome: undefined, deleteAtSeconds: inSeconds(flightKeepSeconds) },
        ConditionExpression: isFirst ? 'attribute_not_exists(fence)' : 'fence = :observed',
        ...(isFirst ? {} : { ExpressionAttributeValues: { ':observed': observed.fence } }),
      });
      return held(client.send(put));
    },

    async renew(key, fence, leaseUntilMillis) {
      const renewal = update(flightKey(key), {
        UpdateExpression: 'SET leaseUntilMillis = :until',
        ConditionExpression: 'fence = :fence',
        ExpressionAttributeValues: { ':until': leaseUntilMillis, ':fence': fence },
      });
      return held(renewal);
    },

    async finish(key, fence, outcome) {
      const end = update(flightKey(key), {
        UpdateExpression: 'SET outcome = :outcome',
        ConditionExpression: 'fence = :fence',
        ExpressionAttributeValues: { ':outcome': JSON.stringify(outcome), ':fence': fence },
      });
      await held(end);
    },
  };
};
