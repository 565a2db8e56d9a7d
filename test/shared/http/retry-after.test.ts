import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterMillis } from '../../../shared/http/retry-after.ts';

const noon = Date.UTC(2026, 6, 21, 12, 0, 0);
const year = 31_536_000_000;
const waitOf = (...values: string[]): number | undefined =>
  retryAfterMillis(
    values.map((value) => ['retry-after', value]),
    noon,
  );

describe('Retry-After', () => {
  it.each([
    ['seconds', '120', 120_000],
    ['nought', '0', 0],
    ['leading noughts', '007', 7_000],
    ['blanks around', ' 5 ', 5_000],
    ['a fraction, rounded up to the millisecond', '1.5', 1_500],
    ['a huge number', '9'.repeat(400), year],
    ['a number above the range of dates', '99999999999', year],
    ['an IMF date', 'Tue, 21 Jul 2026 12:00:30 GMT', 30_000],
    ['an RFC 850 date', 'Tuesday, 21-Jul-26 12:00:30 GMT', 30_000],
    ['an asctime date', 'Tue Jul 21 12:00:30 2026', 30_000],
    ['an asctime date with one digit', 'Sat Aug  1 12:00:00 2026', 11 * 86_400_000],
    ['a date of another case', 'TUE, 21 JUL 2026 12:00:30 gmt', 30_000],
    ['a date that has passed', 'Tue, 21 Jul 2026 11:59:30 GMT', 0],
    ['a date far ahead', 'Fri, 31 Dec 9999 23:59:59 GMT', year],
  ])('reads %s', (_name, value, expected) => {
    expect(waitOf(value)).toBe(expected);
  });

  it.each([
    '',
    '-1',
    '+5',
    '1,5',
    '1.',
    '.5',
    '1e3',
    '0x10',
    '5s',
    'soon',
    'NaN',
    'Infinity',
    '2026-07-21T12:00:30Z',
    '5, 10',
  ])('makes nothing of "%s"', (value) => {
    expect(waitOf(value)).toBeUndefined();
  });

  it('takes the longest of several that can be read', () => {
    expect(waitOf('5', 'soon', '30', '7')).toBe(30_000);
    expect(retryAfterMillis([], noon)).toBeUndefined();
  });

  it('is undefined or a wait of at most a year, whatever it says', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.date().map(String)), (value) => {
        const wait = waitOf(value) ?? 0;
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(year);
      }),
      { numRuns: 300 },
    ));
});
