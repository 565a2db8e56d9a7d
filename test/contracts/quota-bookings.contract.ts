import { describe, expect, it } from 'vitest';
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

    it('lets exactly one of many write over the same version', async () => {
      const store = await create();
      const tries = Array.from({ length: 10 }, (_, index) => store.replace([{ ...booking, id: `b${index}` }], 0));
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
    });
  });
