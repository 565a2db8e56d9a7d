/** BackfillStore in the table of the archive: one item for each backfill. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import { Backfill, type BackfillStore } from '../backfills/backfill-record.ts';

const partition = 'BACKFILLS';
/** Sorts by number. */
const keyOf = (id: number) => ({ pk: partition, sk: String(id).padStart(6, '0') });

export const createDynamoBackfillStore = (client: DynamoDBDocumentClient, TableName: string): BackfillStore =>
  namingFailures('ARCHIVE_UNAVAILABLE', {
    async readBackfill(id) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: keyOf(id), ConsistentRead: true }));
      return Item && Backfill.parse(Item);
    },
    writeBackfill: (after) =>
      conditionHeld(
        client.send(
          new PutCommand({ TableName, Item: { ...keyOf(after.id), ...after }, ...atVersion(after.version - 1) }),
        ),
      ),
    async listBackfills(Limit) {
      const { Items = [] } = await client.send(
        new QueryCommand({
          ...{ TableName, Limit, ConsistentRead: true, ScanIndexForward: false, KeyConditionExpression: 'pk = :pk' },
          ExpressionAttributeValues: { ':pk': partition },
        }),
      );
      return Items.map((item) => Backfill.parse(item));
    },
  });
