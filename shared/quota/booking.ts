/**
 * Bookings: N calls for one consumer in a period, such as tonight's import. A running booking holds a rate; what its owner
 * does not use is lent as time passes, like the interactive share.
 */
import * as z from 'zod';
import type { Reservation } from './ask.ts';
import type { QuotaPolicy } from './policy.ts';

export const Booking = z.object({
  id: z.string().min(1),
  consumerId: z.string().min(1),
  units: z.number().int().min(1),
  fromMillis: z.number(),
  untilMillis: z.number(),
});
export type Booking = z.infer<typeof Booking>;
export type BookingRequest = Omit<Booking, 'id'>;

export type BookingAnswer =
  | { readonly kind: 'admitted'; readonly booking: Booking }
  /** There is no room then; there is from `fromMillis` on. */
  | { readonly kind: 'other-slot'; readonly fromMillis: number; readonly untilMillis: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Part of the limit that all bookings together may hold: the rest stays for everybody. */
const bookableShare = 0.5;
const farthestMillis = 30 * 86_400_000;
const mostBookings = 100;

const rateOf = ({ units, fromMillis, untilMillis }: BookingRequest): number => units / (untilMillis - fromMillis);
const bookableRate = ({ limit, directShare, windowMillis }: QuotaPolicy): number =>
  (limit * (1 - directShare) * bookableShare) / windowMillis;

const overlaps = (one: BookingRequest, other: BookingRequest): boolean =>
  one.fromMillis < other.untilMillis && other.fromMillis < one.untilMillis;

/** The highest rate that the others hold together at any time of the request: it can only rise where one of them begins. */
const highestRate = (bookings: readonly Booking[], request: BookingRequest): number => {
  const others = bookings.filter((booking) => overlaps(booking, request));
  const starts = [request.fromMillis, ...others.map(({ fromMillis }) => Math.max(fromMillis, request.fromMillis))];
  return Math.max(
    ...starts.map((at) =>
      others
        .filter(({ fromMillis, untilMillis }) => fromMillis <= at && at < untilMillis)
        .reduce((sum, booking) => sum + rateOf(booking), 0),
    ),
  );
};

const fits = (bookings: readonly Booking[], request: BookingRequest, policy: QuotaPolicy): boolean =>
  highestRate(bookings, request) + rateOf(request) <= bookableRate(policy) * (1 + 1e-9);

const refuse = (reason: string): BookingAnswer => ({ kind: 'refused', reason });

/** Bookings that are over say nothing any more. */
export const withoutPast = (bookings: readonly Booking[], nowMillis: number): readonly Booking[] =>
  bookings.filter(({ untilMillis }) => untilMillis > nowMillis);

/** Admits the request, or offers the next period of the length that it needs, or says why it can never be. */
export const answerBooking = (
  all: readonly Booking[],
  request: BookingRequest,
  id: string,
  policy: QuotaPolicy,
  nowMillis: number,
): BookingAnswer => {
  const bookings = withoutPast(all, nowMillis);
  if (request.untilMillis <= request.fromMillis) return refuse('The period ends before it begins.');
  if (request.untilMillis <= nowMillis) return refuse('The period is over.');
  if (request.fromMillis > nowMillis + farthestMillis) return refuse('Bookings may begin within 30 days.');
  if (bookings.length >= mostBookings) return refuse(`There are ${mostBookings} bookings already.`);
  const wanted = { ...request, fromMillis: Math.max(nowMillis, request.fromMillis) };
  if (fits(bookings, wanted, policy)) return { kind: 'admitted', booking: { ...wanted, id } };
  const lengthMillis = Math.max(wanted.untilMillis - wanted.fromMillis, wanted.units / bookableRate(policy));
  const starts = [wanted.fromMillis, ...bookings.map(({ untilMillis }) => untilMillis)]
    .filter((millis) => millis >= wanted.fromMillis)
    .sort((one, other) => one - other);
  for (const fromMillis of starts) {
    const offer = { ...wanted, fromMillis, untilMillis: Math.ceil(fromMillis + lengthMillis) };
    if (fits(bookings, offer, policy)) return { kind: 'other-slot', fromMillis, untilMillis: offer.untilMillis };
  }
  return refuse('There is no room for so many calls.');
};

/** What the bookings hold now. A booking that is under way holds what is left of it until its end. */
export const runningReservations = (bookings: readonly Booking[], nowMillis: number): readonly Reservation[] =>
  bookings
    .filter(({ fromMillis, untilMillis }) => fromMillis <= nowMillis && nowMillis < untilMillis)
    .map((booking) => ({
      bookingId: booking.id,
      consumerId: booking.consumerId,
      units: booking.units,
      unitsPerMilli: rateOf(booking),
    }));
