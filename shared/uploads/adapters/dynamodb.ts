import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { conditionHeld } from '../../storage/conditional-write.ts';
import { Upload, type UploadStore } from '../upload-record.ts';

const itemKey = (id: string) => ({ pk: `UPLOAD#${id}`, sk: 'UPLOAD' });

export const createDynamoUploadStore = (client: DynamoDBDocumentClient, tableName: string): UploadStore =>
  namingFailures('UPLOADS_UNAVAILABLE', {
    async create(upload) {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...itemKey(upload.id), ...upload },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      );
    },
    async read(id) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: itemKey(id), ConsistentRead: true }),
      );
      return Item && Upload.parse(Item);
    },
    async replace(before, after) {
      const leased = before.leaseUntilMillis !== undefined;
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...itemKey(after.id), ...after },
        ConditionExpression: `#state = :state AND ${leased ? '#lease = :lease' : 'attribute_not_exists(#lease)'}`,
        ExpressionAttributeNames: { '#state': 'state', '#lease': 'leaseUntilMillis' },
        ExpressionAttributeValues: { ':state': before.state, ...(leased ? { ':lease': before.leaseUntilMillis } : {}) },
      });
      return conditionHeld(client.send(put));
    },
    async remove(id) {
      await client.send(new DeleteCommand({ TableName: tableName, Key: itemKey(id) }));
    },
  });
