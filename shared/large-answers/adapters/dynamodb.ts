import { DeleteCommand, type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import { conditionHeld } from '../../storage/conditional-write.ts';
import { type Lease, type SlotStore, SlotStoreSlow } from '../slots.ts';

const keyOf = (pool: string, slot: number) => ({ pk: `SLOTS#${pool}`, sk: `SLOT#${slot}` });

/** TTL only cleans up, so it may be late. A lease that has ended is never read. */
const tidyAfterSeconds = 3_600;

const itemOf = (pool: string, slot: number, { holder, untilMillis }: Lease) => ({
  ...keyOf(pool, slot),
  ...{ slot, holder, untilMillis, deleteAtSeconds: Math.ceil(untilMillis / 1_000) + tidyAfterSeconds },
});

/** Names of time-outs (@smithy/node-http-handler; broken connections among them) and of throttling (DynamoDB API reference). */
const slowNames = [
  'TimeoutError',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
];

const throwAsSlow = (error: unknown): never => {
  throw error instanceof Error && slowNames.includes(error.name)
    ? new SlotStoreSlow(error.message, { cause: error })
    : error;
};

const shuffle = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);

/**
 * One item for each slot that was ever used. The pool is read before it is written to, so an answer that finds it full
 * costs one read (a pool of 500 slots is about 40 KB) and no write.
 */
export const createDynamoSlotStore = (client: DynamoDBDocumentClient, tableName: string): SlotStore => {
  const heldSlots = async (pool: string, nowMillis: number): Promise<ReadonlySet<number>> => {
    const held = await queryAll(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: '#until > :now',
      ProjectionExpression: '#slot',
      ExpressionAttributeNames: { '#until': 'untilMillis', '#slot': 'slot' },
      ExpressionAttributeValues: { ':pk': `SLOTS#${pool}`, ':now': nowMillis },
    });
    return new Set(held.map(({ slot }) => Number(slot)));
  };

  const put = (pool: string, slot: number, lease: Lease, condition: string, values: object): Promise<boolean> =>
    conditionHeld(
      client.send(
        new PutCommand({
          TableName: tableName,
          Item: itemOf(pool, slot, lease),
          ConditionExpression: condition,
          ExpressionAttributeNames: {
            '#holder': 'holder',
            ...(condition.includes('#until') ? { '#until': 'untilMillis' } : {}),
          },
          ExpressionAttributeValues: { ':holder': lease.holder, ...values },
        }),
      ),
    );

  const take: SlotStore['take'] = async (pool, size, lease, nowMillis) => {
    const held = await heldSlots(pool, nowMillis);
    const free = Array.from({ length: size }, (_, slot) => slot).filter((slot) => !held.has(slot));
    // In random order, so that concurrent answers do not all try the same slot first. A lease of the same holder is
    // that of a try whose answer was lost on the way.
    for (const slot of shuffle(free)) {
      const isFree = 'attribute_not_exists(pk) OR #until <= :now OR #holder = :holder';
      if (await put(pool, slot, lease, isFree, { ':now': nowMillis })) return slot;
    }
    return undefined;
  };

  return {
    take: (...asked) => take(...asked).catch(throwAsSlow),
    renew: (pool, slot, lease) => put(pool, slot, lease, '#holder = :holder', {}),
    async release(pool, slot, holder) {
      const remove = new DeleteCommand({
        TableName: tableName,
        Key: keyOf(pool, slot),
        ConditionExpression: '#holder = :holder',
        ExpressionAttributeNames: { '#holder': 'holder' },
        ExpressionAttributeValues: { ':holder': holder },
      });
      await conditionHeld(client.send(remove));
    },
  };
};
