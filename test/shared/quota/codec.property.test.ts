import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packState, unpackState } from '../../../shared/quota/codec.ts';
import { addUnits, emptyLedger, usedAt } from '../../../shared/quota/ledger.ts';
import { emptyState } from '../../../shared/quota/state.ts';

const sorted = (ends: readonly number[]): number[] => ends.toSorted((one, other) => one - other);

describe('the stored form of the state', () => {
  it('keeps every count of the ledger', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 12e9, max: 12e9 + 700 }), fc.integer({ min: 1, max: 5_000_000 }))),
        (units) => {
          const ledger = units.reduce((sum, unit) => addUnits(sum, new Map([unit])), emptyLedger);
          expect(unpackState(packState({ ...emptyState, ledger })).ledger).toEqual(ledger);
        },
      ),
    ));

  it('stays within 1 KiB for a full window of 1,000 spread calls and five consumers', () => {
    const start = 12e9;
    const ledger = Array.from({ length: 1_000 }, (_, unit) => start + Math.floor((unit * 420) / 1_000)).reduce(
      (sum, bucket) => addUnits(sum, new Map([[bucket, 1]])),
      emptyLedger,
    );
    expect(usedAt(ledger, 0)).toBe(1_000);
    const flow = { tag: 123_456.125, wantsUntilMillis: 18e11, minute: 3e7, unitsNow: 300, unitsBefore: 300 };
    const names = ['app-1', 'app-2', 'app-3', 'app-4', 'app-5'].map((id) => [`b:${id}`, flow]);
    const packed = packState({ ...emptyState, ledger, flows: Object.fromEntries(names) });
    expect(packed.ledger.length + packed.rest.length).toBeLessThan(1_000);
  });

  it('keeps the lowest limit', () => {
    const lowest = { limit: 500, untilMillis: 1_800_000_000_000 };
    expect(unpackState(packState({ ...emptyState, lowest })).lowest).toEqual(lowest);
  });

  it('keeps the places of calls that wait', () => {
    const end = fc.integer({ min: 1, max: 30_000 }).map((millis) => 1_800_000_000_000 + millis);
    const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
    const consumers = fc.dictionary(id, fc.array(end, { minLength: 1 }).map(sorted));
    const places = fc.dictionary(id, consumers, { minKeys: 1 });
    fc.assert(
      fc.property(places, (one) => {
        const state = { ...emptyState, asOfMillis: 1_800_000_000_000.5, places: one };
        expect(unpackState(packState(state)).places).toEqual({ ...one });
      }),
    );
  });

  it('refuses what newer code has written otherwise', () => {
    const packed = packState(emptyState);
    const newer = { ...packed, rest: JSON.stringify({ ...JSON.parse(packed.rest), s: 2 }) };
    expect(() => unpackState(newer)).toThrow();
  });

  it('refuses what it has not written', () => {
    expect(() => unpackState({ ledger: new Uint8Array(8), rest: '{}' })).toThrow();
  });
});
