/** Tables on the embedded engines of DynamoDB. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import type { Emulator } from '../../local/emulators/loopback.ts';
import { tableAttributes } from '../../shared/config/names.ts';
import { dynamoDbClient } from './aws.ts';
import { isFull } from './test-size.ts';

export type TableIndex = {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly projection?: 'ALL' | 'KEYS_ONLY';
};
export type Engine = 'dynalite' | 'dynoxide';

/** Creates a table with the keys that every table of the facade has. When it resolves, the table takes requests. */
export const createTable = async (
  client: DynamoDBClient,
  tableName: string,
  indexes: readonly TableIndex[] = [],
): Promise<void> => {
  const { partitionKey, sortKey } = tableAttributes;
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' },
        { AttributeName: sortKey, KeyType: 'RANGE' },
      ],
      ...(indexes.length === 0
        ? {}
        : {
            GlobalSecondaryIndexes: indexes.map((index) => ({
              IndexName: index.name,
              KeySchema: [
                { AttributeName: index.partitionKey, KeyType: 'HASH' as const },
                { AttributeName: index.sortKey, KeyType: 'RANGE' as const },
              ],
              Projection: { ProjectionType: index.projection ?? ('ALL' as const) },
            })),
          }),
      AttributeDefinitions: [
        ...new Set([partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])]),
      ].map((name) => ({
        AttributeName: name,
        AttributeType: 'S' as const,
      })),
    }),
  );
  const isActive = async (): Promise<boolean> =>
    (await client.send(new DescribeTableCommand({ TableName: tableName }))).Table?.TableStatus === 'ACTIVE';
  while (!(await isActive())) await sleep(5);
};

let dynalite: Promise<Emulator> | undefined;

/** One engine serves all tests: dynalite those of a process, dynoxide those of a run. */
const urlOf = async (engine: Engine): Promise<string> => {
  if (engine === 'dynoxide') return inject('dynoxideUrl');
  dynalite ??= startDynamoDb({});
  return (await dynalite).url;
};

/**
 * Engines that stores are held to their contracts on. At the small size one: dynoxide takes half of the processor that dynalite does. At
 * full size both.
 */
export const engines = (): readonly [Engine, ...Engine[]] => {
  if (inject('dynoxideUrl') === '') return ['dynalite'];
  return isFull ? ['dynalite', 'dynoxide'] : ['dynoxide'];
};

/** A table that no other test knows, and a client that goes with the running test. */
export const freshTable = async (indexes: readonly TableIndex[] = [], engine = engines()[0]) => {
  const client = dynamoDbClient(await urlOf(engine));
  const tableName = `table-${randomUUID()}`;
  await createTable(client, tableName, indexes);
  const marshallOptions = { removeUndefinedValues: true };
  return { client, dynamo: DynamoDBDocumentClient.from(client, { marshallOptions }), tableName };
};
