import { createHash } from 'node:crypto';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { AppError } from '../../errors/app-error.ts';
import { namingFailures } from '../../errors/store-failure.ts';
import { parseShallow } from '../../json/nesting.ts';
import { conditionHeld, unlessRefused } from '../../storage/conditional-write.ts';
import type { OneTimeStore } from '../one-time.ts';
import { recordOf, Token, TokenFacts, type TokenKey, type TokenPage, type TokenStore } from '../token.ts';

/** All tokens lie in these partitions: they can be listed without a scan, and no index can disagree with them. */
const shardCount = 16;
const shardName = (shard: number): string => `TOKENS#${shard}`;

const itemKey = (key: TokenKey) => ({
  pk: shardName((createHash('sha256').update(recordOf(key)).digest()[0] as number) % shardCount),
  sk: `${key.consumerId}#${key.incarnation}#${key.upstream}#${key.subject}`,
});

const sortKeyBytes = 1_024;
const Cursor = z.union([
  z.tuple([
    z
      .int()
      .min(0)
      .max(shardCount - 1),
  ]),
  z.tuple([
    z
      .int()
      .min(0)
      .max(shardCount - 1),
    z.string().min(1),
  ]),
]);
type Cursor = z.infer<typeof Cursor>;

const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** @param prefix with which every sort key of the listing begins: DynamoDB takes no start outside the query. */
const decodeCursor = (text: string | undefined, prefix: string): Cursor => {
  if (text === undefined) return [0];
  try {
    const cursor = Cursor.parse(parseShallow(Buffer.from(text, 'base64url'), 1));
    const after = cursor[1] ?? prefix;
    if (after.startsWith(prefix) && Buffer.byteLength(after) <= sortKeyBytes) return cursor;
  } catch {
    // Told below, as for one that leads elsewhere.
  }
  throw new AppError('REQUEST_INVALID', {
    detail: 'This is no cursor of this list. Take it from links.next, with the same filter, or begin without one.',
    source: { parameter: 'page[cursor]' },
  });
};

const factNames = Object.keys(TokenFacts.shape);
const projection = {
  ProjectionExpression: factNames.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(factNames.map((name) => [`#${name}`, name])),
};

export const createDynamoTokenStore = (client: DynamoDBDocumentClient, tableName: string): TokenStore => {
  /** Changes the token of this version when it is in one of these states. */
  const changeIn = (
    states: readonly TokenFacts['state'][],
    key: TokenKey,
    version: string,
    { update, condition, values }: { update: string; condition?: string; values: object },
  ): Promise<boolean> => {
    const names = states.map((_state, index) => `:from${index}`);
    const always = `#version = :version AND #state IN (${names.join(', ')})`;
    const from = Object.fromEntries(names.map((name, index) => [name, states[index]]));
    return conditionHeld(
      client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: itemKey(key),
          UpdateExpression: update,
          ConditionExpression: condition === undefined ? always : `${always} AND ${condition}`,
          ExpressionAttributeNames: { '#version': 'version', '#state': 'state' },
          ExpressionAttributeValues: { ':version': version, ...from, ...values },
        }),
      ),
    );
  };
  const changeOpen = changeIn.bind(undefined, ['living', 'doubted']);

  const queryShard = async (
    shard: number,
    limit: number,
    after: string | undefined,
    prefix: string,
  ): Promise<{ tokens: TokenFacts[]; unreadable: number; after: string | undefined }> => {
    const pk = shardName(shard);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ...projection,
        ExpressionAttributeValues: { ':pk': pk, ...(prefix === '' ? {} : { ':prefix': prefix }) },
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after } }),
      }),
    );
    const tokens = Items.flatMap((item) => TokenFacts.safeParse(item).data ?? []);
    return { tokens, unreadable: Items.length - tokens.length, after: LastEvaluatedKey?.sk as string | undefined };
  };

  const list = async (limit: number, cursor?: string, consumerId?: string): Promise<TokenPage> => {
    const prefix = consumerId === undefined ? '' : `${consumerId}#`;
    let [shard, after] = decodeCursor(cursor, prefix);
    const tokens: TokenFacts[] = [];
    let unreadable = 0;
    while (shard < shardCount && tokens.length < limit) {
      const page = await queryShard(shard, limit - tokens.length, after, prefix);
      tokens.push(...page.tokens);
      unreadable += page.unreadable;
      after = page.after;
      if (after === undefined) shard += 1;
    }
    const next = shard < shardCount ? encodeCursor(after === undefined ? [shard] : [shard, after]) : undefined;
    return { tokens, unreadable, cursor: next };
  };

  return namingFailures('TOKENS_UNAVAILABLE', {
    async read(key) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: itemKey(key), ConsistentRead: true }),
      );
      return Item && Token.parse(Item);
    },
    put: (token) =>
      conditionHeld(
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...itemKey(token), ...token },
            ConditionExpression: 'attribute_not_exists(pk) OR #person.#id = :id',
            ExpressionAttributeNames: { '#person': 'person', '#id': 'id' },
            ExpressionAttributeValues: { ':id': token.person.id },
          }),
        ),
      ),
    remove: (key, version) =>
      unlessRefused(
        client.send(
          new DeleteCommand({
            TableName: tableName,
            Key: itemKey(key),
            ReturnValues: 'ALL_OLD',
            ...(version === undefined
              ? {}
              : {
                  ConditionExpression: '#version = :version',
                  ExpressionAttributeNames: { '#version': 'version' },
                  ExpressionAttributeValues: { ':version': version },
                }),
          }),
        ),
      ).then((removed) => removed?.Attributes !== undefined),
    used: (key, version, at) =>
      changeOpen(key, version, {
        update:
          'SET lastUsedAtMillis = :at, #state = :living REMOVE warnedAtMillis, claimedUntilMillis, doubtedAtMillis, retryAtMillis',
        condition: 'lastUsedAtMillis <= :at',
        values: { ':at': at, ':living': 'living' },
      }),
    doubt: (key, version, at) =>
      changeIn(['living'], key, version, {
        update: 'SET #state = :doubted, doubtedAtMillis = :at',
        values: { ':doubted': 'doubted', ':at': at },
      }),
    markDead: (key, version, at) =>
      changeOpen(key, version, {
        update: 'SET #state = :dead, diedAtMillis = :at REMOVE sealed, claimedUntilMillis, retryAtMillis',
        values: { ':dead': 'dead', ':at': at },
      }),
    markTold: (key, version, at) =>
      changeIn(['dead'], key, version, { update: 'SET toldAtMillis = :at', values: { ':at': at } }),
    markWarned: (key, version, at) =>
      changeOpen(key, version, {
        update: 'SET warnedAtMillis = :at',
        condition: 'attribute_not_exists(warnedAtMillis)',
        values: { ':at': at },
      }),
    claim: (key, version, now, until) =>
      changeOpen(key, version, {
        update: 'SET claimedUntilMillis = :until',
        condition: '(attribute_not_exists(claimedUntilMillis) OR claimedUntilMillis <= :now)',
        values: { ':until': until, ':now': now },
      }),
    pause: (key, version, until) =>
      changeOpen(key, version, { update: 'SET retryAtMillis = :until', values: { ':until': until } }),
    list,
  });
};

const oneTimeKey = (name: string) => ({ pk: `ONCE#${name}`, sk: 'ONCE' });

export const createDynamoOneTimeStore = (client: DynamoDBDocumentClient, tableName: string): OneTimeStore =>
  namingFailures('TOKENS_UNAVAILABLE', {
    async put(name, value, expiresAtMillis) {
      const deleteAtSeconds = Math.ceil(expiresAtMillis / 1_000);
      await client.send(
        new PutCommand({ TableName: tableName, Item: { ...oneTimeKey(name), value, deleteAtSeconds } }),
      );
    },
    async peek(name) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: oneTimeKey(name), ConsistentRead: true }),
      );
      return Item?.value;
    },
    async take(name) {
      const { Attributes } = await client.send(
        new DeleteCommand({ TableName: tableName, Key: oneTimeKey(name), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes?.value;
    },
  });
