/** Port to the list of bookings, one item for each upstream, and the service on it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../errors/app-error.ts';
import { storeRetrySeconds } from '../errors/store-failure.ts';
import type { Reservation } from './ask.ts';
import {
  answerBooking,
  type Booking,
  type BookingAnswer,
  type BookingBounds,
  type BookingRequest,
  defaultBookingBounds,
  runningReservations,
  withoutPast,
} from './booking.ts';
import type { QuotaPolicy } from './policy.ts';

export type StoredBookings = { readonly bookings: readonly Booking[]; readonly version: number };

export interface BookingStore {
  /** As last written; version 0 and no bookings before the first write. */
  read(): Promise<StoredBookings>;
  /** Writes as version `expected + 1` if the stored version is `expected`; false = it was not. */
  replace(bookings: readonly Booking[], expected: number): Promise<boolean>;
}

/** How often an instance reads the bookings. A new booking holds its rate after this time at the latest. */
const refreshMillis = 30_000;
const mostTries = 30;
/** Longest pause before the next try after a lost race, so that many concurrent writers all succeed. */
const mostPauseMillis = 50;

export const createBookings = (
  store: BookingStore,
  policy: QuotaPolicy,
  nowMillis: () => number,
  createId: () => string,
  bounds: BookingBounds = defaultBookingBounds,
) => {
  let seen: { readonly bookings: readonly Booking[]; readonly sinceMillis: number } | undefined;

  const readFirst = (): Promise<StoredBookings> =>
    store.read().catch((cause: unknown) => {
      throw new AppError('QUOTA_UNAVAILABLE', {
        detail: `The bookings cannot be read. Nothing was changed. Try again in ${storeRetrySeconds} s.`,
        retryAfterSeconds: storeRetrySeconds,
        sent: false,
        cause,
      });
    });

  /**
   * Repeats until nobody else wrote in between. A write whose answer was lost may count as refused, or fail: `act` must know
   * its own work when it sees it. @throws AppError INTERNAL after many tries.
   */
  const change = async <Result>(
    act: (bookings: readonly Booking[]) => {
      readonly bookings: readonly Booking[] | undefined;
      readonly result: Result;
    },
  ): Promise<Result> => {
    let hasFailed = false;
    for (let attempt = 0; ; attempt += 1) {
      const stored = await (attempt === 0 ? readFirst() : store.read());
      const { bookings, result } = act(withoutPast(stored.bookings, nowMillis()));
      if (!bookings) return result;
      // After one more look, so that a last write whose answer was lost is found.
      if (attempt >= mostTries) break;
      const isWritten = await store.replace(bookings, stored.version).catch((error: unknown) => {
        if (hasFailed) throw error;
        hasFailed = true;
        return false;
      });
      if (isWritten) return result;
      await sleep(Math.random() * mostPauseMillis);
    }
    throw new AppError('QUOTA_UNAVAILABLE', {
      detail: `The bookings changed too often to be written. Nothing was changed. Try again in ${storeRetrySeconds} s.`,
      retryAfterSeconds: storeRetrySeconds,
      sent: false,
    });
  };

  return {
    book(request: BookingRequest): Promise<BookingAnswer> {
      const id = createId();
      return change<BookingAnswer>((bookings) => {
        const own = bookings.find((booking) => booking.id === id);
        if (own) return { bookings: undefined, result: { kind: 'admitted', booking: own } };
        const result = answerBooking(bookings, request, id, policy, nowMillis(), bounds);
        return { bookings: result.kind === 'admitted' ? [...bookings, result.booking] : undefined, result };
      });
    },
    /** @param consumerId whose it must be; undefined = anybody's. False = there is no such booking. */
    cancel(id: string, consumerId: string | undefined): Promise<boolean> {
      let wasFound = false;
      const isMeant = (booking: Booking): boolean =>
        booking.id === id && (consumerId === undefined || booking.consumerId === consumerId);
      return change((bookings) => {
        const kept = bookings.filter((booking) => !isMeant(booking));
        const isFound = kept.length < bookings.length;
        wasFound ||= isFound;
        return { bookings: isFound ? kept : undefined, result: wasFound };
      });
    },
    /** @param consumerId whose; undefined = of all. */
    async list(consumerId: string | undefined): Promise<readonly Booking[]> {
      const bookings = withoutPast((await store.read()).bookings, nowMillis());
      return consumerId === undefined ? bookings : bookings.filter((booking) => booking.consumerId === consumerId);
    },
    /** Reads the bookings again if the last read is old. If the store fails, the last read stays in use. */
    async refresh(): Promise<void> {
      if (seen && nowMillis() - seen.sinceMillis < refreshMillis) return;
      const before = seen?.bookings ?? [];
      seen = { bookings: before, sinceMillis: nowMillis() };
      const bookings = await store.read().then(
        (stored) => stored.bookings,
        () => before,
      );
      seen = { bookings, sinceMillis: nowMillis() };
    },
    /** For the governor: the rates that bookings hold now, as of the last read. */
    running: (): readonly Reservation[] => runningReservations(seen?.bookings ?? [], nowMillis()),
  };
};
