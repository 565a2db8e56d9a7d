/**
 * Bookings: N calls for one consumer in a period, such as tonight's import. A running booking holds a rate; what its owner
 * does not use is lent as time passes, like the interactive share.
 */

import * as z from 'zod';
import { dayMillis } from '../time/units.ts';
import type { Reservation } from './ask.ts';
import { createFit, rateOf } from './booking-rates.ts';
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
  /** The wanted period has no room; the one that begins at `fromMillis` has. */
  | { readonly kind: 'other-slot'; readonly fromMillis: number; readonly untilMillis: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Bounds for one consumer, and for all consumers together. */
export type BookingBounds = {
  /** Bookings of one consumer that are not over. */
  readonly perConsumer: number;
  /** Part of the bookable rate that the bookings of one consumer hold together at any instant. */
  readonly consumerShare: number;
  readonly longestDays: number;
  /** Bookings of all consumers that are not over: they are one item of the store. */
  readonly inAll: number;
};
export const defaultBookingBounds: BookingBounds = {
  perConsumer: 10,
  consumerShare: 0.2,
  longestDays: 31,
  inAll: 1_000,
};

/** Part of the limit that all bookings together may hold. The rest is left to calls without a booking. */
const bookableShare = 0.5;
const farthestDays = 30;
/** An offer begins at a full minute, and leaves at least this long to accept it: a period that has begun holds a higher rate. */
const offerMillis = 60_000;

/** Calls a millisecond that all bookings together may hold. */
const bookableRate = ({ limit, directShare, windowMillis }: QuotaPolicy): number =>
  (limit * (1 - directShare) * bookableShare) / windowMillis;

const refuse = (reason: string): BookingAnswer => ({ kind: 'refused', reason });

/** Drops the bookings that are over. */
export const withoutPast = (bookings: readonly Booking[], nowMillis: number): readonly Booking[] =>
  bookings.filter(({ untilMillis }) => untilMillis > nowMillis);

/** Refusals that no other period would change. */
const refusalOf = (
  bookings: readonly Booking[],
  request: BookingRequest,
  mostRate: number,
  nowMillis: number,
  { perConsumer, longestDays, inAll }: BookingBounds,
): string | undefined => {
  const { consumerId, fromMillis, untilMillis, units } = request;
  const longestMillis = longestDays * dayMillis;
  const mostUnits = Math.floor(mostRate * longestMillis);
  const own = bookings.filter((booking) => booking.consumerId === consumerId).length;
  if (untilMillis <= fromMillis) return 'The period ends before it begins.';
  if (untilMillis <= nowMillis) return 'The period is over.';
  if (fromMillis > nowMillis + farthestDays * dayMillis) return `Bookings begin within ${farthestDays} days.`;
  if (untilMillis - Math.max(nowMillis, fromMillis) > longestMillis)
    return `A booking lasts ${longestDays} days at most.`;
  if (own >= perConsumer)
    return `${consumerId} has ${own} bookings that are not over, of ${perConsumer} at most. Cancel one, or wait until one is over.`;
  if (bookings.length >= inAll) return 'The list of bookings is full. Try again when some are over.';
  if (units > mostUnits)
    return `One booking holds ${mostUnits} calls at most: ${longestDays} days at the highest rate.`;
  return undefined;
};

/** The first period of the length that the request needs, within the time in which bookings begin. */
const findOffer = (
  bookings: readonly Booking[],
  wanted: BookingRequest,
  mostRate: number,
  longestDays: number,
  nowMillis: number,
  fits: (wanted: BookingRequest) => boolean,
): BookingAnswer | undefined => {
  const neededMillis = Math.min(longestDays * dayMillis, Math.ceil(wanted.units / mostRate));
  const lengthMillis = Math.max(wanted.untilMillis - wanted.fromMillis, neededMillis);
  const soonestMillis = Math.ceil((nowMillis + offerMillis) / offerMillis) * offerMillis;
  const firstMillis = Math.max(wanted.fromMillis, soonestMillis);
  return [firstMillis, ...bookings.map(({ untilMillis }) => untilMillis)]
    .filter((millis) => millis >= firstMillis && millis <= nowMillis + farthestDays * dayMillis)
    .sort((one, other) => one - other)
    .map((fromMillis) => ({ kind: 'other-slot' as const, fromMillis, untilMillis: fromMillis + lengthMillis }))
    .find(({ fromMillis, untilMillis }) => fits({ ...wanted, fromMillis, untilMillis }));
};

/**
 * Admits the request, or offers the next period of the length that it needs, or says why it can never be. An offer is
 * admitted when it is asked for within a minute and nobody else has booked meanwhile.
 */
export const answerBooking = (
  all: readonly Booking[],
  request: BookingRequest,
  id: string,
  policy: QuotaPolicy,
  nowMillis: number,
  bounds: BookingBounds = defaultBookingBounds,
): BookingAnswer => {
  const bookings = withoutPast(all, nowMillis);
  const ownRate = bookableRate(policy) * bounds.consumerShare;
  const reason = refusalOf(bookings, request, ownRate, nowMillis, bounds);
  if (reason !== undefined) return refuse(reason);
  const own = bookings.filter(({ consumerId }) => consumerId === request.consumerId);
  const checks = [createFit(bookings, bookableRate(policy)), createFit(own, ownRate)];
  const fits = (wanted: BookingRequest): boolean => checks.every((check) => check(wanted));
  const wanted = { ...request, fromMillis: Math.max(nowMillis, request.fromMillis) };
  if (fits(wanted)) return { kind: 'admitted', booking: { ...wanted, id } };
  return (
    findOffer(bookings, wanted, ownRate, bounds.longestDays, nowMillis, fits) ??
    refuse(`There is no room for so many calls in a period that begins within ${farthestDays} days.`)
  );
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
