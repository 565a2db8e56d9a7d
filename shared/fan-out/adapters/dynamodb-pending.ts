/** Pending deliveries and dead letters in the table of notifications: a partition of each for each subscription. */
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { keptDays } from '../../notifications/ledger.ts';
import { querySlice } from '../../storage/adapters/dynamodb-queries.ts';
import { deadLetterDays, type PendingStore, type Slice } from '../pending.ts';
import { afterEntity, deadKey, entityPrefix, pendingKey } from './pending-key.ts';

const Pending = z.object({
  subscriptionId: z.string(),
  entity: z.string(),
  sequence: z.number(),
  eventId: z.string(),
  kind: z.enum(['live', 'late', 'latest', 'redrive']),
  copy: z.string().optional(),
  coalescedCount: z.number().optional(),
  firstMillis: z.number(),
  attempts: z.number(),
  refusals: z.number(),
  nextAttemptMillis: z.number(),
  unknownSinceMillis: z.number().optional(),
  documentAskedMillis: z.number().optional(),
  reason: z.string(),
});
const Dead = Pending.pick({ subscriptionId: true, entity: true, sequence: true, eventId: true, reason: true }).extend({
  atMillis: z.number(),
});

const daySeconds = 86_400;
/** Of a subscription that was removed nobody takes the pending deliveries away. One that is paused needs them as long as the ledger has their events. */
const pendingDays = keptDays + 1;
const deleteAt = (millis: number, days: number): number => Math.ceil(millis / 1_000) + days * daySeconds;

const pendingPartition = (subscriptionId: string): string => `PENDING#${subscriptionId}`;
const deadPartition = (subscriptionId: string): string => `DEAD#${subscriptionId}`;

/** @param nowMillis decides what is no dead letter any more: TTL deletes within days (developer guide, TTL). */
export const createDynamoPendingStore = (
  client: DynamoDBDocumentClient,
  tableName: string,
  nowMillis: () => number,
): PendingStore => {
  const put = async (item: object): Promise<void> => {
    await client.send(new PutCommand({ TableName: tableName, Item: item }));
  };
  const remove = async (pk: string, sk: string): Promise<void> => {
    await client.send(new DeleteCommand({ TableName: tableName, Key: { pk, sk } }));
  };

  const behind = async <Schema extends z.ZodType>(
    schema: Schema,
    pk: string,
    limit: number,
    sk?: string,
  ): Promise<Slice<z.infer<Schema>>> => {
    const { items, ...rest } = await querySlice(client, tableName, pk, limit, sk);
    return { ...rest, items: items.map((item) => schema.parse(item)) };
  };

  return namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async put(one) {
      const deleteAtSeconds = deleteAt(one.firstMillis, pendingDays);
      await put({ pk: pendingPartition(one.subscriptionId), sk: pendingKey(one), ...one, deleteAtSeconds });
    },
    remove: (one) => remove(pendingPartition(one.subscriptionId), pendingKey(one)),
    async list(subscriptionId, entity, limit) {
      // A page has 1 MB at most: thousands of these.
      const query = new QueryCommand({
        ...{ TableName: tableName, ConsistentRead: true, Limit: limit },
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :entity)',
        ExpressionAttributeValues: { ':pk': pendingPartition(subscriptionId), ':entity': entityPrefix(entity) },
      });
      return ((await client.send(query)).Items ?? []).map((item) => Pending.parse(item));
    },
    page: (subscriptionId, limit, cursor) => behind(Pending, pendingPartition(subscriptionId), limit, cursor),
    async behind(subscriptionId, entity, limit) {
      return (await behind(Pending, pendingPartition(subscriptionId), limit, afterEntity(entity))).items;
    },
    async bury(letter) {
      const deleteAtSeconds = deleteAt(letter.atMillis, deadLetterDays);
      await put({ pk: deadPartition(letter.subscriptionId), sk: deadKey(letter), ...letter, deleteAtSeconds });
    },
    unbury: (letter) => remove(deadPartition(letter.subscriptionId), deadKey(letter)),
    async dead(subscriptionId, limit, cursor) {
      const { items, ...rest } = await behind(Dead, deadPartition(subscriptionId), limit, cursor);
      const oldestMillis = nowMillis() - deadLetterDays * daySeconds * 1_000;
      return { ...rest, items: items.filter(({ atMillis }) => atMillis > oldestMillis) };
    },
  });
};
