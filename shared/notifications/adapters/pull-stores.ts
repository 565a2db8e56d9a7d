/** The safe point of the pull, and what the change sweep suspects, in the table of notifications. */
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import type { Clock } from '../../time/clock.ts';
import type { GapStore, Suspicion } from '../gaps.ts';
import { keptMillis } from '../ledger.ts';
import type { PullState, PullStore } from '../pull.ts';
import type { PullLease } from '../pull-lease.ts';

const pullKey = { pk: 'PULL', sk: 'STATE' };

export const createDynamoPullStore = (client: DynamoDBDocumentClient, tableName: string): PullStore =>
  namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: pullKey, ConsistentRead: true }));
      return Item ? { version: Item.version as number, safeMillis: Item.safeMillis as number } : { version: 0 };
    },
    async write(state: PullState) {
      const Item = { ...pullKey, ...state };
      return conditionHeld(
        client.send(new PutCommand({ TableName: tableName, Item, ...atVersion(state.version - 1) })),
      );
    },
  });

const leaseKey = { pk: 'PULL', sk: 'LEASE' };

export const createDynamoPullLease = (client: DynamoDBDocumentClient, tableName: string, clock: Clock): PullLease =>
  namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async take(untilMillis) {
      const put = new PutCommand({
        ...{ TableName: tableName, Item: { ...leaseKey, untilMillis } },
        ConditionExpression: 'attribute_not_exists(pk) OR untilMillis <= :now OR untilMillis = :own',
        // A repeat whose first answer was lost finds its own.
        ExpressionAttributeValues: { ':now': clock.nowMillis(), ':own': untilMillis },
      });
      return conditionHeld(client.send(put));
    },
    async release(untilMillis) {
      const remove = new DeleteCommand({
        ...{ TableName: tableName, Key: leaseKey, ConditionExpression: 'untilMillis = :own' },
        ExpressionAttributeValues: { ':own': untilMillis },
      });
      await conditionHeld(client.send(remove));
    },
  });

export const createMemoryPullLease = (clock: Clock): PullLease => {
  let heldUntilMillis = 0;
  return {
    async take(untilMillis) {
      if (heldUntilMillis > clock.nowMillis()) return false;
      heldUntilMillis = untilMillis;
      return true;
    },
    async release(untilMillis) {
      if (heldUntilMillis === untilMillis) heldUntilMillis = 0;
    },
  };
};

const StoredSuspicion = z.object({
  eid: z.string(),
  kind: z.enum(['create', 'close', 'reopen', 'void', 'archive']),
  changedAtMillis: z.number(),
  notedAtMillis: z.number(),
  misses: z.number(),
  missedAtMillis: z.number().optional(),
});

const suspicionsKey = 'GAPS';
const suspicionName = ({ eid, kind, changedAtMillis }: Suspicion): string => `${eid}#${kind}#${changedAtMillis}`;

/** One partition for all suspicions: they are few, and gone after two pulls. */
export const createDynamoGapStore = (client: DynamoDBDocumentClient, tableName: string, clock: Clock): GapStore => {
  const deleteAtSeconds = (): number => Math.ceil((clock.nowMillis() + keptMillis) / 1_000);
  const stateKey = (eid: string) => ({ pk: `S#${eid}`, sk: 'STATE' });
  return namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async readState(eid) {
      const get = new GetCommand({ TableName: tableName, Key: stateKey(eid), ConsistentRead: true });
      const state = (await client.send(get)).Item?.state;
      return state === undefined ? undefined : String(state);
    },
    async writeState(eid, state) {
      const Item = { ...stateKey(eid), state, deleteAtSeconds: deleteAtSeconds() };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
    async suspect(suspicion) {
      const Item = {
        pk: suspicionsKey,
        sk: suspicionName(suspicion),
        ...suspicion,
        deleteAtSeconds: deleteAtSeconds(),
      };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
    async suspicions() {
      const found = await queryAll(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': suspicionsKey },
      });
      return found.map((item) => StoredSuspicion.parse(item));
    },
    async clear(suspicion) {
      const Key = { pk: suspicionsKey, sk: suspicionName(suspicion) };
      await client.send(new DeleteCommand({ TableName: tableName, Key }));
    },
  } satisfies GapStore);
};

export const createMemoryPullStore = (): PullStore => {
  let kept: PullState = { version: 0 };
  return {
    read: async () => kept,
    async write(state) {
      if (state.version !== kept.version + 1) return false;
      kept = structuredClone(state);
      return true;
    },
  };
};

export const createMemoryGapStore = (): GapStore => {
  const states = new Map<string, string>();
  const suspected = new Map<string, Suspicion>();
  return {
    readState: async (eid) => states.get(eid),
    writeState: async (eid, state) => void states.set(eid, state),
    suspect: async (suspicion) => void suspected.set(suspicionName(suspicion), structuredClone(suspicion)),
    suspicions: async () => [...suspected.values()],
    clear: async (suspicion) => void suspected.delete(suspicionName(suspicion)),
  };
};
