import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Sealed } from '../../credentials/envelope.ts';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import type { Definition, DefinitionStore, Kind, Removal } from '../definition.ts';
import { Fields } from '../field.ts';

const Bytes = z.instanceof(Uint8Array);
const common = {
  name: z.string(),
  version: z.int(),
  caller: z.object({
    name: z.string(),
    values: z.array(z.object({ salt: Bytes, hash: Bytes, sinceMillis: z.number() })),
  }),
  fields: Fields,
  key: z.string(),
  header: z.object({ name: z.string(), origin: z.string(), sealed: Sealed, setAtMillis: z.number() }).optional(),
  freshSeconds: z.int(),
  staleSeconds: z.int(),
  createdAtMillis: z.number(),
  changedAtMillis: z.number(),
};
const Stored = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('list'),
    origin: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('table') }),
      z.object({ kind: z.literal('csv'), object: z.string() }),
      z.object({ kind: z.literal('url'), url: z.string() }),
    ]),
  }),
  z.object({
    ...common,
    kind: z.literal('source'),
    urls: z.object({ read: z.string(), create: z.string().optional(), update: z.string().optional() }),
  }),
]);

const keyOf = ({ kind, name }: { kind: Kind; name: string }) => ({ pk: `DEFINITION#${kind}`, sk: name });

const StoredRemoval = z.object({ name: z.string(), createdAtMillis: z.number(), notedAtMillis: z.number() });
const removals = 'REMOVAL#list';
const removalKey = ({ name, createdAtMillis }: Removal) => ({ pk: removals, sk: `${name}#${createdAtMillis}` });

/** An item for each definition, and a partition for each kind. Notes of removals are in one of their own. */
export const createDynamoDefinitions = (client: DynamoDBDocumentClient, tableName: string): DefinitionStore => {
  const partition = (pk: string) =>
    queryAll(client, {
      ...{ TableName: tableName, ConsistentRead: true },
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
    });
  return namingFailures('LISTS_UNAVAILABLE', {
    async read(kind: Kind, name: string): Promise<Definition | undefined> {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: keyOf({ kind, name }), ConsistentRead: true }),
      );
      return Item && Stored.parse(Item);
    },
    async list(kind: Kind): Promise<readonly Definition[]> {
      return (await partition(keyOf({ kind, name: '' }).pk)).map((item) => Stored.parse(item));
    },
    write: (definition: Definition, insteadOf: number) =>
      conditionHeld(
        client.send(
          new PutCommand({
            ...{ TableName: tableName, Item: { ...keyOf(definition), ...definition } },
            ...atVersion(insteadOf),
          }),
        ),
      ),
    remove: (definition: Pick<Definition, 'kind' | 'name' | 'version'>) =>
      conditionHeld(
        client.send(
          new DeleteCommand({ TableName: tableName, Key: keyOf(definition), ...atVersion(definition.version) }),
        ),
      ),
    async noteRemoval(removal: Removal): Promise<void> {
      const Item = { ...removalKey(removal), ...removal };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
    async removals(): Promise<readonly Removal[]> {
      return (await partition(removals)).map((item) => StoredRemoval.parse(item));
    },
    async forgetRemoval(removal: Removal): Promise<void> {
      await client.send(new DeleteCommand({ TableName: tableName, Key: removalKey(removal) }));
    },
  });
};
