import { describe, expect, it } from 'vitest';
import type { QuotaStore } from '../../shared/quota/quota-store.ts';
import { emptyState, type QuotaState } from '../../shared/quota/state.ts';

const flow = { tag: 7.25, wantsUntilMillis: 5, minute: 3, unitsNow: 4, unitsBefore: 2 };
const full: QuotaState = {
  asOfMillis: 1_800_000_000_000,
  ledger: { first: 12_000_000_000, counts: [1, ...new Array<number>(200).fill(0), 127, 128, 100_000, 0, 3] },
  flows: { 'i:app': flow, 'b:app-2': { ...flow, tag: 1e6 } },
  virtual: { i: 7.25, b: 12 },
  caps: { 'app/60': { first: 5, counts: [1, 0, 2] } },
  pace: {
    interactive: { pressedMillis: 1_800_000_000_001, nextMillis: 1_800_000_000_002 },
    background: { pressedMillis: 3, nextMillis: 4 },
  },
  cut: { units: 30, sinceMillis: 1_800_000_000_003 },
  pausedUntilMillis: 1_800_000_000_004,
  booked: { 'booking-1': 9 },
};

export const quotaStoreContract = (name: string, create: () => Promise<QuotaStore>) =>
  describe(`QuotaStore contract: ${name}`, () => {
    it('has nothing before the first write', async () => {
      const store = await create();
      expect((await store.read()).value).toBeUndefined();
    });

    it('gives back what was written, with a version that counts the writes', async () => {
      const store = await create();
      expect((await store.replace(emptyState, 0)).value).toBe(true);
      expect((await store.read()).value).toEqual({ state: emptyState, version: 1 });
      expect((await store.replace(full, 1)).value).toBe(true);
      expect((await store.read()).value).toEqual({ state: full, version: 2 });
    });

    it('refuses a write over any other version than the one expected', async () => {
      const store = await create();
      expect((await store.replace(emptyState, 3)).value).toBe(false);
      expect((await store.replace(emptyState, 0)).value).toBe(true);
      expect((await store.replace(full, 0)).value).toBe(false);
      expect((await store.replace(full, 2)).value).toBe(false);
      expect((await store.read()).value?.state).toEqual(emptyState);
    });

    it('lets exactly one of many write over the same version', async () => {
      const store = await create();
      await store.replace(emptyState, 0);
      const tries = Array.from({ length: 20 }, (_, index) => store.replace({ ...emptyState, asOfMillis: index }, 1));
      const written = (await Promise.all(tries)).map(({ value }) => value);
      expect(written.filter(Boolean)).toHaveLength(1);
      expect((await store.read()).value).toEqual({
        state: { ...emptyState, asOfMillis: written.indexOf(true) },
        version: 2,
      });
    });

    it('tells the whole second of its clock with every answer, a refusal included', async () => {
      const store = await create();
      const beforeMillis = Date.now();
      const dates = [await store.read(), await store.replace(emptyState, 0), await store.replace(emptyState, 0)];
      for (const { dateMillis } of dates) {
        expect(dateMillis).toBeTypeOf('number');
        expect((dateMillis as number) % 1_000).toBe(0);
        expect(dateMillis).toBeGreaterThanOrEqual(Math.floor(beforeMillis / 1_000) * 1_000);
        expect(dateMillis).toBeLessThanOrEqual(Date.now());
      }
    });
  });
