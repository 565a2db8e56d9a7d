/** Port to the list of bookings, one item for each upstream, and the service on it. */
import { AppError } from '../errors/app-error.ts';
import type { Reservation } from './ask.ts';
import {
  answerBooking,
  type Booking,
  type BookingAnswer,
  type BookingRequest,
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

/** An instance looks at the bookings this often: a new one holds its rate after so long at the latest. */
const refreshMillis = 30_000;
const mostTries = 10;

export const createBookings = (
  store: BookingStore,
  policy: QuotaPolicy,
  nowMillis: () => number,
  createId: () => string,
) => {
  let seen: { readonly bookings: readonly Booking[]; readonly sinceMillis: number } | undefined;

  const readFirst = (): Promise<StoredBookings> =>
    store.read().catch((cause: unknown) => {
      throw new AppError('INTERNAL', { sent: false, cause });
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
    for (let attempt = 0; attempt < mostTries; attempt += 1) {
      const stored = await (attempt === 0 ? readFirst() : store.read());
      const { bookings, result } = act(withoutPast(stored.bookings, nowMillis()));
      if (!bookings) return result;
      const isWritten = await store.replace(bookings, stored.version).catch((error: unknown) => {
        if (hasFailed) throw error;
        hasFailed = true;
        return false;
      });
      if (isWritten) return result;
    }
    throw new AppError('INTERNAL', { cause: new Error('The bookings changed too often to be written.') });
  };

  return {
    book(request: BookingRequest): Promise<BookingAnswer> {
      const id = createId();
      return change<BookingAnswer>((bookings) => {
        const own = bookings.find((booking) => booking.id === id);
        if (own) return { bookings: undefined, result: { kind: 'admitted', booking: own } };
        const result = answerBooking(bookings, request, id, policy, nowMillis());
        return { bookings: result.kind === 'admitted' ? [...bookings, result.booking] : undefined, result };
      });
    },
    /** False = there is no such booking of this consumer. */
    cancel(id: string, consumerId: string): Promise<boolean> {
      let wasFound = false;
      return change((bookings) => {
        const kept = bookings.filter((booking) => booking.id !== id || booking.consumerId !== consumerId);
        const isFound = kept.length < bookings.length;
        wasFound ||= isFound;
        return { bookings: isFound ? kept : undefined, result: wasFound };
      });
    },
    list: async (): Promise<readonly Booking[]> => withoutPast((await store.read()).bookings, nowMillis()),
    /** Looks at the bookings when the last look is old. A store that fails leaves them as they were. */
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
    /** For the governor: what is held now, as of the last look. */
    running: (): readonly Reservation[] => runningReservations(seen?.bookings ?? [], nowMillis()),
  };
};
