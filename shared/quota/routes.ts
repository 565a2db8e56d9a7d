/** The routes of /v1/quota: how the budget stands, and bookings. */
import * as z from 'zod';
import { nothing, route } from '../routes/route.ts';
import { BookingBody, BookingDocument, BookingsDocument } from './booking-document.ts';
import { QuotaDocument } from './quota-document.ts';

const capability = 'quota';
/** Every route except a new booking reads the consumer's record anew, because the consumer may have lost its rights as an administrator. */
const reading = { capability, scope: 'quota:read', adminScope: 'quota-admin:read', fresh: true } as const;
const bookings = '/v1/quota/bookings';

const readQuota = route({
  ...reading,
  id: 'readQuota',
  method: 'GET',
  path: '/v1/quota',
  summary: 'The budget: limit, used, free, and your part of it by priority',
  description: 'With the scope `quota-admin:read`, which `*` does not cover, `consumers` lists those of all consumers.',
  answers: { 200: QuotaDocument, 503: 'QUOTA_UNAVAILABLE' },
});

const listBookings = route({
  ...reading,
  id: 'listBookings',
  method: 'GET',
  path: bookings,
  summary: 'Your bookings that are not over',
  description: 'With the scope `quota-admin:read`, which `*` does not cover, those of all consumers.',
  answers: { 200: BookingsDocument, 503: 'QUOTA_UNAVAILABLE' },
});

const createBooking = route({
  id: 'createBooking',
  method: 'POST',
  path: bookings,
  capability,
  scope: 'quota:write',
  summary: 'Reserve calls in a period',
  description:
    'A booking holds a steady rate for the consumer that makes it; what it does not use is lent. A consumer has ten at most, of 31 days at most, which together hold a tenth of the limit at any instant, unless the stage says otherwise. When there is no room, the error names the next period that has.',
  body: BookingBody,
  examples: [
    {
      summary: 'A steady 100 calls a minute for an hour',
      value: {
        data: {
          type: 'booking',
          attributes: { units: 6_000, from: '2026-06-01T22:00:00Z', until: '2026-06-01T23:00:00Z' },
        },
      },
    },
  ],
  audit: 'bookings.create',
  idempotency: 'keep',
  answers: { 201: BookingDocument, 409: 'BOOKING_REFUSED', 503: 'QUOTA_UNAVAILABLE' },
});

const cancelBooking = route({
  id: 'cancelBooking',
  method: 'DELETE',
  path: '/v1/quota/bookings/{bookingId}',
  capability,
  scope: 'quota:write',
  adminScope: 'quota-admin:write',
  fresh: true,
  summary: 'Give a booking back',
  description: 'Yours; with the scope `quota-admin:write`, which `*` does not cover, that of any consumer.',
  parameters: z.object({ bookingId: z.string().describe('Id of the booking.') }),
  audit: 'bookings.cancel',
  answers: { 204: nothing, 404: 'BOOKING_UNKNOWN', 503: 'QUOTA_UNAVAILABLE' },
});

export const quotaRoutes = [readQuota, listBookings, createBooking, cancelBooking] as const;
