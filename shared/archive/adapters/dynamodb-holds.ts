/** HoldStore in the table of the archive: one item for each experiment that has or had a hold. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { querySlice } from '../../storage/adapters/dynamodb-queries.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import { HeldEntity, type HoldStore } from '../holds/hold-record.ts';

const partition = 'HOLDS';

export const createDynamoHoldStore = (client: DynamoDBDocumentClient, TableName: string): HoldStore =>
  namingFailures('ARCHIVE_UNAVAILABLE', {
    async readHeld(eid) {
      const { Item } = await client.send(
        new GetCommand({ TableName, Key: { pk: partition, sk: eid }, ConsistentRead: true }),
      );
      return Item && HeldEntity.parse(Item);
    },
    writeHeld: (after) =>
      conditionHeld(
        client.send(
          new PutCommand({
            TableName,
            Item: { pk: partition, sk: after.eid, ...after },
            ...atVersion(after.version - 1),
          }),
        ),
      ),
    async listHeld(limit, behind) {
      const { items, cursor } = await querySlice(client, TableName, partition, limit, behind);
      const held = items.map((item) => HeldEntity.parse(item));
      return cursor === undefined ? { held } : { held, cursor };
    },
  });
