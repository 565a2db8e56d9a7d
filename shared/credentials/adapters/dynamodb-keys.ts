import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { conditionHeld } from '../../storage/conditional-write.ts';
import { Sealed } from '../envelope.ts';
import { type ApiKey, Cooldown, type KeyChange, KeyState, type KeyStore } from '../key.ts';

const Item = z.object({
  upstream: z.string(),
  id: z.string(),
  slot: z.int(),
  owner: z.string(),
  accountId: z.string().optional(),
  state: KeyState,
  rank: z.number(),
  addedAtMillis: z.number(),
  lastUsedAtMillis: z.number().optional(),
  expiresAtMillis: z.number().optional(),
  cooldownUntilMillis: Cooldown.shape.untilMillis.optional(),
  cooldownReason: Cooldown.shape.reason.optional(),
  strikes: z.number(),
  refusedSinceMillis: z.number().optional(),
  ...Sealed.shape,
});

const toKey = (item: unknown): ApiKey => {
  const { cooldownUntilMillis, cooldownReason, wrappedKey, nonce, ciphertext, ...rest } = Item.parse(item);
  const cooldown =
    cooldownUntilMillis === undefined || cooldownReason === undefined
      ? {}
      : { cooldown: { untilMillis: cooldownUntilMillis, reason: cooldownReason } };
  return { ...rest, ...cooldown, sealed: { wrappedKey, nonce, ciphertext } };
};

/** Members as attributes, none of them nested: conditions compare plain values. Undefined = not there. */
const toAttributes = ({ cooldown, sealed, ...rest }: KeyChange): Record<string, unknown> => ({
  ...rest,
  cooldownUntilMillis: cooldown?.untilMillis,
  cooldownReason: cooldown?.reason,
  ...sealed,
});

/** The attributes of those members only. */
const attributesOf = (from: KeyChange, members: readonly (keyof KeyChange)[]): Record<string, unknown> => {
  const { cooldownUntilMillis, cooldownReason, ...rest } = toAttributes(
    Object.fromEntries(members.map((name) => [name, from[name]])),
  );
  return members.includes('cooldown') ? { ...rest, cooldownUntilMillis, cooldownReason } : rest;
};

const slotPrefix = 'KEY#';
const itemKey = (upstream: string, slot: number) => ({
  pk: `UPSTREAM#${upstream}`,
  sk: `${slotPrefix}${String(slot).padStart(4, '0')}`,
});

/** `SET` and `REMOVE` of a change, and the conditions of what it is guarded by. */
const expressionOf = (known: ApiKey, change: KeyChange, guarded: readonly (keyof KeyChange)[]) => {
  const changes = Object.entries(attributesOf(change, Object.keys(change) as (keyof KeyChange)[]));
  const guards = Object.entries(attributesOf(known, guarded));
  const set = changes.filter(([, value]) => value !== undefined);
  const removed = changes.filter(([, value]) => value === undefined);
  const conditions = guards.map(([name, value]) =>
    value === undefined ? `attribute_not_exists(#${name})` : `#${name} = :was_${name}`,
  );
  const names = [...changes, ...guards].map(([name]) => name);
  return {
    UpdateExpression: [
      set.length > 0 ? `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}` : '',
      removed.length > 0 ? `REMOVE ${removed.map(([name]) => `#${name}`).join(', ')}` : '',
    ].join(' '),
    ConditionExpression: ['#id = :id', ...conditions].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries([...names, 'id'].map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ':id': known.id,
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      ...Object.fromEntries(
        guards.filter(([, value]) => value !== undefined).map(([name, value]) => [`:was_${name}`, value]),
      ),
    },
  };
};

/** Keys as items of a table, each in a numbered slot: that no two are added to one slot bounds their number. */
export const createDynamoKeyStore = (client: DynamoDBDocumentClient, tableName: string): KeyStore =>
  namingFailures('CREDENTIAL_STORE_UNAVAILABLE', {
    async list(upstream) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': itemKey(upstream, 0).pk, ':prefix': slotPrefix },
        }),
      );
      return Items.map(toKey);
    },
    async add({ cooldown, sealed, ...key }, mostKeys) {
      for (let slot = 1; slot <= mostKeys; slot += 1) {
        const put = new PutCommand({
          TableName: tableName,
          Item: { ...itemKey(key.upstream, slot), ...key, ...toAttributes({ cooldown, sealed }), slot },
          // The key itself is that of a try whose answer was lost on the way.
          ConditionExpression: 'attribute_not_exists(pk) OR id = :id',
          ExpressionAttributeValues: { ':id': key.id },
        });
        if (await conditionHeld(client.send(put))) return true;
      }
      return false;
    },
    change: (known, change, guarded = []) =>
      conditionHeld(
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: itemKey(known.upstream, known.slot),
            ...expressionOf(known, change, guarded),
          }),
        ),
      ),
    remove: (known) =>
      conditionHeld(
        client.send(
          new DeleteCommand({
            TableName: tableName,
            Key: itemKey(known.upstream, known.slot),
            ConditionExpression: 'id = :id',
            ExpressionAttributeValues: { ':id': known.id },
          }),
        ),
      ),
  });
