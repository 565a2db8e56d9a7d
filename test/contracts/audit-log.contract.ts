import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditLog, type AuditRange, type AuditRecord, positionOf } from '../../shared/audit/record.ts';
import { intent, noon, outcome } from '../shared/audit/support.ts';
import { sized } from '../support/test-size.ts';

const dayMillis = 86_400_000;
const always: AuditRange = { fromMillis: noon - 3 * dayMillis, untilMillis: noon + 3 * dayMillis };

const readAll = async (log: AuditLog, range: AuditRange, most: number): Promise<AuditRecord[]> => {
  const records: AuditRecord[] = [];
  let { before } = range;
  for (;;) {
    const slice = await log.read({ ...range, before }, most);
    records.push(...slice.records);
    if (slice.next === undefined) return records;
    before = slice.next;
  }
};
const named = (records: readonly AuditRecord[]): string[] => records.map(({ id, stage }) => `${id} ${stage}`);

/** `create` gets the clock that decides what may be removed. */
export const auditLogContract = (name: string, create: (nowMillis: () => number) => Promise<AuditLog>) =>
  describe(`AuditLog contract: ${name}`, () => {
    const at = () => noon;

    it('gives back what was appended, member for member', async () => {
      const log = await create(at);
      const records = [
        outcome({ subject: 'anna', queryNames: ['digest'], code: 'UPSTREAM_LATE' }),
        outcome({
          ...{ id: 'a01', kind: 'operator', actor: 'arn:aws:iam::123456789012:user/ops', startedMillis: noon - 1 },
          asked: { scopes: ['*:read'], contact: null },
          changes: [
            { field: 'scopes', old: [], new: ['*:read'] },
            { of: 'key-1', field: 'expiresAt', old: '2027-01-01T00:00:00.000Z' },
          ],
        }),
        intent({ id: 'a0', startedMillis: noon - 1 }),
      ];
      for (const record of records) await log.append(record);
      expect((await log.read(always, 10)).records).toEqual(records);
    });

    it('reads newest first, an outcome right before its intent, across days', async () => {
      const log = await create(at);
      await log.append(intent({ id: 'old', startedMillis: noon - 2 * dayMillis }));
      await log.append(outcome({ id: 'new', startedMillis: noon }));
      await log.append(intent({ id: 'new', startedMillis: noon }));
      await log.append(intent({ id: 'mid', startedMillis: noon - dayMillis }));
      expect(named(await readAll(log, always, 10))).toEqual(['new outcome', 'new intent', 'mid intent', 'old intent']);
    });

    it('keeps the first of two records of the same entry and stage', async () => {
      const log = await create(at);
      await log.append(intent({ target: 'first' }));
      await log.append(intent({ target: 'second' }));
      expect((await readAll(log, always, 10)).map(({ target }) => target)).toEqual(['first']);
    });

    it('reads one consumer, one entity, and a range whose end is left out', async () => {
      const log = await create(at);
      await log.append(intent({ id: 'a', consumer: 'app', entity: 'experiment:e1' }));
      await log.append(intent({ id: 'b', consumer: 'other', entity: 'experiment:e2', startedMillis: noon + 1 }));
      const { entity: _none, ...without } = intent({ id: 'c', consumer: 'other', startedMillis: noon + 2 });
      await log.append(without);
      const read = async (range: Partial<AuditRange>) => named(await readAll(log, { ...always, ...range }, 10));
      expect(await read({ of: { consumer: 'other' } })).toEqual(['c intent', 'b intent']);
      expect(await read({ of: { entity: 'experiment:e1' } })).toEqual(['a intent']);
      expect(await read({ fromMillis: noon + 1, untilMillis: noon + 2 })).toEqual(['b intent']);
      expect(await read({ of: { consumer: 'other' }, fromMillis: noon + 2 })).toEqual(['c intent']);
      expect(await read({ fromMillis: noon + 2, untilMillis: noon + 1 })).toEqual([]);
    });

    it('leaves out what may be removed, removed or not', async () => {
      let now = noon;
      const log = await create(() => now);
      await log.append(intent({ deleteAtSeconds: noon / 1_000 + 60 }));
      expect(await readAll(log, always, 10)).toHaveLength(1);
      now += 60_000;
      expect(await readAll(log, always, 10)).toEqual([]);
      expect(await readAll(log, { ...always, of: { consumer: 'app' } }, 10)).toEqual([]);
    });

    it('reads both records of every entry in order, many of one instant too, without loss or repetition', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ offset: fc.integer({ min: -3, max: 3 }), day: fc.integer({ min: -1, max: 1 }) }), {
            maxLength: 25,
          }),
          fc.integer({ min: 1, max: 9 }),
          async (begun, most) => {
            const log = await create(at);
            const entries = begun.map(({ offset, day }, index) => ({
              id: `${index}-${offset}`,
              startedMillis: noon + day * dayMillis + offset,
            }));
            await Promise.all(entries.flatMap((parts) => [log.append(intent(parts)), log.append(outcome(parts))]));
            const read = await readAll(log, always, most);
            const keys = read.map((record) => `${positionOf(record)}#${record.stage}`);
            expect(keys).toEqual(keys.toSorted().reverse());
            expect(new Set(keys).size).toBe(keys.length);
            // A slice may end between the two. The outcome contains everything.
            const outcomes = read.filter(({ stage }) => stage === 'outcome').map(({ id }) => id);
            expect(outcomes.toSorted()).toEqual(entries.map(({ id }) => id).toSorted());
          },
        ),
        { numRuns: sized(60, 4) },
      ));

    it('shows every entry once, whatever the size of the slices', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: -2 * dayMillis, max: 2 * dayMillis }), { maxLength: 12 }),
          fc.integer({ min: 1, max: 7 }),
          fc.constantFrom(undefined, { consumer: 'app' }, { entity: 'experiment:e1' }),
          async (offsets, most, of) => {
            const log = await create(at);
            const begun = offsets.map((offset, index) => intent({ id: `i${index}`, startedMillis: noon + offset }));
            await Promise.all(begun.map((record) => log.append(record)));
            const positions = (await readAll(log, { ...always, of }, most)).map(positionOf);
            expect(positions).toEqual(begun.map(positionOf).sort().reverse());
          },
        ),
        { numRuns: sized(60, 4) },
      ));
  });
