import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AllowanceStore, OpenUpload } from '../../shared/uploads/allowance.ts';

const limits = { mostOpen: 5, mostBytesPerDay: 1_000 };
const today = '2026-03-01';
const tomorrow = '2026-03-02';

const openUpload = (id: string): OpenUpload => ({ id, expiresAtSeconds: 4_102_444_800, createdAtMillis: 1_000 });

export const allowanceStoreContract = (name: string, create: () => Promise<AllowanceStore>) =>
  describe(`AllowanceStore contract: ${name}`, () => {
    const start = async () => {
      const store = await create();
      const take = (id: string, sizeBytes = 1, day = today, consumerId = 'app') =>
        store.take(consumerId, { ...openUpload(id), sizeBytes }, day, limits);
      return { store, take };
    };

    it('reads what was taken, and nothing of a consumer that has taken nothing', async () => {
      const { store, take } = await start();
      expect(await take('u1', 7)).toBe(true);
      expect(await take('u2', 8)).toBe(true);
      const { open, ...rest } = await store.read('app');
      expect(rest).toEqual({ day: today, bytes: 15 });
      expect(open.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([openUpload('u1'), openUpload('u2')]);
      expect(await store.read('other')).toEqual({ open: [], day: '', bytes: 0 });
    });

    it('gives the last slots to exactly as many of all who ask at once', async () => {
      const { store, take } = await start();
      await take('first');
      const taken = await Promise.all(Array.from({ length: 25 }, (_, index) => take(`u${index}`)));
      expect(taken.filter(Boolean)).toHaveLength(limits.mostOpen - 1);
      const { open, bytes } = await store.read('app');
      expect([open.length, bytes]).toEqual([limits.mostOpen, limits.mostOpen]);
    });

    it('gives the last bytes of a day to exactly one of all who ask at once', async () => {
      const { store, take } = await start();
      const taken = await Promise.all(Array.from({ length: 10 }, (_, index) => take(`u${index}`, 501)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await take('rest', 499)).toBe(true);
      expect(await take('more', 1)).toBe(false);
      expect(await take('none', 0)).toBe(true);
      expect((await store.read('app')).bytes).toBe(1_000);
    });

    it('counts an upload once that is taken again, also when it was the last that fits', async () => {
      const { store, take } = await start();
      expect([await take('u1', 400), await take('u1', 400)]).toEqual([true, true]);
      expect([await take('u2', 600), await take('u2', 600), await take('u2', 600, tomorrow)]).toEqual([
        true,
        true,
        true,
      ]);
      expect(await store.read('app')).toMatchObject({ day: today, bytes: 1_000 });
      expect((await store.read('app')).open).toHaveLength(2);
    });

    it('takes nothing that is larger than a day', async () => {
      const { take } = await start();
      expect(await take('u1', 1_001)).toBe(false);
      expect(await take('u2', 1_001, tomorrow)).toBe(false);
    });

    it('begins to count anew with a new day, and never goes back to an old one', async () => {
      const { store, take } = await start();
      await take('u1', 1_000);
      expect(await take('u2', 1)).toBe(false);
      const taken = await Promise.all([take('u3', 600, tomorrow), take('u4', 600, tomorrow)]);
      expect(taken.filter(Boolean)).toHaveLength(1);
      // By a clock that is behind: it counts to the day that the others have reached.
      expect(await take('u5', 600, today)).toBe(false);
      expect(await take('u6', 300, today)).toBe(true);
      expect(await store.read('app')).toMatchObject({ day: tomorrow, bytes: 900 });
    });

    it('counts open uploads over the days', async () => {
      const { take } = await start();
      for (const id of ['u1', 'u2', 'u3', 'u4', 'u5']) expect(await take(id)).toBe(true);
      expect(await take('u6', 1, tomorrow)).toBe(false);
    });

    it('frees slots, as often as it is told to, and no bytes', async () => {
      const { store, take } = await start();
      for (const id of ['u1', 'u2', 'u3', 'u4', 'u5']) await take(id, 10);
      await store.release('app', []);
      await Promise.all([1, 2, 3].map(() => store.release('app', [openUpload('u1'), openUpload('u2')])));
      await store.release('app', [openUpload('never taken')]);
      const { open, bytes } = await store.read('app');
      expect([open.length, bytes]).toEqual([3, 50]);
      expect(await Promise.all([take('u6'), take('u7')])).toEqual([true, true]);
      expect(await take('u8')).toBe(false);
    });

    it('leaves nothing behind when there is nothing to free', async () => {
      const { store } = await start();
      await store.release('stranger', [openUpload('u1')]);
      expect(await store.read('stranger')).toEqual({ open: [], day: '', bytes: 0 });
    });

    it('keeps the consumers apart', async () => {
      const { store, take } = await start();
      await take('u1', 1_000);
      expect(await take('u2', 1_000, today, 'other')).toBe(true);
      await store.release('other', [openUpload('u1'), openUpload('u2')]);
      expect((await store.read('app')).open).toHaveLength(1);
    });

    it('never has more open, or more bytes in a day, than the limits allow', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ size: fc.integer({ min: 0, max: 700 }), ends: fc.boolean() }), { maxLength: 12 }),
          async (steps) => {
            const { store, take } = await start();
            for (const [index, { size, ends }] of steps.entries()) {
              await Promise.all([take(`a${index}`, size), take(`b${index}`, size)]);
              if (ends) await store.release('app', [openUpload(`a${index}`)]);
              const { open, bytes } = await store.read('app');
              expect(open.length).toBeLessThanOrEqual(limits.mostOpen);
              expect(bytes).toBeLessThanOrEqual(limits.mostBytesPerDay);
            }
          },
        ),
        { numRuns: 5 },
      ));
  });
