import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../shared/cache/entry.ts';
import { type CacheStore, type EntryKey, noFlight } from '../../shared/cache/store.ts';
import type { Clock } from '../../shared/time/clock.ts';

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

/** Near the instants of the entries here. */
const movableClock = () => {
  let now = 6_000;
  return {
    nowMillis: () => now,
    advance: (millis: number): void => {
      now += millis;
    },
  };
};

/** `create` makes an empty store by a clock of its own, about 6 seconds after the epoch, or by the one it is given. */
export const cacheStoreContract = (name: string, create: (clock?: Clock) => Promise<CacheStore>) =>
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

    it('counts listings of a record, and keeps the last stamp', async () => {
      const store = await create();
      const seen = async () => (await store.read(undefined, ['entity:e1'])).epochs['entity:e1'];
      const [first, second] = [1, 2].map((version) => ({ editedAtMillis: version, own: `version ${version}` }));
      if (!first || !second) throw new Error('two stamps');
      await store.noteListed([
        { tag: 'entity:e1', stamp: first },
        { tag: 'entity:e2', stamp: second },
      ]);
      expect(await seen()).toEqual({ hard: 0, soft: 0, listed: { count: 1, stamp: first } });
      await store.purge(['entity:e1'], 'hard');
      await store.noteListed([{ tag: 'entity:e1', stamp: second }]);
      expect(await seen()).toEqual({ hard: 1, soft: 0, listed: { count: 2, stamp: second } });
      await store.noteListed([{ tag: 'entity:e1', stamp: second }]);
      expect(await seen()).toEqual({ hard: 1, soft: 0, listed: { count: 3, stamp: second } });
    });

    it.each([
      ['of an earlier time', { editedAtMillis: 4, own: 'b' }],
      ['of the same time', { editedAtMillis: 5, own: 'b' }],
    ])('takes another stamp %s for a soft purge, because it may be older', async (_title, stamp) => {
      const store = await create();
      const known = { editedAtMillis: 5, own: 'a' };
      await store.noteListed([{ tag: 'entity:e1', stamp: known }]);
      await store.noteListed([{ tag: 'entity:e1', stamp }]);
      const { epochs } = await store.read(undefined, ['entity:e1']);
      expect(epochs['entity:e1']).toEqual({ hard: 0, soft: 1, listed: { count: 1, stamp: known } });
    });

    it('loses no purge of many at once', async () => {
      const store = await create();
      await Promise.all(Array.from({ length: 20 }, () => store.purge(['all', 'entity:e1'], 'hard')));
      const { epochs } = await store.read(undefined, ['all', 'entity:e1']);
      expect([epochs.all?.hard, epochs['entity:e1']?.hard]).toEqual([20, 20]);
    });

    it('marks a narrow tag while it is written by anyone, and purges it before and after', async () => {
      const store = await create();
      const seen = async () => {
        const { writingUntilMillis, epochs } = await store.read(undefined, ['entity:e1', 'entity:e2']);
        return [writingUntilMillis, epochs['entity:e1']?.hard, epochs['entity:e2']?.hard];
      };
      await store.beginWrite(['entity:e1'], 'w1', 9_000);
      await store.beginWrite(['entity:e1'], 'w2', 8_000);
      expect(await seen()).toEqual([9_000, 2, 0]);
      await store.endWrite(['entity:e1'], 'w1', ['entity:e1', 'entity:e2', 'entity:e1']);
      expect(await seen()).toEqual([8_000, 3, 1]);
      await store.endWrite(['entity:e1'], 'w2', []);
      expect(await seen()).toEqual([0, 3, 1]);
    });

    it('marks wide tags without sending readers upstream, and purges them at the end', async () => {
      const store = await create();
      const seen = () => store.read(undefined, ['all', 'class-search', 'class-listing']);
      await store.beginWrite(['all', 'class-search'], 'w1', 9_000);
      expect(await seen()).toMatchObject({
        writingUntilMillis: 0,
        epochs: { all: { hard: 0 }, 'class-search': { hard: 0 } },
      });
      await store.endWrite(['all', 'class-search'], 'w1', ['all', 'class-search', 'class-listing']);
      expect((await seen()).epochs).toEqual({
        all: { hard: 1, soft: 0 },
        'class-search': { hard: 1, soft: 0 },
        'class-listing': { hard: 1, soft: 0 },
      });
    });

    it.each(['entity:e1', 'class-search'])('counts a lapsed mark of %s as a purge, once and for all', async (tag) => {
      const clock = movableClock();
      const store = await create(clock);
      const hard = async () => (await store.read(undefined, [tag])).epochs[tag]?.hard ?? Number.NaN;
      const other = async () => (await store.read(undefined, ['class-listing'])).epochs['class-listing'];
      await store.beginWrite([tag], 'died', clock.nowMillis() + 1_000);
      const marked = await hard();
      clock.advance(999);
      expect(await hard()).toBe(marked);
      clock.advance(1);
      const lapsed = await hard();
      expect(lapsed).toBeGreaterThan(marked);
      expect(lapsed).toBeLessThan(marked + 1); // never what another purge makes of it
      await store.purge([tag], 'soft'); // takes the mark out of the record
      await store.purge([tag], 'hard');
      expect(await hard()).toBe(lapsed + 1);
      expect(await other()).toEqual({ hard: 0, soft: 0 });
    });

    it('keeps the mark of a writer that marks again, on all that it marks then', async () => {
      const store = await create();
      await store.beginWrite(['entity:e1'], 'w1', 7_000);
      await store.beginWrite(['entity:e1', 'entity:e2'], 'w1', 9_000);
      expect((await store.read(undefined, ['entity:e2'])).writingUntilMillis).toBe(9_000);
      expect((await store.read(undefined, ['entity:e1'])).writingUntilMillis).toBe(9_000);
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

    it('remembers as whom the sweep asked, and which watched changed', async () => {
      const store = await create();
      const sweep = {
        sweptUntilMillis: 5_000,
        types: ['experiment'],
        principal: 'service:signals:default',
        watched: { sinceMillis: 1_000, untilMillis: { abc: 2_000 } },
        resumeAtMillis: 4_900,
      };
      await store.markSwept(sweep);
      expect((await store.read(undefined, [])).sweep).toEqual(sweep);
      await store.markSwept({ ...sweep, principal: undefined, watched: undefined });
      expect((await store.read(undefined, [])).sweep).toEqual({ ...sweep, principal: undefined, watched: undefined });
    });

    it.each(['entity:e1', 'class-search'])('counts each of many open writes on %s until it is over', async (tag) => {
      const clock = movableClock();
      const store = await create(clock);
      const state = () => store.read(undefined, [tag, 'class-listing']);
      const hard = async () => (await state()).epochs[tag]?.hard ?? Number.NaN;
      for (let writer = 0; writer < 70; writer += 1) await store.beginWrite([tag], `w${writer}`, 20_000);
      const marked = await hard();
      await store.beginWrite([tag], 'w69', 40_000); // once more: it lasts longer
      clock.advance(20_000 - clock.nowMillis());
      expect(await hard()).toBeGreaterThan(marked);
      const { writingUntilMillis } = await state();
      expect(writingUntilMillis).toBe(tag === 'entity:e1' ? 40_000 : 0);
      const lapsed = await hard();
      await store.purge([tag], 'hard'); // takes marks out of the record
      await store.purge([tag], 'hard');
      expect(await hard()).toBe(lapsed + 2);
      clock.advance(20_000);
      expect(await hard()).toBeGreaterThan(lapsed + 2);
      expect((await state()).epochs['class-listing']).toEqual({ hard: 0, soft: 0 });
    });

    it('shows a mark that nobody removes as a write until it expires, and as a purge from then on', async () => {
      const clock = movableClock();
      const store = await create(clock);
      await store.beginWrite(['entity:e1'], 'w1', 20_000);
      const state = async () => {
        const { writingUntilMillis, epochs } = await store.read(undefined, ['entity:e1']);
        return { writingUntilMillis, hard: epochs['entity:e1']?.hard ?? Number.NaN };
      };
      clock.advance(19_999 - clock.nowMillis());
      const open = await state();
      expect(open.writingUntilMillis).toBe(20_000);
      clock.advance(1);
      const over = await state();
      expect(over.writingUntilMillis).toBe(0);
      expect(over.hard).toBeGreaterThan(open.hard);
    });

    describe('what stands above an entity', () => {
      const tags = ['class-entity', 'entity:e1'];
      const epochs = { 'class-entity': { hard: 0, soft: 0 }, 'entity:e1': { hard: 0, soft: 0 } };
      const placed = (parts: Partial<Entry>) => entryWith({ ancestors: ['journal:j1'], epochs, ...parts });

      it('is found in any of its answers', async () => {
        const store = await create();
        await store.put(key, entryWith());
        expect(await store.ancestorsIn(key.partition)).toBeUndefined();
        await store.put({ ...key, id: 'answer-2' }, placed({}));
        expect(await store.ancestorsIn(key.partition)).toEqual(['journal:j1']);
        expect(await store.ancestorsIn('E#t#e2')).toBeUndefined();
      });

      it('is told by the newest answer', async () => {
        const store = await create();
        for (const [id, requestedAtMillis] of [
          ['a', 2_000],
          ['b', 4_000],
          ['c', 3_000],
        ] as const) {
          await store.put({ ...key, id }, placed({ requestedAtMillis, ancestors: [`journal:${id}`] }));
        }
        expect(await store.ancestorsIn(key.partition)).toEqual(['journal:b']);
      });

      it('is not known when every answer is older than the bound', async () => {
        const clock = movableClock();
        const store = await create(clock);
        await store.put(key, placed({ requestedAtMillis: clock.nowMillis() }));
        clock.advance(54_999);
        expect(await store.ancestorsIn(key.partition)).toEqual(['journal:j1']);
        clock.advance(1);
        expect(await store.ancestorsIn(key.partition)).toBeUndefined();
      });

      it('is not known while somebody writes to everything of its class: it may be a move', async () => {
        const store = await create();
        await store.put(key, placed({}));
        await store.beginWrite(['class-entity'], 'w1', 9_000);
        expect(await store.ancestorsIn(key.partition)).toBeUndefined();
      });

      it.each([
        ['a write to everything of its class', 'class-entity', 'hard', undefined],
        ['the sweep', 'entity:e1', 'soft', undefined],
        ['a write to it, which moves nothing', 'entity:e1', 'hard', ['journal:j1']],
      ] as const)('is judged anew after a purge by %s', async (_title, tag, kind, expected) => {
        const store = await create();
        await store.put(key, placed({ epochs: (await store.read(undefined, tags)).epochs }));
        await store.purge([tag], kind);
        expect(await store.ancestorsIn(key.partition)).toEqual(expected);
      });
    });
  });
