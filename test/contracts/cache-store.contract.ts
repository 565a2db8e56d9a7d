import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../shared/cache/entry.ts';
import { type CacheStore, type EntryKey, noFlight } from '../../shared/cache/store.ts';

const farMillis = 4_102_444_800_000; // 2100-01-01T00:00:00Z
const key: EntryKey = { partition: 'E#t#e1', id: 'answer-1' };

export const entryWith = (parts: Partial<Entry> = {}): Entry => ({
  status: 200,
  headers: [
    ['content-type', 'application/json'],
    ['x-two', 'a'],
    ['x-two', 'b'],
  ],
  body: Buffer.from('{"data":1}'),
  requestedAtMillis: 1_000,
  bornAtMillis: 1_000,
  freshUntilMillis: 2_000,
  staleUntilMillis: 3_000,
  errorUntilMillis: 4_000,
  deleteAtMillis: farMillis,
  mustRevalidate: false,
  noCache: false,
  vary: { names: [], variant: '[]' },
  cacheClass: 'entity',
  epochs: { all: { hard: 0, soft: 0 } },
  fence: 1,
  ...parts,
});

const plain = (entry: Entry | undefined) => entry && { ...entry, body: Buffer.from(entry.body) };

export const cacheStoreContract = (name: string, create: () => Promise<CacheStore>) =>
  describe(`CacheStore contract: ${name}`, () => {
    it('gives back what was put, and nothing for an unknown key', async () => {
      const store = await create();
      expect(await store.read(key, ['all'])).toEqual({
        entry: undefined,
        flight: noFlight,
        epochs: { all: { hard: 0, soft: 0 } },
        writingUntilMillis: 0,
        sweep: { sweptUntilMillis: 0, types: [], resumeAtMillis: undefined },
      });
      expect(await store.put(key, entryWith())).toBe(true);
      expect(plain((await store.read(key, [])).entry)).toEqual(plain(entryWith()));
      expect((await store.read({ ...key, id: 'other' }, [])).entry).toBeUndefined();
    });

    it.each([0, 1, 300_000, 400_000, 1_000_000])('keeps a body of %i bytes that cannot be compressed', async (size) => {
      const store = await create();
      let state = 7;
      const body = Uint8Array.from({ length: size }, () => {
        state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
        return state >> 16;
      });
      await store.put(key, entryWith({ body }));
      expect(Buffer.from((await store.read(key, [])).entry?.body ?? [])).toEqual(Buffer.from(body));
    });

    it('lets no earlier flight replace the answer of a later one', async () => {
      const store = await create();
      await store.put(key, entryWith({ fence: 3, status: 200 }));
      expect(await store.put(key, entryWith({ fence: 2, status: 404 }))).toBe(false);
      expect(await store.put(key, entryWith({ fence: 4, status: 410 }))).toBe(true);
      expect((await store.read(key, [])).entry?.status).toBe(410);
    });

    it('treats an answer that is past its time as absent', async () => {
      const store = await create();
      await store.put(key, entryWith({ deleteAtMillis: 5_000 }));
      expect((await store.read(key, [])).entry).toBeUndefined();
    });

    it('counts purges of wide and narrow tags apart, each kind for itself', async () => {
      const store = await create();
      await store.purge(['all', 'entity:e1'], 'hard');
      await store.purge(['entity:e1', 'class-search'], 'soft');
      await store.purge(['all'], 'hard');
      expect((await store.read(undefined, ['all', 'class-search', 'entity:e1', 'entity:e2'])).epochs).toEqual({
        all: { hard: 2, soft: 0 },
        'class-search': { hard: 0, soft: 1 },
        'entity:e1': { hard: 1, soft: 1 },
        'entity:e2': { hard: 0, soft: 0 },
      });
    });

    it('loses no purge of many at once', async () => {
      const store = await create();
      await Promise.all(Array.from({ length: 20 }, () => store.purge(['all', 'entity:e1'], 'hard')));
      const { epochs } = await store.read(undefined, ['all', 'entity:e1']);
      expect([epochs.all?.hard, epochs['entity:e1']?.hard]).toEqual([20, 20]);
    });

    it('marks a tag while it is written by anyone, and purges it before and after', async () => {
      const store = await create();
      await store.beginWrite('entity:e1', 'w1', 9_000);
      await store.beginWrite('entity:e1', 'w2', 8_000);
      expect(await store.read(undefined, ['entity:e1'])).toMatchObject({
        writingUntilMillis: 9_000,
        epochs: { 'entity:e1': { hard: 2 } },
      });
      await store.endWrite('entity:e1', 'w1', true);
      expect(await store.read(undefined, ['entity:e1'])).toMatchObject({
        writingUntilMillis: 8_000,
        epochs: { 'entity:e1': { hard: 3 } },
      });
      await store.endWrite('entity:e1', 'w2', false);
      expect(await store.read(undefined, ['entity:e1', 'entity:e2'])).toMatchObject({
        writingUntilMillis: 0,
        epochs: { 'entity:e1': { hard: 3 } },
      });
    });

    it('lets exactly one of many set out, whatever they saw', () =>
      fc.assert(
        fc.asyncProperty(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 0, max: 2 }), async (rivals, before) => {
          const store = await create();
          let flight = noFlight;
          for (let fence = 1; fence <= before; fence += 1) {
            const next = { fence, leaseUntilMillis: 10, basis: '' };
            expect(await store.acquire(key, flight, next)).toBe(true);
            flight = next;
          }
          const next = { fence: before + 1, leaseUntilMillis: 20, basis: 'all=0.0' };
          const tries = Array.from({ length: rivals }, () => store.acquire(key, flight, next));
          expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
          expect((await store.read(key, [])).flight).toEqual(next);
        }),
        { numRuns: 6 },
      ));

    it('tells how a flight ended, until the next sets out', async () => {
      const store = await create();
      const first = { fence: 1, leaseUntilMillis: 10, basis: '' };
      await store.acquire(key, noFlight, first);
      expect(await store.renew(key, 1, 50)).toBe(true);
      await store.finish(key, 1, { kind: 'passed', untilMillis: 70 });
      expect((await store.read(key, [])).flight).toEqual({
        ...first,
        leaseUntilMillis: 50,
        outcome: { kind: 'passed', untilMillis: 70 },
      });
      const second = { ...first, fence: 2 };
      expect(await store.acquire(key, first, second)).toBe(true);
      expect(await store.renew(key, 1, 90)).toBe(false);
      await store.finish(key, 1, { kind: 'passed', untilMillis: 70 });
      expect((await store.read(key, [])).flight).toEqual(second);
    });

    it('remembers how far the sweep came, and never less', async () => {
      const store = await create();
      await store.markSwept({ sweptUntilMillis: 5_000, types: ['experiment'], resumeAtMillis: 4_900 });
      await store.markSwept({ sweptUntilMillis: 4_000, types: [], resumeAtMillis: 1 });
      expect((await store.read(undefined, [])).sweep).toEqual({
        sweptUntilMillis: 5_000,
        types: ['experiment'],
        resumeAtMillis: 4_900,
      });
    });

    it('finds what stands above an entity in any of its answers', async () => {
      const store = await create();
      await store.put(key, entryWith());
      expect(await store.ancestorsIn(key.partition)).toBeUndefined();
      await store.put({ ...key, id: 'answer-2' }, entryWith({ ancestors: ['journal:j1'] }));
      expect(await store.ancestorsIn(key.partition)).toEqual(['journal:j1']);
    });
  });
