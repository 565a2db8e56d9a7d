import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Delivery,
  type EntityHead,
  keptDays,
  type Ledger,
  outcomes,
  type Range,
} from '../../shared/notifications/ledger.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { aDelivery, aNotification, dayMillis, noon } from '../shared/notifications/builders.ts';
import { sized } from '../support/test-size.ts';

const at = (nowMillis: number): Clock => ({ nowMillis: () => nowMillis });

const everything: Range = { fromMillis: 0, untilMillis: noon + dayMillis, order: 'oldest-first', limit: 100 };

/** Every id, page by page. */
const walk = async (ledger: Ledger, range: Range): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledger.list({ ...range, cursor });
    expect(page.entries.length).toBeLessThanOrEqual(range.limit);
    ids.push(...page.entries.map(({ notification }) => notification.id));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return ids;
};

export const ledgerContract = (name: string, create: (clock: Clock) => Promise<Ledger>) =>
  describe(`Ledger contract: ${name}`, () => {
    it('keeps a notification once, and gives it back with its document', async () => {
      const ledger = await create(at(noon));
      expect(await ledger.read('77')).toBeUndefined();
      expect(await ledger.keep(aNotification(), 'one')).toBe('new');
      expect(await ledger.keep(aNotification({ type: 'create' }), 'two')).toBe('known');
      expect(await ledger.read('77')).toEqual({ notification: aNotification() });
    });

    it("keeps which consumer an event of the facade's own concerns", async () => {
      const ledger = await create(at(noon));
      const own = aNotification({ origin: 'facade', type: 'token.expired', incarnation: 'c_1' });
      await ledger.keep(own, 'one');
      expect(await ledger.read(own.id)).toEqual({ notification: own });
    });

    it.each([undefined, 'c_1'])(
      'keeps the trace of what brought it, whomever it concerns (%s)',
      async (incarnation) => {
        const ledger = await create(at(noon));
        const traced = aNotification({
          traceId: '1-5759e988-bd862e3fe1be46a994272793',
          ...(incarnation === undefined ? {} : { incarnation }),
        });
        await ledger.keep(traced, 'one');
        expect(await ledger.read(traced.id)).toEqual({ notification: traced });
      },
    );

    it('takes a repeat by the same writer for the first: its answer was lost', async () => {
      const ledger = await create(at(noon));
      await ledger.keep(aNotification(), 'one');
      expect(await ledger.keep(aNotification(), 'one')).toBe('new');
    });

    it('lets exactly one of many writers be the first', async () => {
      const ledger = await create(at(noon));
      const writes = Array.from({ length: 20 }, (_, index) => ledger.keep(aNotification(), `w${index}`));
      expect((await Promise.all(writes)).filter((answer) => answer === 'new')).toHaveLength(1);
    });

    it('keeps any document that is JSON, names of inherited members included', async () => {
      const ledger = await create(at(noon));
      let count = 0;
      await fc.assert(
        fc.asyncProperty(fc.json({ maxDepth: 5 }), async (text) => {
          count += 1;
          const document = JSON.parse(`{"__proto__":{"constructor":1},"data":${text}}`);
          const id = `n-${count}`;
          await ledger.keep(aNotification({ id, document }), 'w');
          expect(JSON.stringify((await ledger.read(id))?.notification.document)).toBe(JSON.stringify(document));
        }),
        { numRuns: sized(100) },
      );
    });

    it('keeps a document that no item could hold, and the one of the first writer', async () => {
      const ledger = await create(at(noon));
      const document = { blob: randomBytes(330_000).toString('base64') };
      await ledger.keep(aNotification({ document }), 'one');
      await ledger.keep(aNotification({ document: { blob: randomBytes(330_000).toString('base64') } }), 'two');
      expect((await ledger.read('77'))?.notification.document).toEqual(document);
      const page = await ledger.list(everything);
      expect(page.entries.map(({ notification }) => notification.document)).toEqual([document]);
    });

    it('keeps what became of it, and replaces it', async () => {
      const ledger = await create(at(noon));
      await ledger.keep(aNotification(), 'one');
      const deliveries = [aDelivery(), aDelivery({ subscriptionId: 'other', messageId: 'm', atMillis: noon - 5 })];
      await ledger.writeDispatched('77', { sequence: 3, isLate: false, deliveries });
      expect((await ledger.read('77'))?.dispatched).toEqual({ sequence: 3, isLate: false, deliveries });
      await ledger.writeDispatched('77', { sequence: 0, isLate: true, deliveries: [] });
      expect((await ledger.read('77'))?.dispatched).toEqual({ sequence: 0, isLate: true, deliveries: [] });
      expect((await ledger.list(everything)).entries).toEqual([await ledger.read('77')]);
    });

    it('replaces nothing where only the first is to be kept', async () => {
      const ledger = await create(at(noon));
      await ledger.keep(aNotification(), 'w1');
      const first = { sequence: 1, isLate: false, deliveries: [aDelivery()] };
      await ledger.writeDispatched('77', first, true);
      await ledger.writeDispatched('77', { ...first, deliveries: [] }, true);
      expect((await ledger.read('77'))?.dispatched).toEqual(first);
    });

    it('makes no entry of one that is gone', async () => {
      const ledger = await create(at(noon));
      await ledger.writeDispatched('77', { sequence: 1, isLate: false, deliveries: [] });
      expect(await ledger.read('77')).toBeUndefined();
      expect(await ledger.keep(aNotification(), 'one')).toBe('new');
    });

    it('gives every delivery back as it was written', async () => {
      const ledger = await create(at(noon));
      await ledger.keep(aNotification(), 'one');
      const delivery: fc.Arbitrary<Delivery> = fc.record(
        {
          subscriptionId: fc.oneof(fc.string(), fc.stringMatching(/^sub-[a-z0-9]{16}$/)),
          outcome: fc.constantFrom(...outcomes),
          atMillis: fc.integer({ min: 0, max: 4_102_444_800_000 }),
          messageId: fc.oneof(fc.uuid(), fc.string()),
          reason: fc.string({ unit: 'grapheme' }),
        },
        { requiredKeys: ['subscriptionId', 'outcome', 'atMillis'], noNullPrototype: true },
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(delivery, { maxLength: 30 }),
          fc.nat(),
          fc.boolean(),
          async (deliveries, sequence, isLate) => {
            await ledger.writeDispatched('77', { sequence, isLate, deliveries });
            expect((await ledger.read('77'))?.dispatched).toEqual({ sequence, isLate, deliveries });
          },
        ),
        { numRuns: sized(100) },
      );
    });

    it('replaces the head of an entity only from the version that was read', async () => {
      const ledger = await create(at(noon));
      const first = await ledger.readHead('experiment:e1');
      expect(first).toEqual({ version: 0, sequence: 0, lastCreatedAtMillis: 0, waiting: [], parked: {} });
      const next: EntityHead = {
        version: 1,
        sequence: 1,
        lastCreatedAtMillis: noon,
        current: { id: '77', sequence: 1, deliveries: [aDelivery({ outcome: 'attempting', messageId: undefined })] },
        waiting: ['sub-a'],
        parked: { 'sub-b': '76' },
      };
      expect(await ledger.writeHead('experiment:e1', next, 0)).toBe(true);
      expect(await ledger.readHead('experiment:e1')).toEqual(next);
      expect(await ledger.writeHead('experiment:e1', { ...next, sequence: 2 }, 0)).toBe(false);
      const { current: _done, ...settled } = next;
      expect(await ledger.writeHead('experiment:e1', { ...settled, version: 2 }, 1)).toBe(true);
      expect(await ledger.readHead('experiment:e1')).toEqual({ ...settled, version: 2 });
      expect((await ledger.readHead('experiment:e2')).version).toBe(0);
    });

    it('takes a repeated write of a head for done: its first answer was lost', async () => {
      const ledger = await create(at(noon));
      const next = { version: 1, sequence: 1, lastCreatedAtMillis: noon, waiting: [], parked: {} };
      await ledger.writeHead('e', next, 0);
      expect(await ledger.writeHead('e', next, 0)).toBe(true);
    });

    it('lets exactly one of many replace a head', async () => {
      const ledger = await create(at(noon));
      const writes = Array.from({ length: 10 }, (_, index) =>
        ledger.writeHead('e', { version: 1, sequence: index, lastCreatedAtMillis: 0, waiting: [], parked: {} }, 0),
      );
      expect((await Promise.all(writes)).filter(Boolean)).toHaveLength(1);
    });

    it('lists by time of receipt, in pages, each once', async () => {
      const ledger = await create(at(noon));
      // Some share an instant, some are days apart.
      const receipts = [0, 0, 1, 2, 2, 2, dayMillis, 3 * dayMillis, 3 * dayMillis + 1, 40 * dayMillis].map(
        (ago) => noon - ago,
      );
      for (const [index, receivedAtMillis] of receipts.entries())
        await ledger.keep(aNotification({ id: `n${index}`, receivedAtMillis }), 'w');
      const oldestFirst = ['n9', 'n8', 'n7', 'n6', 'n3', 'n4', 'n5', 'n2', 'n0', 'n1'];
      for (const limit of [1, 4, 10, 100]) {
        const last41 = { ...everything, fromMillis: noon - 41 * dayMillis, limit };
        expect(await walk(ledger, last41)).toEqual(oldestFirst);
        expect(await walk(ledger, { ...last41, order: 'newest-first' })).toEqual(oldestFirst.toReversed());
      }
      const some = { ...everything, fromMillis: noon - 3 * dayMillis, untilMillis: noon - 1 };
      expect(await walk(ledger, some)).toEqual(['n7', 'n6', 'n3', 'n4', 'n5']);
      expect(await walk(ledger, { ...some, order: 'newest-first' })).toEqual(['n5', 'n4', 'n3', 'n6', 'n7']);
    });

    it.each([
      [noon, noon],
      [noon, noon - 1],
      [0, 0],
      [noon + dayMillis, noon + 2 * dayMillis],
    ])('lists nothing from %d until %d', async (fromMillis, untilMillis) => {
      const ledger = await create(at(noon));
      await ledger.keep(aNotification(), 'w');
      expect(await walk(ledger, { ...everything, fromMillis, untilMillis })).toEqual([]);
    });

    it('refuses a cursor that is none', async () => {
      const ledger = await create(at(noon));
      await expect(ledger.list({ ...everything, cursor: 'x' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    });

    it('neither lists nor reads what is older than it keeps, whether it was removed or not', async () => {
      let nowMillis = noon;
      const ledger = await create({ nowMillis: () => nowMillis });
      await ledger.keep(aNotification(), 'w');
      nowMillis = noon + keptDays * dayMillis - 1;
      expect(await walk(ledger, { ...everything, untilMillis: nowMillis })).toEqual(['77']);
      nowMillis += 1;
      expect(await walk(ledger, { ...everything, untilMillis: nowMillis })).toEqual([]);
      expect(await ledger.read('77')).toBeUndefined();
    });

    it('keeps input that is no notification, byte for byte, the same once a day', async () => {
      let nowMillis = noon;
      const ledger = await create({ nowMillis: () => nowMillis });
      const broken = new Uint8Array([0, 255, 123, 34]);
      const large = new Uint8Array(randomBytes(330_000));
      const id = await ledger.keepMalformed(broken, 'it is no JSON');
      expect(await ledger.keepMalformed(broken, 'it is no JSON')).toBe(id);
      nowMillis += 1_000;
      await ledger.keepMalformed(large, 'it has no id');
      const { entries } = await ledger.listMalformed(everything);
      expect(entries.map(({ bytes, ...rest }) => ({ ...rest, bytes: Buffer.from(bytes).toString('base64') }))).toEqual([
        { id, receivedAtMillis: noon, reason: 'it is no JSON', bytes: Buffer.from(broken).toString('base64') },
        expect.objectContaining({ reason: 'it has no id', bytes: Buffer.from(large).toString('base64') }),
      ]);
      expect(await walk(ledger, everything)).toEqual([]);
    });
  });
