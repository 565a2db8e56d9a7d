import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { Sealed } from '../../credentials/envelope.ts';
import { namingFailures } from '../../errors/store-failure.ts';
import { type MirrorHeaderStore, mirrorPartition } from '../header-store.ts';

const keyOf = (mirror: string, host: string) => ({ pk: mirrorPartition(mirror), sk: `HEADER#${host}` });

/** One item for each mirror in the table of notifications, without an end of its own. */
export const createDynamoMirrorHeaders = (client: DynamoDBDocumentClient, tableName: string): MirrorHeaderStore =>
  namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async read(mirror, host) {
      const get = new GetCommand({ TableName: tableName, Key: keyOf(mirror, host), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && Sealed.parse(Item);
    },
    async write(mirror, host, { wrappedKey, nonce, ciphertext }) {
      const Item = { ...keyOf(mirror, host), wrappedKey, nonce, ciphertext };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
  });
