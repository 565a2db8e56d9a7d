import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { RequestRecord } from '../../exchange/decision.ts';
import type { RequestStore } from '../request-log.ts';

const itemKey = (requestId: string) => ({ pk: `REQUEST#${requestId}`, sk: 'REQUEST' });

/** One item of less than 1 KiB for each request: one write unit. */
export const createDynamoRequestStore = (client: DynamoDBDocumentClient, tableName: string): RequestStore =>
  namingFailures('REQUESTS_UNAVAILABLE', {
    async put(record) {
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...itemKey(record.requestId), ...record },
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      await client.send(put).catch((error: unknown) => {
        // As a rule this very record, put by a try whose answer was lost.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },
    async read(requestId) {
      const get = new GetCommand({ TableName: tableName, Key: itemKey(requestId), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && RequestRecord.parse(Item);
    },
  });
