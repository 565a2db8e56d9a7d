import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHistogram } from '../../../shared/what-if/histogram.ts';

it('a quantile is the value that so many do not exceed, at most 2 % and 1 too high', () => {
  const values = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 200 });
  const property = fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
    const histogram = createHistogram();
    for (const value of all) histogram.add(value);
    const sorted = all.toSorted((one, other) => one - other);
    const exact = sorted[Math.ceil(all.length * share) - 1] as number;
    expect(histogram.quantile(share)).toBeGreaterThanOrEqual(exact - 1);
    expect(histogram.quantile(share)).toBeLessThanOrEqual(exact * 1.02 + 1);
    expect(histogram.most()).toBe(sorted.at(-1));
  });
  fc.assert(property);
});

it('without values every quantile is 0', () => {
  expect(createHistogram().quantile(0.99)).toBe(0);
});
