/** AuditChainStore in the table of the archive: an item for each segment, and one for the state. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { auditChainKeys } from '../../config/names.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import { type AuditChainStore, noState, type SegmentClaim } from '../stores.ts';

const claimKey = (number: number) => ({ pk: auditChainKeys.claims, sk: String(number).padStart(12, '0') });
const stateKey = { pk: auditChainKeys.state, sk: auditChainKeys.state };

const toClaim = (item: Record<string, unknown> | undefined): SegmentClaim | undefined => {
  if (!item) return undefined;
  const { pk: _, sk: _sk, ...claim } = item;
  return claim as unknown as SegmentClaim;
};

export const createDynamoAuditChain = (client: DynamoDBDocumentClient, tableName: string): AuditChainStore => {
  const get = async (Key: { readonly pk: string; readonly sk: string }) =>
    (await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item;
  const put = (Item: object, version: number) =>
    conditionHeld(client.send(new PutCommand({ TableName: tableName, Item, ...atVersion(version) })));
  return {
    async lastClaim() {
      const { Items = [] } = await client.send(
        new QueryCommand({
          ...{ TableName: tableName, ConsistentRead: true, Limit: 1, ScanIndexForward: false },
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': auditChainKeys.claims },
        }),
      );
      return toClaim(Items[0]);
    },
    readClaim: async (number) => toClaim(await get(claimKey(number))),
    putClaim: (claim) => put({ ...claimKey(claim.number), ...claim }, 0),
    async readState() {
      const { pk: _, sk: _sk, ...state } = (await get(stateKey)) ?? {};
      return { ...noState, ...state };
    },
    writeState: (after) => put({ ...stateKey, ...after }, after.version - 1),
  };
};
