/**
 * Registrations in a table: an item for each sample, all in one partition, which lists them by id. The index has the drifted ones only.
 * The suspicions and the positions of the check are in partitions of their own.
 */
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { driftIndex } from '../../config/names.ts';
import { namingFailures } from '../../errors/store-failure.ts';
import { querySlice } from '../../storage/adapters/dynamodb-queries.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import { dayMillis } from '../../time/units.ts';
import {
  type CheckStore,
  keptWhileAbsentMillis,
  placeOf,
  placeOfSuspicion,
  Registration,
  type RegistrationStore,
  Suspicion,
  type Walk,
} from '../registration.ts';

const samples = 'SAMPLES';
const suspected = 'SUSPICIONS';
const keyOf = (sampleId: string) => ({ pk: samples, sk: sampleId });
const positionKeyOf = (walk: Walk) => ({ pk: 'CHECK', sk: walk.toUpperCase() });
/** The value of the index's partition key. */
const isDrifted = 'yes';

/** Most keys of one BatchGetItem (API reference). */
const mostKeys = 100;
/** Longer than any suspicion is tried. */
const suspicionKeptMillis = 7 * dayMillis;

const toItem = (registration: Registration) => {
  const { sampleId, absentSinceMillis } = registration;
  const place = placeOf(registration);
  return {
    ...keyOf(sampleId),
    ...registration,
    ...(place === undefined ? {} : { [driftIndex.partitionKey]: isDrifted, [driftIndex.sortKey]: place }),
    ...(absentSinceMillis === undefined
      ? {}
      : { deleteAtSeconds: Math.ceil((absentSinceMillis + keptWhileAbsentMillis) / 1_000) }),
  };
};

const keysOf = (sampleIds: readonly string[]): (readonly { pk: string; sk: string }[])[] => {
  const keys = [...new Set(sampleIds)].map(keyOf);
  return Array.from({ length: Math.ceil(keys.length / mostKeys) }, (_, at) =>
    keys.slice(at * mostKeys, (at + 1) * mostKeys),
  );
};

/** The key of the entry of the index at which a page ended. */
const toStartKey = (cursor: string) => ({
  ...keyOf(cursor.slice(cursor.indexOf('#') + 1)),
  [driftIndex.partitionKey]: isDrifted,
  [driftIndex.sortKey]: cursor,
});

export const createDynamoRegistrationStore = (client: DynamoDBDocumentClient, tableName: string): RegistrationStore => {
  /** What a batch leaves out is asked for again. */
  const readBatch = async (keys: readonly object[]): Promise<readonly Registration[]> => {
    const batch = { Keys: [...keys], ConsistentRead: true };
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetCommand({ RequestItems: { [tableName]: batch } }),
    );
    const found = (Responses?.[tableName] ?? []).map((item) => Registration.parse(item));
    const rest = UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (rest.length === keys.length) throw new Error('DynamoDB took none of the keys.');
    return rest.length === 0 ? found : [...found, ...(await readBatch(rest))];
  };

  return namingFailures('REGISTRATIONS_UNAVAILABLE', {
    async read(sampleId) {
      const get = new GetCommand({ TableName: tableName, Key: keyOf(sampleId), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && Registration.parse(Item);
    },
    write: (registration, versionBefore) =>
      conditionHeld(
        client.send(new PutCommand({ TableName: tableName, Item: toItem(registration), ...atVersion(versionBefore) })),
      ),
    remove: (sampleId, version) =>
      conditionHeld(
        client.send(new DeleteCommand({ TableName: tableName, Key: keyOf(sampleId), ...atVersion(version) })),
      ),
    async known(sampleIds) {
      const found: Registration[] = [];
      for (const keys of keysOf(sampleIds)) found.push(...(await readBatch(keys)));
      return found;
    },
    async walk(afterId, limit) {
      const behind = afterId === '' ? undefined : afterId;
      const { items } = await querySlice(client, tableName, samples, limit, behind);
      return items.map((item) => Registration.parse(item));
    },
    async drifted(limit, cursor) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: driftIndex.name,
          KeyConditionExpression: '#drifted = :yes',
          ExpressionAttributeNames: { '#drifted': driftIndex.partitionKey },
          ExpressionAttributeValues: { ':yes': isDrifted },
          Limit: limit,
          ...(cursor === undefined ? {} : { ExclusiveStartKey: toStartKey(cursor) }),
        }),
      );
      const next: unknown = LastEvaluatedKey?.[driftIndex.sortKey];
      return {
        registrations: Items.map((item) => Registration.parse(item)),
        cursor: typeof next === 'string' ? next : undefined,
      };
    },
  } satisfies RegistrationStore);
};

const suspicionKeyOf = (suspicion: Suspicion) => ({ pk: suspected, sk: placeOfSuspicion(suspicion) });

const toSuspicionItem = (suspicion: Suspicion) => ({
  ...suspicionKeyOf(suspicion),
  ...suspicion,
  deleteAtSeconds: Math.ceil((suspicion.notedAtMillis + suspicionKeptMillis) / 1_000),
});

/** No other suspicion has taken its place. */
const isStill = ({ notedAtMillis }: Suspicion) => ({
  ConditionExpression: 'notedAtMillis = :noted',
  ExpressionAttributeValues: { ':noted': notedAtMillis },
});

export const createDynamoCheckStore = (client: DynamoDBDocumentClient, tableName: string): CheckStore =>
  namingFailures('REGISTRATIONS_UNAVAILABLE', {
    async suspect(suspicion) {
      await client.send(new PutCommand({ TableName: tableName, Item: toSuspicionItem(suspicion) }));
    },
    async suspicions(limit, behind) {
      const { items } = await querySlice(client, tableName, suspected, limit, behind === '' ? undefined : behind);
      return items.map((item) => Suspicion.parse(item));
    },
    async clear(suspicion) {
      const named = { TableName: tableName, Key: suspicionKeyOf(suspicion) };
      await conditionHeld(client.send(new DeleteCommand({ ...named, ...isStill(suspicion) })));
    },
    async postpone(suspicion) {
      const named = { TableName: tableName, Item: toSuspicionItem(suspicion) };
      await conditionHeld(client.send(new PutCommand({ ...named, ...isStill(suspicion) })));
    },
    async readPosition(walk) {
      const get = new GetCommand({ TableName: tableName, Key: positionKeyOf(walk), ConsistentRead: true });
      const position: unknown = (await client.send(get)).Item?.position;
      return typeof position === 'string' ? position : '';
    },
    async writePosition(walk, position) {
      await client.send(new PutCommand({ TableName: tableName, Item: { ...positionKeyOf(walk), position } }));
    },
  } satisfies CheckStore);
