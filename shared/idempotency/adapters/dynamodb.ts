import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { conditionHeld } from '../../storage/conditional-write.ts';
import { IdempotencyRecord, type IdempotencyStore } from '../record.ts';

const keyOf = (name: string) => ({ pk: `IDEMPOTENCY#${name}`, sk: 'KEY' });

/** Records can appear and disappear between reads: after this many reads the caller is asked to retry. */
const mostLooks = 5;

export const createDynamoIdempotencyStore = (client: DynamoDBDocumentClient, tableName: string): IdempotencyStore => {
  const owned = ({ owner }: IdempotencyRecord) => ({
    ConditionExpression: '#owner = :owner',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: { ':owner': owner },
  });

  /** False if another record blocks it. */
  const putFirst = (name: string, record: IdempotencyRecord, nowMillis: number): Promise<boolean> => {
    const isOver = 'attribute_not_exists(#outcome) AND #lease <= :now AND #fingerprint = :fingerprint';
    return conditionHeld(
      client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...keyOf(name), ...record },
          // A record of the same owner is from a try whose answer was lost.
          ConditionExpression: `attribute_not_exists(pk) OR #deleteAt <= :nowSeconds OR #owner = :owner OR (${isOver})`,
          ExpressionAttributeNames: {
            '#outcome': 'outcome',
            '#lease': 'leaseUntilMillis',
            '#fingerprint': 'fingerprint',
            '#deleteAt': 'deleteAtSeconds',
            '#owner': 'owner',
          },
          ExpressionAttributeValues: {
            ':now': nowMillis,
            ':nowSeconds': nowMillis / 1_000,
            ':fingerprint': record.fingerprint,
            ':owner': record.owner,
          },
        }),
      ),
    );
  };

  const read = async (name: string): Promise<IdempotencyRecord | undefined> => {
    const get = new GetCommand({ TableName: tableName, Key: keyOf(name), ConsistentRead: true });
    const { Item } = await client.send(get);
    return Item && IdempotencyRecord.parse(Item);
  };

  return {
    async begin(name, record, nowMillis) {
      for (let look = 1; look <= mostLooks; look += 1) {
        if (await putFirst(name, record, nowMillis)) return undefined;
        const standing = await read(name);
        if (standing) return standing;
      }
      throw new Error('The record under an idempotency key came and went too often');
    },
    async finish(name, record, outcome) {
      const Item = { ...keyOf(name), ...record, outcome };
      return conditionHeld(client.send(new PutCommand({ TableName: tableName, Item, ...owned(record) })));
    },
    async release(name, record) {
      const remove = new DeleteCommand({ TableName: tableName, Key: keyOf(name), ...owned(record) });
      await conditionHeld(client.send(remove));
    },
  };
};
