import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { RequestRecord } from '../decision.ts';
import type { RequestStore } from '../request-log.ts';

const itemKey = (requestId: string) => ({ pk: `REQUEST#${requestId}`, sk: 'REQUEST' });

/** One item of less than 1 KiB for each request: one write unit. */
export const createDynamoRequestStore = (client: DynamoDBDocumentClient, tableName: string): RequestStore => ({
  async put(record) {
    await client.send(new PutCommand({ TableName: tableName, Item: { ...itemKey(record.requestId), ...record } }));
  },
  async read(requestId) {
    const get = new GetCommand({ TableName: tableName, Key: itemKey(requestId), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item && RequestRecord.parse(Item);
  },
});
