import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import type { MirrorHeaderStore } from '../header-store.ts';

const keyOf = (mirror: string) => ({ pk: `MIRROR#${mirror}`, sk: 'HEADER' });

const Bytes = z.instanceof(Uint8Array);
const Stored = z.object({ wrappedKey: Bytes, nonce: Bytes, ciphertext: Bytes });

/** One item for each mirror in the table of notifications, without an end of its own. */
export const createDynamoMirrorHeaders = (client: DynamoDBDocumentClient, tableName: string): MirrorHeaderStore =>
  namingFailures('NOTIFICATIONS_UNAVAILABLE', {
    async read(mirror) {
      const get = new GetCommand({ TableName: tableName, Key: keyOf(mirror), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && Stored.parse(Item);
    },
    async write(mirror, { wrappedKey, nonce, ciphertext }) {
      const Item = { ...keyOf(mirror), wrappedKey, nonce, ciphertext };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },
  });
