import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findWell, toLabel, toWell } from '../../../shared/inventory/well-position.ts';

const place = fc.integer({ min: 0, max: 47 });

describe('a well position', () => {
  it('is the same by label, by row and column, and by index', () =>
    fc.assert(
      fc.property(place, place, fc.integer({ min: 1, max: 48 }), (row, column, columns) => {
        const label = toLabel({ row, column });
        expect(toWell(label ?? '')).toEqual({ row, column });
        if (column >= columns) return;
        const found = findWell({ label, columns });
        expect(found).toEqual({ row, column, label, index: row * columns + column });
        expect(findWell({ index: row * columns + column, columns })).toEqual(found);
        expect(findWell({ row, column, columns })).toEqual(found);
      }),
    ));

  it('has no label beyond the largest plate', () => {
    expect([toLabel({ row: 48, column: 0 }), toLabel({ row: 0, column: 48 })]).toEqual([undefined, undefined]);
  });

  it('is no other text', () =>
    fc.assert(
      fc.property(fc.string({ maxLength: 5 }), (text) => {
        const well = toWell(text);
        expect(well === undefined || toLabel(well) === text).toBe(true);
      }),
    ));
});
