/** Bookings as JSON:API documents: `/v1/quota/bookings`. */
import * as z from 'zod';
import { toIso } from '../time/iso.ts';
import type { Booking, BookingAnswer, BookingRequest } from './booking.ts';

const instant = z.iso.datetime({ offset: true });

/** Body of `POST /v1/quota/bookings`. */
export const BookingBody = z
  .object({
    data: z.object({
      type: z.literal('booking'),
      // Strict: a booking is always for the caller, so a member that names another consumer is refused.
      attributes: z.strictObject({
        units: z.number().int().min(1).max(10_000_000).describe('Calls.'),
        from: instant,
        until: instant,
      }),
    }),
  })
  .meta({ id: 'Booking' });

const BookingResource = z.strictObject({
  type: z.literal('booking'),
  id: z.string(),
  attributes: z.strictObject({
    consumerId: z.string(),
    units: z.int().describe('Calls.'),
    from: z.iso.datetime(),
    until: z.iso.datetime(),
  }),
});
export const BookingDocument = z
  .strictObject({ data: BookingResource })
  .meta({ id: 'BookingDocument', description: 'The booking.' });
export const BookingsDocument = z
  .strictObject({ data: z.array(BookingResource) })
  .meta({ id: 'BookingsDocument', description: 'The bookings.' });

export const toBookingRequest = (body: z.infer<typeof BookingBody>, consumerId: string): BookingRequest => {
  const { units, from, until } = body.data.attributes;
  return { consumerId, units, fromMillis: Date.parse(from), untilMillis: Date.parse(until) };
};

/** A booking in documents and in the audit log. */
export const bookingFacts = ({ consumerId, units, fromMillis, untilMillis }: BookingRequest) => ({
  consumerId,
  units,
  from: toIso(fromMillis),
  until: toIso(untilMillis),
});

const toResource = (booking: Booking): z.input<typeof BookingResource> => ({
  type: 'booking',
  id: booking.id,
  attributes: bookingFacts(booking),
});

export const toBookingDocument = (booking: Booking) => ({ data: toResource(booking) });
export const toBookingsDocument = (bookings: readonly Booking[]) => ({ data: bookings.map(toResource) });

/** One sentence on why a booking was refused; undefined if it was admitted. */
export const bookingRefusal = (answer: BookingAnswer): string | undefined => {
  if (answer.kind === 'admitted') return undefined;
  if (answer.kind === 'refused') return answer.reason;
  return `There is no room for so many calls then. There is from ${toIso(answer.fromMillis)} until ${toIso(answer.untilMillis)}.`;
};
