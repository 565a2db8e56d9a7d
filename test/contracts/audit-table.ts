/** The audit table with its indexes, as infra/constructs/audit-table.ts has them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { auditIndexes, tableAttributes } from '../../shared/config/names.ts';
import { closedAfterTest, dynamoDbClient } from '../support/aws.ts';

const { partitionKey, sortKey } = tableAttributes;
const keys = (hash: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: sortKey, KeyType: 'RANGE' as const },
];
const index = (IndexName: string, hash: string) => ({
  IndexName,
  KeySchema: keys(hash),
  Projection: { ProjectionType: 'ALL' as const },
});

const untilActive = async (client: DynamoDBClient, tableName: string): Promise<void> => {
  const describe = new DescribeTableCommand({ TableName: tableName });
  while ((await client.send(describe)).Table?.TableStatus !== 'ACTIVE') await sleep(5);
};

/** An engine of its own for the running test, and a fresh table on it with each call. */
export const startAuditTables = async (engine: 'dynalite' | 'dynoxide' = 'dynalite') => {
  const { url } = await closedAfterTest(startDynamoDb({ engine }));
  const client = dynamoDbClient(url);
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return async () => {
    const tableName = `audit-${randomUUID()}`;
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keys(partitionKey),
        GlobalSecondaryIndexes: [index(auditIndexes.byConsumer, 'consumer'), index(auditIndexes.byEntity, 'entity')],
        AttributeDefinitions: [partitionKey, sortKey, 'consumer', 'entity'].map((name) => ({
          AttributeName: name,
          AttributeType: 'S' as const,
        })),
      }),
    );
    await untilActive(client, tableName);
    return { dynamo, tableName };
  };
};
