import { type DynamoDBDocumentClient, GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { conditionHeld } from '../../storage/conditional-write.ts';
import type { AllowanceStore, OpenUpload, Tally } from '../allowance.ts';

/** Longer than any upload lives, so that no slot is forgotten. */
const keepSeconds = 2 * 86_400;

const itemKey = (owner: string) => ({ pk: `CONSUMER#${owner}`, sk: 'OPEN-UPLOADS' });

const Item = z.object({
  open: z.set(z.string()).default(new Set()),
  day: z.string().default(''),
  bytes: z.number().default(0),
});

/** `<expires>#<created>#<id>`: a member of a string set, so that adding, removing and counting need no read. */
const toMember = ({ id, expiresAtSeconds, createdAtMillis }: OpenUpload): string =>
  `${expiresAtSeconds}#${createdAtMillis}#${id}`;

const fromMember = (member: string): OpenUpload => {
  const [expires = '', created = '', id = ''] = member.split('#');
  return { id, expiresAtSeconds: Number(expires), createdAtMillis: Number(created) };
};

const hasRoom = '(attribute_not_exists(#open) OR size(#open) < :mostOpen)';
/** The SDK retries a write whose answer was lost, so an upload that is already counted is not counted again. */
const isNew = 'NOT contains(#open, :member)';
const names = { '#open': 'open', '#day': 'day', '#bytes': 'bytes', '#ttl': 'deleteAtSeconds' };

/** In the table of the uploads, one item for each consumer. */
export const createDynamoAllowanceStore = (client: DynamoDBDocumentClient, tableName: string): AllowanceStore => {
  /** False if the condition does not hold. */
  const update = (owner: string, input: Omit<UpdateCommandInput, 'TableName' | 'Key'>): Promise<boolean> =>
    conditionHeld(client.send(new UpdateCommand({ TableName: tableName, Key: itemKey(owner), ...input })));

  const readItem = async (owner: string) => {
    const get = new GetCommand({ TableName: tableName, Key: itemKey(owner), ConsistentRead: true });
    return Item.parse((await client.send(get)).Item ?? {});
  };

  return namingFailures('UPLOADS_UNAVAILABLE', {
    async take(owner, { sizeBytes, ...upload }, day, { mostOpen, mostBytesPerDay }) {
      if (sizeBytes > mostBytesPerDay) return false;
      const values = {
        ':one': new Set([toMember(upload)]),
        ':member': toMember(upload),
        ':day': day,
        ':size': sizeBytes,
        ':mostOpen': mostOpen,
        ':ttl': Math.max(upload.expiresAtSeconds, Math.floor(upload.createdAtMillis / 1_000) + keepSeconds),
      };
      const onTheSameDay = () =>
        update(owner, {
          UpdateExpression: 'ADD #open :one, #bytes :size SET #ttl = :ttl',
          ConditionExpression: `#day >= :day AND #bytes <= :room AND ${hasRoom} AND ${isNew}`,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: { ...values, ':room': mostBytesPerDay - sizeBytes },
        });
      const onANewDay = () =>
        update(owner, {
          UpdateExpression: 'ADD #open :one SET #day = :day, #bytes = :size, #ttl = :ttl',
          ConditionExpression: `(attribute_not_exists(#day) OR #day < :day) AND ${hasRoom} AND ${isNew}`,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        });
      const isCounted = async () => (await readItem(owner)).open.has(toMember(upload));
      return (await onTheSameDay()) || (await onANewDay()) || (await isCounted());
    },

    async read(owner): Promise<Tally> {
      const { open, day, bytes } = await readItem(owner);
      return { open: [...open].map(fromMember), day, bytes };
    },

    async release(owner, uploads) {
      if (uploads.length === 0) return;
      await update(owner, {
        UpdateExpression: 'DELETE #open :ended',
        ConditionExpression: 'attribute_exists(#open)',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':ended': new Set(uploads.map(toMember)) },
      });
    },
  });
};
