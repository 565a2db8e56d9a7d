import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addUnits,
  bucketMillis,
  bucketOf,
  emptyLedger,
  type Ledger,
  outlook,
  outlookBeside,
  prune,
  settle,
  usedAt,
} from '../../../shared/quota/ledger.ts';

const ledgerOf = (untilMillis: readonly number[]): Ledger =>
  untilMillis.reduce((ledger, until) => addUnits(ledger, new Map([[bucketOf(until), 1]])), emptyLedger);

const instants = fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 60 });
const instant = fc.integer({ min: 0, max: 110_000 });

describe('the ledger', () => {
  it('counts a unit at least until its end, and at most one bucket longer', () =>
    fc.assert(
      fc.property(instants, instant, (untils, at) => {
        const used = usedAt(ledgerOf(untils), at);
        expect(used).toBeGreaterThanOrEqual(untils.filter((until) => until > at).length);
        expect(used).toBeLessThanOrEqual(untils.filter((until) => until + bucketMillis > at).length);
      }),
    ));

  it('says the same of the future after the past was dropped', () =>
    fc.assert(
      fc.property(instants, instant, instant, (untils, one, other) => {
        const [now, later] = [Math.min(one, other), Math.max(one, other)];
        const ledger = ledgerOf(untils);
        expect(usedAt(prune(ledger, now), later)).toBe(usedAt(ledger, later));
        expect(outlook(prune(ledger, now), 100, now)).toEqual(outlook(ledger, 100, now));
      }),
    ));

  it('foretells what will be free', () =>
    fc.assert(
      fc.property(instants, instant, (untils, now) => {
        const ledger = ledgerOf(untils);
        const { at, free } = outlook(ledger, 100, now);
        at.forEach((time, index) => {
          expect(free[index]).toBe(100 - usedAt(ledger, time));
        });
        expect(free.at(-1)).toBe(100);
      }),
    ));

  it('moves settled units to an earlier end and drops unused ones', () => {
    const ledger = ledgerOf([10_000, 10_000, 10_000]);
    const from = bucketOf(10_000);
    const settled = settle(ledger, [
      { from, to: bucketOf(6_000), units: 1 },
      { from, to: undefined, units: 1 },
    ]);
    expect([usedAt(settled, 5_000), usedAt(settled, 7_000), usedAt(settled, 11_000)]).toEqual([2, 1, 0]);
  });

  it('never lets a settlement free more than it names, nor units that it does not hold', () => {
    const ledger = ledgerOf([10_000]);
    const from = bucketOf(10_000);
    expect(settle(ledger, [{ from, to: undefined, units: 2 }])).toEqual(ledger);
    expect(settle(ledger, [{ from: from + 5, to: undefined, units: 1 }])).toEqual(ledger);
    expect(settle(ledger, [{ from, to: from + 1, units: 1 }])).toEqual(ledger);
  });
});

describe('the outlook beside a held rate', () => {
  const held = { units: 0, unitsPerMilli: 20 / 60_000 };

  it('keeps the held share of a full burst for the whole window', () => {
    const { free } = outlookBeside(outlook(emptyLedger, 100, 0), held, 60_000);
    expect(free[0]).toBe(80);
  });

  it('lends what was held as the time passes in which it could have been used', () => {
    const burst = addUnits(emptyLedger, new Map([[bucketOf(60_000), 80]]));
    const lentAt = (now: number) => outlookBeside(outlook(burst, 100, now), held, 60_000).free[0];
    expect(lentAt(0)).toBeCloseTo(0);
    expect(lentAt(30_000)).toBeCloseTo(10);
    expect(lentAt(59_999)).toBeCloseTo(20, 1);
  });
});
