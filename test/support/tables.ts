import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamoDb } from '../../local/emulators/dynamodb.ts';
import { tableAttributes } from '../../shared/config/names.ts';
import { closedAfterTest, dynamoDbClient } from './aws.ts';

/** A fresh table with the keys that every table of the facade has, on an engine of its own. */
export const freshTable = async (): Promise<{ dynamo: DynamoDBDocumentClient; tableName: string }> => {
  const { url } = await closedAfterTest(startDynamoDb({}));
  const client = dynamoDbClient(url);
  const { partitionKey, sortKey } = tableAttributes;
  await client.send(
    new CreateTableCommand({
      TableName: 'table',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: partitionKey, KeyType: 'HASH' },
        { AttributeName: sortKey, KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: partitionKey, AttributeType: 'S' },
        { AttributeName: sortKey, AttributeType: 'S' },
      ],
    }),
  );
  const marshallOptions = { removeUndefinedValues: true };
  return { dynamo: DynamoDBDocumentClient.from(client, { marshallOptions }), tableName: 'table' };
};
