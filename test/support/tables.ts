import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { tableAttributes } from '../../shared/config/names.ts';
import { closedAfterTest, dynamoDbClient } from './aws.ts';

export type TableIndex = { readonly name: string; readonly partitionKey: string; readonly sortKey: string };

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
              Projection: { ProjectionType: 'ALL' as const },
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

/** A fresh table on an engine of its own. */
export const freshTable = async (
  indexes: readonly TableIndex[] = [],
): Promise<{ dynamo: DynamoDBDocumentClient; tableName: string }> => {
  const { url } = await closedAfterTest(startDynamoDb({}));
  const client = dynamoDbClient(url);
  await createTable(client, 'table', indexes);
  const marshallOptions = { removeUndefinedValues: true };
  return { dynamo: DynamoDBDocumentClient.from(client, { marshallOptions }), tableName: 'table' };
};
