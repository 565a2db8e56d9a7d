/** Copies as compressed bytes in a table. One that does not fit into an item lies in parts, which the item of the copy names. */
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { queryAll } from '../../storage/adapters/dynamodb-queries.ts';
import type { Clock } from '../../time/clock.ts';
import type { Copy, CopyStore } from '../definition.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** An item has 400 KB at most, with its names (DynamoDB quotas). */
const mostPartBytes = 350_000;
/** Above what the facade ever stores: a list has at most 16 Mi characters (items.ts), each up to three bytes. */
const mostTextBytes = 64 * 1_048_576;
/** Parts of a copy that was replaced may be under way to a reader. */
const replacedLifeSeconds = 3_600;
/** No function writes for so long: whoever began then has died. */
const abandonedMillis = 3_600_000;

const Bytes = z.instanceof(Uint8Array);
const Item = z.object({
  storedAtMillis: z.number(),
  bytes: Bytes.optional(),
  /** Names its parts. */
  batch: z.string().optional(),
  parts: z.int().optional(),
});
type Item = z.infer<typeof Item>;

/** Parts that stay. It is there before the first of them, and goes when they have an end: whoever finds it later may end what no item names. */
const Begun = z.object({ sk: z.string(), parts: z.int(), beganMillis: z.number() });

const itemKey = (key: string) => ({ pk: `COPY#${key}`, sk: 'COPY' });
const partKey = (key: string, batch: string, part: number) => ({
  pk: `PARTS#${key}#${batch}`,
  sk: String(part).padStart(4, '0'),
});

const begunKey = (key: string, batch: string) => ({ pk: `BEGUN#${key}`, sk: batch });

const cut = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.byteLength / mostPartBytes) }, (_, index) =>
    bytes.subarray(index * mostPartBytes, (index + 1) * mostPartBytes),
  );

export const createDynamoCopies = (client: DynamoDBDocumentClient, tableName: string, clock: Clock): CopyStore => {
  const table = { TableName: tableName };
  const endIn = (lifeSeconds: number | undefined) =>
    lifeSeconds === undefined ? {} : { deleteAtSeconds: Math.ceil(clock.nowMillis() / 1_000) + lifeSeconds };

  const readItem = async (key: string): Promise<Item | undefined> => {
    const { Item: item } = await client.send(new GetCommand({ ...table, Key: itemKey(key), ConsistentRead: true }));
    return item && Item.parse(item);
  };

  /** Undefined = a part is missing. */
  const readParts = async (key: string, { batch = '', parts = 0 }: Item): Promise<Uint8Array | undefined> => {
    const items = await queryAll(client, {
      ...{ ...table, ConsistentRead: true, KeyConditionExpression: 'pk = :pk' },
      ExpressionAttributeValues: { ':pk': partKey(key, batch, 0).pk },
    });
    return items.length === parts ? Buffer.concat(items.map(({ bytes }) => Bytes.parse(bytes))) : undefined;
  };

  const writeParts = async (key: string, bytes: Uint8Array, lifeSeconds: number | undefined) => {
    const batch = randomBytes(12).toString('hex');
    const parts = cut(bytes);
    // A copy with a life ends by itself.
    if (lifeSeconds === undefined) {
      const begun = { parts: parts.length, beganMillis: clock.nowMillis() };
      await client.send(new PutCommand({ ...table, Item: { ...begunKey(key, batch), ...begun } }));
    }
    // One after the other, because all are in one partition.
    for (const [index, part] of parts.entries())
      await client.send(
        new PutCommand({ ...table, Item: { ...partKey(key, batch, index), bytes: part, ...endIn(lifeSeconds) } }),
      );
    return { batch, parts: parts.length };
  };

  const endParts = async (key: string, old: unknown): Promise<void> => {
    const { batch, parts = 0 } = Item.partial().parse(old ?? {});
    if (batch === undefined) return;
    for (let part = 0; part < parts; part += 1)
      await client.send(
        new UpdateCommand({
          ...{ ...table, Key: partKey(key, batch, part), UpdateExpression: 'SET deleteAtSeconds = :end' },
          ExpressionAttributeValues: { ':end': endIn(replacedLifeSeconds).deleteAtSeconds },
        }),
      );
    await client.send(new DeleteCommand({ ...table, Key: begunKey(key, batch) }));
  };

  /** Ends the parts of writers that have died: before an item named their parts, or before they ended those that they replaced. */
  const endAbandoned = async (key: string): Promise<void> => {
    const found = await queryAll(client, {
      ...{ ...table, ConsistentRead: true, KeyConditionExpression: 'pk = :pk' },
      ExpressionAttributeValues: { ':pk': begunKey(key, '').pk },
    });
    for (const { sk: batch, parts, beganMillis } of found.map((item) => Begun.parse(item))) {
      if (clock.nowMillis() - beganMillis < abandonedMillis) continue;
      if ((await readItem(key))?.batch !== batch) await endParts(key, { batch, parts });
    }
  };

  return namingFailures('LISTS_UNAVAILABLE', {
    async read(key: string): Promise<Copy | undefined> {
      // Once more, if the copy was replaced between the two reads and its parts are gone.
      for (let attempt = 1; attempt <= 2; attempt += 1) {
        const item = await readItem(key);
        if (!item) return undefined;
        const bytes = item.bytes ?? (await readParts(key, item));
        if (!bytes) continue;
        const text = await decompress(bytes, { maxOutputLength: mostTextBytes });
        return { text: text.toString('utf8'), storedAtMillis: item.storedAtMillis };
      }
      throw new Error(`Parts of the copy ${key} are missing.`);
    },
    async write(key: string, { text, storedAtMillis }: Copy, lifeSeconds: number | undefined): Promise<void> {
      const bytes = await compress(text);
      const held = bytes.byteLength <= mostPartBytes ? { bytes } : await writeParts(key, bytes, lifeSeconds);
      const { Attributes } = await client.send(
        new PutCommand({
          ...{ ...table, ReturnValues: 'ALL_OLD' },
          Item: { ...itemKey(key), storedAtMillis, ...held, ...endIn(lifeSeconds) },
        }),
      );
      await endParts(key, Attributes);
      if (lifeSeconds === undefined) await endAbandoned(key);
    },
    async remove(key: string): Promise<void> {
      const { Attributes } = await client.send(
        new DeleteCommand({ ...table, Key: itemKey(key), ReturnValues: 'ALL_OLD' }),
      );
      await endParts(key, Attributes);
      await endAbandoned(key);
    },
  });
};
