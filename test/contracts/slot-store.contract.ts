import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlotStore } from '../../shared/large-answers/slots.ts';

const now = Date.parse('2026-06-15T12:00:00Z');
const lease = (holder: string, untilMillis = now + 30_000) => ({ holder, untilMillis });
const isNumber = (slot: number | undefined): slot is number => slot !== undefined;

export const slotStoreContract = (name: string, create: () => Promise<SlotStore>) =>
  describe(`SlotStore contract: ${name}`, () => {
    it('gives as many holders as a pool has slots one each, and the next none', async () => {
      const store = await create();
      const slots = [];
      for (const holder of ['a', 'b', 'c', 'd']) slots.push(await store.take('p', 3, lease(holder), now));
      expect(slots.filter(isNumber).toSorted()).toEqual([0, 1, 2]);
      expect(slots[3]).toBeUndefined();
    });

    it('never gives more than a pool has, nor a slot twice, to any number that come at once', async () => {
      const store = await create();
      let pools = 0;
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 12 }), async (size, holders) => {
          pools += 1;
          const takes = Array.from({ length: holders }, (_, index) =>
            store.take(`pool-${pools}`, size, lease(`h${index}`), now),
          );
          const given = (await Promise.all(takes)).filter(isNumber);
          expect(new Set(given).size).toBe(given.length);
          expect(given).toHaveLength(Math.min(size, holders));
          expect(Math.max(...given)).toBeLessThan(size);
        }),
        { numRuns: 20 },
      );
    });

    it('keeps pools apart', async () => {
      const store = await create();
      await store.take('p', 1, lease('a'), now);
      expect(await store.take('p#2', 1, lease('b'), now)).toBe(0);
      expect(await store.take('p', 1, lease('c'), now)).toBeUndefined();
    });

    it('gives a slot that was given back to the next', async () => {
      const store = await create();
      const slot = (await store.take('p', 1, lease('a'), now)) as number;
      await store.release('p', slot, 'a');
      expect(await store.take('p', 1, lease('b'), now)).toBe(slot);
    });

    it('gives a slot whose lease has ended to the next, and not a moment before', async () => {
      const store = await create();
      await store.take('p', 1, lease('killed', now + 1_000), now);
      expect(await store.take('p', 1, lease('b'), now + 999)).toBeUndefined();
      expect(await store.take('p', 1, lease('b'), now + 1_000)).toBe(0);
    });

    it('keeps a renewed lease until its new end', async () => {
      const store = await create();
      await store.take('p', 1, lease('a', now + 1_000), now);
      expect(await store.renew('p', 0, lease('a', now + 5_000))).toBe(true);
      expect(await store.take('p', 1, lease('b'), now + 4_999)).toBeUndefined();
    });

    it('renews a lease that has ended as long as nobody else has the slot', async () => {
      const store = await create();
      await store.take('p', 1, lease('a', now - 1), now - 1_000);
      expect(await store.renew('p', 0, lease('a'))).toBe(true);
      expect(await store.take('p', 1, lease('b'), now)).toBeUndefined();
    });

    it('refuses to renew what another holder has taken, or what was given back', async () => {
      const store = await create();
      await store.take('p', 1, lease('late', now - 1), now - 1_000);
      await store.take('p', 1, lease('b'), now);
      expect(await store.renew('p', 0, lease('late'))).toBe(false);
      await store.release('p', 0, 'b');
      expect(await store.renew('p', 0, lease('b'))).toBe(false);
    });

    it('takes no release from anybody but the holder, and the same release twice', async () => {
      const store = await create();
      await store.take('p', 1, lease('a'), now);
      await store.release('p', 0, 'other');
      expect(await store.take('p', 1, lease('b'), now)).toBeUndefined();
      await store.release('p', 0, 'a');
      await store.release('p', 0, 'a');
      expect(await store.take('p', 1, lease('b'), now)).toBe(0);
    });

    it('gives only slots of a pool that was made smaller', async () => {
      const store = await create();
      for (const holder of ['a', 'b', 'c']) await store.take('p', 3, lease(holder), now);
      await store.release('p', 2, 'c');
      expect(await store.take('p', 2, lease('d'), now)).toBeUndefined();
    });
  });
