/** The table of notifications with its index, as infra makes it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { receiptIndex, tableAttributes } from '../../shared/config/names.ts';
import { closedAfterTest, dynamoDbClient } from '../support/aws.ts';

const keys = ({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) => [
  { AttributeName: partitionKey, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];
const untilActive = async (client: DynamoDBClient, tableName: string): Promise<void> => {
  const describe = new DescribeTableCommand({ TableName: tableName });
  while ((await client.send(describe)).Table?.TableStatus !== 'ACTIVE') await sleep(5);
};

/** On an engine of its own. */
export const freshNotificationsTable = async (engine: 'dynalite' | 'dynoxide' = 'dynalite') => {
  const { url } = await closedAfterTest(startDynamoDb({ engine }));
  const client = dynamoDbClient(url);
  const tableName = `notifications-${randomUUID()}`;
  const names = [...keys(tableAttributes), ...keys(receiptIndex)].map(({ AttributeName }) => AttributeName);
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: keys(tableAttributes),
      GlobalSecondaryIndexes: [
        { IndexName: receiptIndex.name, KeySchema: keys(receiptIndex), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ],
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    }),
  );
  await untilActive(client, tableName);
  const marshallOptions = { removeUndefinedValues: true };
  return { dynamo: DynamoDBDocumentClient.from(client, { marshallOptions }), client, tableName };
};
