import type { BookingStore, StoredBookings } from '../booking-store.ts';
import type { QuotaStore, StoredQuota } from '../quota-store.ts';

/** For tests: one item in memory. `dateMillis` stands for the Date header. */
export const createMemoryQuotaStore = (dateMillis: () => number | undefined = () => undefined): QuotaStore => {
  let stored: StoredQuota | undefined;
  return {
    read: async () => ({ value: stored, dateMillis: dateMillis() }),
    async replace(state, expected) {
      const isCurrent = (stored?.version ?? 0) === expected;
      if (isCurrent) stored = { state, version: expected + 1 };
      return { value: isCurrent, dateMillis: dateMillis() };
    },
  };
};

export const createMemoryBookingStore = (): BookingStore => {
  let stored: StoredBookings = { bookings: [], version: 0 };
  return {
    read: async () => stored,
    async replace(bookings, expected) {
      if (stored.version !== expected) return false;
      stored = { bookings, version: expected + 1 };
      return true;
    },
  };
};
