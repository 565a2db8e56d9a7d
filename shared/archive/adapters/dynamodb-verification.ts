/** VerificationStore in the table of the archive: one item for the state, and one for each open fault. */
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import {
  faultIdOf,
  OpenFault,
  VerificationState,
  type VerificationStore,
} from '../verification/verification-record.ts';

const stateKey = { pk: 'VERIFICATION', sk: 'STATE' };
const faultsPartition = 'FAULTS';

export const createDynamoVerificationStore = (client: DynamoDBDocumentClient, TableName: string): VerificationStore =>
  namingFailures('ARCHIVE_UNAVAILABLE', {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: stateKey, ConsistentRead: true }));
      return Item ? VerificationState.parse(Item) : { version: 0 };
    },
    write: (after) =>
      conditionHeld(
        client.send(new PutCommand({ TableName, Item: { ...stateKey, ...after }, ...atVersion(after.version - 1) })),
      ),
    async listFaults() {
      const items = await queryAll(client, {
        ...{ TableName, ConsistentRead: true, KeyConditionExpression: 'pk = :pk' },
        ExpressionAttributeValues: { ':pk': faultsPartition },
      });
      return items.map((item) => OpenFault.parse(item));
    },
    async putFault(fault) {
      await client.send(new PutCommand({ TableName, Item: { pk: faultsPartition, sk: faultIdOf(fault), ...fault } }));
    },
    async removeFault(id) {
      await client.send(new DeleteCommand({ TableName, Key: { pk: faultsPartition, sk: id } }));
    },
  });
