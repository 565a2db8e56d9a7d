import { describe, expect, it } from 'vitest';
import { type Counts, noCounts } from '../../../shared/usage/usage.ts';
import type { UsageStore } from '../../../shared/usage/usage-store.ts';

export const hourStart = Date.parse('2026-06-01T14:00:00Z');
const counts = (calls: number, limit?: string): Counts => ({
  counters: { ...noCounts.counters, calls },
  refusalsByLimit: limit === undefined ? {} : { [limit]: calls },
});
const row = (parts: object = {}) => ({ consumerId: 'app', keyId: 'key-1', startMillis: hourStart, ...parts });

export const usageStoreContract = (name: string, create: () => Promise<UsageStore>) =>
  describe(`UsageStore contract: ${name}`, () => {
    it('adds counts of concurrent writers, and a repeated write once', async () => {
      const store = await create();
      const write = (calls: number, id: string, limit?: string) =>
        store.add('hour', { ...row(), counts: counts(calls, limit) }, id);
      await write(3, 'w1', 'consumer-minute');
      await write(3, 'w1', 'consumer-minute');
      await Promise.all(Array.from({ length: 5 }, (_, index) => write(1, `parallel-${index}`, 'tenant')));
      expect(await store.read('hour', 'app', hourStart + 5)).toEqual([
        { ...row(), counts: { ...counts(8), refusalsByLimit: { 'consumer-minute': 3, tenant: 5 } } },
      ]);
    });

    it('keeps consumers, keys, periods and granularities apart, and reads the hours of a day at once', async () => {
      const store = await create();
      const later = { startMillis: hourStart + 3_600_000 };
      const rows = [row(), row({ keyId: 'key-2' }), row(later), row({ startMillis: hourStart + 86_400_000 })];
      for (const [index, one] of rows.entries()) await store.add('hour', { ...one, counts: counts(1) }, `w-${index}`);
      await store.add('hour', { ...row({ consumerId: 'app-2' }), counts: counts(1) }, 'w-other');
      await store.add('day', { ...row(), counts: counts(9) }, 'w-day');
      const read = await store.read('hour', 'app', hourStart);
      expect(read).toHaveLength(3);
      expect(read).toEqual(expect.arrayContaining(rows.slice(0, 3).map((one) => ({ ...one, counts: counts(1) }))));
    });

    it('knows the consumers of the months of a range', async () => {
      const store = await create();
      const [may, june, august] = ['2026-05-31T23:59:59Z', '2026-06-01T00:00:00Z', '2026-08-15T00:00:00Z'].map(
        Date.parse,
      );
      for (const [id, millis] of [
        ['b', may],
        ['a', june],
        ['b', june],
        ['c', august],
      ] as const)
        await store.noteConsumer(id, millis as number);
      expect(await store.consumers(may as number, june as number)).toEqual(['a', 'b']);
      expect(await store.consumers(june as number, august as number)).toEqual(['a', 'b', 'c']);
    });
  });
