/** Documents of entities in the table of notifications: an item for each entity, which TTL removes. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { deflate, inflate } from '../../notifications/adapters/compact.ts';
import { toFifoText } from '../../queues/fifo-text.ts';
import { documentKeptMillis, type EntityDocuments } from '../entity-document.ts';

const keyOf = (entity: string) => ({ pk: `DOCUMENT#${toFifoText(entity)}`, sk: 'DOCUMENT' });

const Item = z.object({
  entity: z.string(),
  asOfMillis: z.number(),
  state: z.enum(['read', 'too-large', 'not-shown', 'failed']),
  digest: z.string().optional(),
  body: z.instanceof(Uint8Array).optional(),
});

/** 256 KiB of JSON, deflated, fit into an item of 400 KB. */
export const createDynamoEntityDocuments = (client: DynamoDBDocumentClient, tableName: string): EntityDocuments =>
  namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async read(entity) {
      const found = await client.send(
        new GetCommand({ TableName: tableName, Key: keyOf(entity), ConsistentRead: true }),
      );
      if (!found.Item) return undefined;
      const { body, ...rest } = Item.parse(found.Item);
      return body === undefined ? rest : { ...rest, document: JSON.parse(inflate(body).toString()) };
    },
    async write({ document, ...facts }) {
      const body = document === undefined ? {} : { body: deflate(Buffer.from(JSON.stringify(document))) };
      const deleteAtSeconds = Math.ceil((facts.asOfMillis + documentKeptMillis) / 1_000);
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...keyOf(facts.entity), ...facts, ...body, deleteAtSeconds },
        ConditionExpression: 'attribute_not_exists(pk) OR asOfMillis <= :asOfMillis',
        ExpressionAttributeValues: { ':asOfMillis': facts.asOfMillis },
      });
      try {
        await client.send(put);
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  } satisfies EntityDocuments);
