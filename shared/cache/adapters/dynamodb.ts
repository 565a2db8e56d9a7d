/** CacheStore on one DynamoDB table: a look-up is one BatchGetItem, every other step one conditional write to one item. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { conditionHeld, unlessRefused } from '../../storage/conditional-write.ts';
import type { Clock } from '../../time/clock.ts';
import { ancestorsFrom, endOfMarksMillis, youngEnough } from '../ancestors.ts';
import { type Entry, type Epochs, purgedSince } from '../entry.ts';
import { type CacheStore, neverSwept, type Sweep, type Tag } from '../store.ts';
import { isNarrow } from '../tags.ts';
import {
  answerKey,
  epochsOfItem,
  flightKey,
  type Item,
  objectOf,
  placeOf,
  readJson,
  tagKey,
  tenantKey,
  toAnswerItem,
  toEntry,
  toFlight,
} from './dynamodb-items.ts';
import { createTags, numberOf, tagKeepSeconds } from './dynamodb-tags.ts';
import type { BodySpill } from './spill.ts';

/** A flight's item is kept longer than any answer that it stored, so that fences never restart below a stored one. */
const flightKeepSeconds = tagKeepSeconds;
const mostBatchTries = 5;

type Key = { readonly pk: string; readonly sk: string };
const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;
const isCount = ({ sk }: Key): boolean => !sk.includes('#');

/** Holds if no later flight has stored an answer. */
const notLater = '(attribute_not_exists(fence) OR fence <= :fence)';

export type DynamoCacheOptions = {
  readonly tableName: string;
  /** Keeps the tags of several tenants apart. */
  readonly tenant: string;
  readonly spill: BodySpill;
  readonly clock: Clock;
  /** Called with failures that are repaired later. */
  readonly onFailure?: (what: string, error: unknown) => void;
};

export const createDynamoCacheStore = (client: DynamoDBDocumentClient, options: DynamoCacheOptions): CacheStore => {
  const { tableName, tenant, spill, clock } = options;
  const counts = createTags(client, options);
  const inSeconds = (seconds: number): number => Math.ceil(clock.nowMillis() / 1_000) + seconds;

  /**
   * Purges and the sweep's instant must come from one answer of DynamoDB. If that answer left keys unread, all are read
   * again. An old counter beside a newer sweep would make a purged entry look verified.
   */
  const batchGet = async (keys: readonly Key[]): Promise<Map<string, Item>> => {
    const items = new Map<string, Item>();
    const all = new Map(keys.map((key) => [nameOf(key), key]));
    let wanted = [...all.values()];
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      if (attempt > mostBatchTries) throw new Error('DynamoDB left keys unread.');
      if (attempt > 1) await sleep(20 * 2 ** attempt * Math.random());
      const request = { RequestItems: { [tableName]: { Keys: wanted, ConsistentRead: true } } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand(request));
      for (const item of Responses?.[tableName] ?? []) items.set(nameOf(item as Key), item);
      const unread = new Set(((UnprocessedKeys?.[tableName]?.Keys ?? []) as Key[]).map(nameOf));
      wanted = [...all].flatMap(([name, key]) => (unread.has(name) || (unread.size > 0 && isCount(key)) ? [key] : []));
    }
    return items;
  };

  const update = (key: Key, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<unknown> =>
    client.send(new UpdateCommand({ TableName: tableName, Key: key, ...input }));

  const itemOf = (items: Map<string, Item>, tag: Tag): Item | undefined => items.get(nameOf(tagKey(tenant, tag)));
  const epochsOf = (items: Map<string, Item>, tags: readonly Tag[], atMillis?: number) =>
    Object.fromEntries(tags.map((tag) => [tag, counts.epochOf(itemOf(items, tag), tag, atMillis)]));

  const sweepOf = (item: Item | undefined): Sweep =>
    item?.sweptUntilMillis === undefined
      ? neverSwept
      : {
          sweptUntilMillis: numberOf(item, 'sweptUntilMillis'),
          types: (item.sweptTypes ?? []) as string[],
          principal: (item.sweptAs ?? undefined) as string | undefined,
          watched: readJson<Sweep['watched']>(String(item.sweptNotebooks)) ?? undefined,
          resumeAtMillis: item.resumeAtMillis as number | undefined,
        };

  /** Not awaited. The bucket expires what is not removed. */
  const forget = (object: string | undefined): void => {
    if (object !== undefined) void spill.remove(object);
  };

  /**
   * Whether an answer whose body is in S3 may still be used: not expired, and not purged hard on a tag that was read.
   */
  const holds = (item: Item, epochs: Epochs): boolean => {
    if (numberOf(item, 'deleteAtSeconds') * 1_000 <= clock.nowMillis()) return false;
    const before = Object.entries(epochsOfItem(item)).filter(([tag]) => epochs[tag] !== undefined);
    return purgedSince(Object.fromEntries(before), epochs) !== 'hard';
  };

  const readEntry = async (item: Item | undefined, epochs: Epochs): Promise<Entry | undefined> => {
    const object = objectOf(item);
    if (item && object !== undefined && !holds(item, epochs)) {
      forget(object);
      return undefined;
    }
    const isKept = numberOf(item, 'deleteAtSeconds') * 1_000 > clock.nowMillis();
    return isKept ? toEntry(item, spill) : undefined;
  };

  return namingFailures('CACHE_UNAVAILABLE', {
    async read(key, tags, flight) {
      const ofEntry = key ? [answerKey(key), ...(flight === 'unread' ? [] : [flightKey(key)])] : [];
      const items = await batchGet([...ofEntry, tenantKey(tenant), ...tags.map((tag) => tagKey(tenant, tag))]);
      const nowMillis = clock.nowMillis();
      const epochs = epochsOf(items, tags, nowMillis);
      return {
        entry: await readEntry(key && items.get(nameOf(answerKey(key))), epochs),
        flight: toFlight(key && items.get(nameOf(flightKey(key)))),
        epochs,
        writingUntilMillis: Math.max(
          0,
          ...tags.filter(isNarrow).map((tag) => counts.writtenUntilMillis(itemOf(items, tag), tag, nowMillis)),
        ),
        sweep: sweepOf(items.get(nameOf(tenantKey(tenant)))),
      };
    },

    async put(key, entry) {
      const item = await toAnswerItem(key, entry, spill);
      const put = {
        TableName: tableName,
        Item: item,
        ConditionExpression: notLater,
        ExpressionAttributeValues: { ':fence': entry.fence },
      };
      const inPlaceOfNoObject = {
        ...put,
        ConditionExpression: `${notLater} AND attribute_not_exists(#object)`,
        ExpressionAttributeNames: { '#object': 'object' },
      };
      if (await conditionHeld(client.send(new PutCommand(inPlaceOfNoObject)))) return true;
      // Only this put returns the old item: it names an object, or a later flight has stored it.
      const replaced = await unlessRefused(client.send(new PutCommand({ ...put, ReturnValues: 'ALL_OLD' })));
      forget(objectOf(replaced ? replaced.Attributes : item));
      return replaced !== undefined;
    },

    purge: counts.purge,
    noteListed: counts.noteListed,
    beginWrite: counts.beginWrite,
    endWrite: counts.endWrite,

    async ancestorsIn(partition) {
      const query = {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :answer)',
        FilterExpression: 'attribute_exists(ancestors)',
        ProjectionExpression: 'head',
        ExpressionAttributeValues: { ':pk': partition, ':answer': 'ANSWER#' },
        ConsistentRead: true,
      };
      // One page. Ancestors beyond a megabyte of answers count as unknown.
      const { Items = [] } = await client.send(new QueryCommand(query));
      const young = youngEnough(
        Items.flatMap((item) => placeOf(item) ?? []),
        clock.nowMillis(),
      );
      if (young.length === 0) return undefined;
      const tags = young.flatMap(({ epochs }) => Object.keys(epochs));
      const items = await batchGet(tags.map((tag) => tagKey(tenant, tag)));
      return ancestorsFrom(young, epochsOf(items, tags, endOfMarksMillis));
    },

    async markSwept({ sweptUntilMillis, types, principal, watched, resumeAtMillis }) {
      const mark = update(tenantKey(tenant), {
        UpdateExpression:
          'SET sweptUntilMillis = :until, sweptTypes = :types, sweptAs = :as, sweptNotebooks = :books, resumeAtMillis = :at',
        ConditionExpression: 'attribute_not_exists(sweptUntilMillis) OR sweptUntilMillis <= :until',
        ExpressionAttributeValues: {
          ':until': sweptUntilMillis,
          ':types': types,
          ':as': principal ?? null,
          ':books': JSON.stringify(watched ?? null),
          ':at': resumeAtMillis ?? 0,
        },
      });
      await conditionHeld(mark);
    },

    async readFlight(key) {
      const get = new GetCommand({ TableName: tableName, Key: flightKey(key), ConsistentRead: true });
      return toFlight((await client.send(get)).Item);
    },

    async acquire(key, observed, next) {
      const isFirst = observed.fence === 0;
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...flightKey(key), ...next, outcome: undefined, deleteAtSeconds: inSeconds(flightKeepSeconds) },
        ConditionExpression: isFirst ? 'attribute_not_exists(fence)' : 'fence = :observed',
        ...(isFirst ? {} : { ExpressionAttributeValues: { ':observed': observed.fence } }),
      });
      return conditionHeld(client.send(put));
    },

    async renew(key, fence, leaseUntilMillis) {
      const renewal = update(flightKey(key), {
        UpdateExpression: 'SET leaseUntilMillis = :until',
        ConditionExpression: 'fence = :fence',
        ExpressionAttributeValues: { ':until': leaseUntilMillis, ':fence': fence },
      });
      return conditionHeld(renewal);
    },

    async finish(key, fence, outcome) {
      const end = update(flightKey(key), {
        UpdateExpression: 'SET outcome = :outcome',
        ConditionExpression: 'fence = :fence',
        ExpressionAttributeValues: { ':outcome': JSON.stringify(outcome), ':fence': fence },
      });
      await conditionHeld(end);
    },
  });
};
