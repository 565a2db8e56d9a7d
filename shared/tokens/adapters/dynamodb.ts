import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { OneTimeStore } from '../one-time.ts';
import { recordOf, Token, TokenFacts, type TokenKey, type TokenPage, type TokenStore } from '../token.ts';

/** All tokens lie in these partitions: they can be listed without a scan, and no index can disagree with them. */
const shardCount = 16;
const shardName = (shard: number): string => `TOKENS#${shard}`;

const itemKey = (key: TokenKey) => ({
  pk: shardName((createHash('sha256').update(recordOf(key)).digest()[0] as number) % shardCount),
  sk: `${key.consumerId}#${key.upstream}#${key.subject}`,
});

const isRefused = (error: unknown): false => {
  if (error instanceof ConditionalCheckFailedException) return false;
  throw error;
};

const Cursor = z.tuple([z.number().int().min(0).max(shardCount), z.string().optional()]);
type Cursor = z.infer<typeof Cursor>;

const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** An unreadable one begins anew. */
const decodeCursor = (text: string | undefined): Cursor => {
  try {
    return text === undefined ? [0] : Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return [0];
  }
};

const factNames = Object.keys(TokenFacts.shape);
const projection = {
  ProjectionExpression: factNames.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(factNames.map((name) => [`#${name}`, name])),
};

export const createDynamoTokenStore = (client: DynamoDBDocumentClient, tableName: string): TokenStore => {
  /** Changes the living token of this version. */
  const change = (key: TokenKey, version: string, update: string, condition: string, values: object) =>
    client
      .send(
        new UpdateCommand({
          TableName: tableName,
          Key: itemKey(key),
          UpdateExpression: update,
          ConditionExpression: `#version = :version AND #state = :living AND ${condition}`,
          ExpressionAttributeNames: { '#version': 'version', '#state': 'state' },
          ExpressionAttributeValues: { ':version': version, ':living': 'living', ...values },
        }),
      )
      .then(() => true, isRefused);

  const queryShard = async (
    shard: number,
    limit: number,
    after: string | undefined,
    consumerId: string | undefined,
  ) => {
    const pk = shardName(shard);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: consumerId === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ...projection,
        ExpressionAttributeValues: {
          ':pk': pk,
          ...(consumerId === undefined ? {} : { ':prefix': `${consumerId}#` }),
        },
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after } }),
      }),
    );
    return { tokens: Items.map((item) => TokenFacts.parse(item)), after: LastEvaluatedKey?.sk as string | undefined };
  };

  const list = async (limit: number, cursor?: string, consumerId?: string): Promise<TokenPage> => {
    let [shard, after] = decodeCursor(cursor);
    const tokens: TokenFacts[] = [];
    while (shard < shardCount && tokens.length < limit) {
      const page = await queryShard(shard, limit - tokens.length, after, consumerId);
      tokens.push(...page.tokens);
      after = page.after;
      if (after === undefined) shard += 1;
    }
    return {
      tokens,
      cursor: shard < shardCount ? encodeCursor(after === undefined ? [shard] : [shard, after]) : undefined,
    };
  };

  return {
    async read(key) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: itemKey(key), ConsistentRead: true }),
      );
      return Item && Token.parse(Item);
    },
    async put(token) {
      await client.send(new PutCommand({ TableName: tableName, Item: { ...itemKey(token), ...token } }));
    },
    async remove(key) {
      const { Attributes } = await client.send(
        new DeleteCommand({ TableName: tableName, Key: itemKey(key), ReturnValues: 'ALL_OLD' }),
      );
      return Attributes !== undefined;
    },
    used: (key, version, at) =>
      change(
        key,
        version,
        'SET lastUsedAtMillis = :at REMOVE warnedAtMillis, claimedUntilMillis',
        'lastUsedAtMillis <= :at',
        { ':at': at },
      ),
    markDead: (key, version, at) =>
      change(
        key,
        version,
        'SET #state = :dead, diedAtMillis = :at REMOVE sealed, claimedUntilMillis',
        'attribute_exists(pk)',
        { ':dead': 'dead', ':at': at },
      ),
    markWarned: (key, version, at) =>
      change(key, version, 'SET warnedAtMillis = :at', 'attribute_not_exists(warnedAtMillis)', { ':at': at }),
    claim: (key, version, now, until) =>
      change(
        key,
        version,
        'SET claimedUntilMillis = :until',
        '(attribute_not_exists(claimedUntilMillis) OR claimedUntilMillis <= :now)',
        { ':until': until, ':now': now },
      ),
    list,
  };
};

const oneTimeKey = (name: string) => ({ pk: `ONCE#${name}`, sk: 'ONCE' });

export const createDynamoOneTimeStore = (client: DynamoDBDocumentClient, tableName: string): OneTimeStore => ({
  async put(name, value, expiresAtMillis) {
    const deleteAtSeconds = Math.ceil(expiresAtMillis / 1_000);
    await client.send(new PutCommand({ TableName: tableName, Item: { ...oneTimeKey(name), value, deleteAtSeconds } }));
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
