import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { namingFailures } from '../../errors/store-failure.ts';
import { atVersion, conditionHeld } from '../../storage/conditional-write.ts';
import { Booking } from '../booking.ts';
import type { BookingStore } from '../booking-store.ts';

const Item = z.object({ bookings: z.array(Booking), version: z.number() });

/** @param name which upstream's budget, such as `signals`. */
export const createDynamoBookingStore = (
  client: DynamoDBDocumentClient,
  tableName: string,
  name: string,
): BookingStore => {
  const key = { pk: `QUOTA#${name}`, sk: 'BOOKINGS' };
  return namingFailures('QUOTA_UNAVAILABLE', {
    async read() {
      const get = new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true });
      const item = (await client.send(get)).Item;
      return item ? Item.parse(item) : { bookings: [], version: 0 };
    },
    async replace(bookings, expected) {
      const put = new PutCommand({
        TableName: tableName,
        Item: { ...key, version: expected + 1, bookings },
        ...atVersion(expected),
      });
      return conditionHeld(client.send(put));
    },
  });
};
