import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import { conditionHeld } from '../../storage/conditional-write.ts';
import { addCounts, type Counts, counterNames, type Granularity, keptMillis, noCounts } from '../usage.ts';
import { beforeBucket, bucketOf, type UsageRow, type UsageStore } from '../usage-store.ts';

/**
 * Sums of a subject are spread over shards, so that instances that write at once do not wait for each other. An item takes 1,000
 * write units a second (developer guide, partition limits); 1,000 instances that write an item of less than 1 KiB each 5 s need 200.
 */
const shards = 4;
const limitPrefix = 'limit#';

const partitionOf = (granularity: Granularity, consumerId: string, millis: number): string =>
  `USAGE#${granularity}#${consumerId}#${bucketOf(granularity, millis)}`;
const monthOf = (millis: number): string => `USAGE#${bucketOf('day', millis)}`;
const deleteAtSeconds = (granularity: Granularity, millis: number): number =>
  Math.ceil((millis + keptMillis[granularity]) / 1_000) + 32 * 86_400;

/** Counts that are not 0, by attribute. */
const attributesOf = ({ counters, refusalsByLimit }: Counts): readonly (readonly [string, number])[] =>
  [
    ...counterNames.map((name) => [name as string, counters[name]] as const),
    ...Object.entries(refusalsByLimit).map(([limit, count]) => [limitPrefix + limit, count] as const),
  ].filter(([, count]) => count !== 0);

const toCounts = (item: Record<string, unknown>): Counts => {
  const named = counterNames.map((name) => [name, Number(item[name] ?? 0)] as const);
  const limits = Object.entries(item)
    .filter(([name]) => name.startsWith(limitPrefix))
    .map(([name, count]) => [name.slice(limitPrefix.length), Number(count)] as const);
  return {
    counters: Object.fromEntries(named) as Counts['counters'],
    refusalsByLimit: Object.fromEntries(limits),
  };
};

const mergeShards = (items: readonly Record<string, unknown>[], consumerId: string): UsageRow[] => {
  const rows = new Map<string, UsageRow>();
  for (const item of items) {
    const [startMillis = '', keyId = ''] = String(item.sk).split('#');
    const key = `${startMillis} ${keyId}`;
    const counts = addCounts(rows.get(key)?.counts ?? noCounts, toCounts(item));
    rows.set(key, { consumerId, keyId, startMillis: Number(startMillis), counts });
  }
  return [...rows.values()];
};

/** @param shard of this instance: any number. */
export const createDynamoUsageStore = (client: DynamoDBDocumentClient, tableName: string, shard: number): UsageStore =>
  namingFailures('REQUESTS_UNAVAILABLE', {
    async add(granularity, { consumerId, keyId, startMillis, counts }, writeId) {
      const attributes = attributesOf(counts);
      const update = new UpdateCommand({
        TableName: tableName,
        Key: { pk: partitionOf(granularity, consumerId, startMillis), sk: `${startMillis}#${keyId}#${shard % shards}` },
        UpdateExpression: `ADD ${attributes.map((_pair, index) => `#a${index} :a${index}`).join(', ')} SET lastWrite = :write, deleteAtSeconds = :end`,
        ConditionExpression: 'attribute_not_exists(lastWrite) OR lastWrite <> :write',
        ExpressionAttributeNames: Object.fromEntries(attributes.map(([name], index) => [`#a${index}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(attributes.map(([, count], index) => [`:a${index}`, count])),
          ':write': writeId,
          ':end': deleteAtSeconds(granularity, startMillis),
        },
      });
      if (attributes.length > 0) await conditionHeld(client.send(update));
    },
    async noteConsumer(consumerId, atMillis) {
      const Item = { pk: monthOf(atMillis), sk: consumerId, deleteAtSeconds: deleteAtSeconds('day', atMillis) };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
    async consumers(fromMillis, untilMillis) {
      const found = new Set<string>();
      for (
        let millis = untilMillis;
        bucketOf('day', millis) >= bucketOf('day', fromMillis);
        millis = beforeBucket('day', millis)
      ) {
        const items = await queryAll(client, {
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': monthOf(millis) },
        });
        for (const { sk } of items) found.add(String(sk));
      }
      return [...found].sort();
    },
    async read(granularity, consumerId, atMillis) {
      const items = await queryAll(client, {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partitionOf(granularity, consumerId, atMillis) },
      });
      return mergeShards(items, consumerId);
    },
  });
