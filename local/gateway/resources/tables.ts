/** DynamoDB tables of the template. Time to live is left out: code compares instants itself, as it must on AWS too. */
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Stack } from '../template/stack.ts';
import { templateError } from '../twin-error.ts';
import { clientSettings } from './client-settings.ts';

const KeySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const Projection = z.object({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const Index = z.object({ IndexName: z.string(), KeySchema, Projection });
const Table = z.object({
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema,
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
});
type Table = z.output<typeof Table>;
/** zod's `undefined` members are absent members to the SDK. */
type CreateInput = ConstructorParameters<typeof CreateTableCommand>[0];

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const keyText = (keys: readonly KeySchemaElement[] = []): string =>
  keys.map((key) => `${key.KeyType}:${key.AttributeName}`).join(' ');
const indexText = (
  indexes: readonly { IndexName?: string | undefined; KeySchema?: KeySchemaElement[] | undefined }[] = [],
): string =>
  indexes
    .map((index) => `${index.IndexName} ${keyText(index.KeySchema)}`)
    .sort()
    .join('; ');
const shape = (table: TableDescription | Table): string =>
  [keyText(table.KeySchema), indexText(table.GlobalSecondaryIndexes), indexText(table.LocalSecondaryIndexes)].join(
    ' | ',
  );

const create = async (client: DynamoDBClient, name: string, table: Table): Promise<void> => {
  const input = { ...table, TableName: name, BillingMode: 'PAY_PER_REQUEST' } as CreateInput;
  await client.send(new CreateTableCommand(input));
  while ((await describe(client, name))?.TableStatus !== 'ACTIVE')
    await new Promise((resolve) => setTimeout(resolve, 10));
};

const createOrCheck = async (client: DynamoDBClient, stack: Stack, logicalId: string): Promise<void> => {
  const name = stack.reference(logicalId).ref;
  const table = stack.read(logicalId, Table);
  const existing = await describe(client, name);
  if (!existing) return create(client, name, table);
  if (shape(existing) !== shape(table))
    throw templateError(logicalId, 'the kept state has this table with other keys. Fix: start again with --fresh.');
};

/** Creates the tables that are not there yet. @throws TwinError when a kept table has other keys or indexes. */
export const createTables = async (stack: Stack, endpoint: string): Promise<void> => {
  const client = new DynamoDBClient(clientSettings(endpoint, stack.region));
  const tables = stack.ofType('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  await Promise.all(tables.map((logicalId) => createOrCheck(client, stack, logicalId))).finally(() => client.destroy());
};
