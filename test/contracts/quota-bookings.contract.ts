import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defaultBookingBounds } from '../../shared/quota/booking.ts';
import type { BookingStore } from '../../shared/quota/booking-store.ts';

const booking = { id: 'b1', consumerId: 'app', units: 10, fromMillis: 1_000, untilMillis: 2_000 };

export const bookingStoreContract = (name: string, create: () => Promise<BookingStore>) =>
  describe(`BookingStore contract: ${name}`, () => {
    it('has no bookings before the first write, and then what was written', async () => {
      const store = await create();
      expect(await store.read()).toEqual({ bookings: [], version: 0 });
      expect(await store.replace([booking], 0)).toBe(true);
      expect(await store.read()).toEqual({ bookings: [booking], version: 1 });
      expect(await store.replace([], 1)).toBe(true);
      expect(await store.read()).toEqual({ bookings: [], version: 2 });
    });

    it('has room for as many bookings as there may be, of the longest names', async () => {
      const store = await create();
      const largest = Array.from({ length: defaultBookingBounds.inAll }, () => ({
        id: randomUUID(),
        consumerId: 'c'.repeat(63),
        units: 9_999_999,
        fromMillis: Date.UTC(2027, 0, 1),
        untilMillis: Date.UTC(2027, 1, 1) - 1,
      }));
      expect(await store.replace(largest, 0)).toBe(true);
      expect(await store.read()).toEqual({ bookings: largest, version: 1 });
    });

    it('lets exactly one of many write over the same version', async () => {
      const store = await create();
      const tries = Array.from({ length: 10 }, (_, index) => store.replace([{ ...booking, id: `b${index}` }], 0));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });
  });
