/** Bodies of items: in the item itself, or, where an item cannot hold them, in items of their own beside it. */
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';

/** An item has 400 KB at most (DynamoDB quotas), its keys and the deliveries of a notification included. */
const mostBodyBytes = 300_000;

type Body = { readonly body: Uint8Array } | { readonly parts: number; readonly writer: string };

const partPrefix = (writer: string): string => `PART#${writer}#`;

export const createBodies = (client: DynamoDBDocumentClient, tableName: string) => ({
  /** To be called before the item is written. @param writer tells the parts of one write from those of another. @returns attributes of the item. */
  async store(pk: string, bytes: Uint8Array, writer: string, deleteAtSeconds: number): Promise<Body> {
    if (bytes.byteLength <= mostBodyBytes) return { body: bytes };
    const parts = Math.ceil(bytes.byteLength / mostBodyBytes);
    for (let index = 0; index < parts; index += 1) {
      const body = bytes.subarray(index * mostBodyBytes, (index + 1) * mostBodyBytes);
      const sk = partPrefix(writer) + String(index).padStart(4, '0');
      await client.send(new PutCommand({ TableName: tableName, Item: { pk, sk, body, deleteAtSeconds } }));
    }
    return { parts, writer };
  },
  /** @returns undefined when parts are gone: they expire with their item, not all at once. */
  async load(pk: string, item: Readonly<Record<string, unknown>>): Promise<Uint8Array | undefined> {
    if (item.parts === undefined) return item.body as Uint8Array;
    const parts = await queryAll(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': pk, ':prefix': partPrefix(String(item.writer)) },
    });
    return parts.length === item.parts ? Buffer.concat(parts.map(({ body }) => body as Uint8Array)) : undefined;
  },
});
