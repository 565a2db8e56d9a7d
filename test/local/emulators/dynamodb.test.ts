/** The DynamoDB contract that the facade's adapters lean on, on both engines. */
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type DynamoDbOptions, startDynamoDb } from '../../../local/emulators/dynamodb.ts';
import { dynoxidePath } from '../../../local/emulators/dynoxide.ts';
import { closedAfterTest, dynamoDbClient, temporaryFolder } from '../../support/aws.ts';
import { createTable } from '../../support/tables.ts';

const TableName = 'things';

const Key = { pk: { S: 'p' }, sk: { S: 's' } };

const dynamoDbContract = (engine: NonNullable<DynamoDbOptions['engine']>) => {
  const start = (options: DynamoDbOptions = {}) => closedAfterTest(startDynamoDb({ ...options, engine }));
  const withTable = async () => {
    const client = dynamoDbClient((await start()).url);
    await createTable(client, TableName);
    return client;
  };

  it('listens on 127.0.0.1 and reports the port it took', async () => {
    expect((await start()).url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
  });

  it('uses a table right after it was created', async () => {
    const client = await withTable();
    await client.send(new PutItemCommand({ TableName, Item: { ...Key, value: { N: '1' } } }));
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    expect(Item).toEqual({ ...Key, value: { N: '1' } });
  });

  it('lets exactly one of 25 concurrent conditional creations win', async () => {
    const client = await withTable();
    const create = (n: number) =>
      new PutItemCommand({
        TableName,
        Item: { ...Key, winner: { N: String(n) } },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, (_, n) => client.send(create(n))));
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refusals).toHaveLength(24);
    expect(refusals.every((reason) => reason instanceof ConditionalCheckFailedException)).toBe(true);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
    expect(Item?.winner?.N).toBe(String(outcomes.findIndex((outcome) => outcome.status === 'fulfilled')));
  });

  it('gives 25 concurrent atomic additions the totals 1 to 25, none twice', async () => {
    const client = await withTable();
    const add = () =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'ADD counted :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
          ReturnValues: 'UPDATED_NEW',
        }),
      );
    const answers = await Promise.all(Array.from({ length: 25 }, add));
    const totals = answers.map(({ Attributes }) => Number(Attributes?.counted?.N)).sort((a, b) => a - b);
    expect(totals).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
  });

  it('never passes a limit that 25 concurrent conditional updates push against', async () => {
    const client = await withTable();
    const spend = () =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'ADD spent :one',
          ConditionExpression: 'attribute_not_exists(spent) OR spent < :limit',
          ExpressionAttributeValues: { ':one': { N: '1' }, ':limit': { N: '10' } },
        }),
      );
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, spend));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
    expect(Item?.spent?.N).toBe('10');
  });

  it('pages a query over sort keys in their order', async () => {
    const client = await withTable();
    for (const sk of ['c', 'a', 'b'])
      await client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'p' }, sk: { S: sk } } }));
    const query = {
      TableName,
      Limit: 2,
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'p' } },
    };
    const first = await client.send(new QueryCommand(query));
    const second = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }));
    expect([...(first.Items ?? []), ...(second.Items ?? [])].map((item) => item.sk?.S)).toEqual(['a', 'b', 'c']);
  });

  it('keeps tables and items over a restart on the same folder', async () => {
    const stateDir = await temporaryFolder();
    const before = await start({ stateDir });
    await createTable(dynamoDbClient(before.url), TableName);
    await dynamoDbClient(before.url).send(new PutItemCommand({ TableName, Item: { ...Key, value: { S: 'kept' } } }));
    await before.close();
    const after = await start({ stateDir });
    const { Item } = await dynamoDbClient(after.url).send(new GetItemCommand({ TableName, Key }));
    expect(Item?.value?.S).toBe('kept');
  });

  it('frees its port when it closes, and closes twice', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    await dynamoDbClient(first.url)
      .send(new GetItemCommand({ TableName, Key }))
      .catch(() => {});
    await Promise.all([first.close(), first.close()]);
    expect((await start({ port })).url).toBe(first.url);
  });
};

describe('DynamoDB contract: dynalite', () => dynamoDbContract('dynalite'));

describe.skipIf(dynoxidePath() === undefined)('DynamoDB contract: dynoxide (skipped where its binary is absent)', () =>
  dynamoDbContract('dynoxide'),
);
