import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../local/gateway/sources/cron.ts';

const next = (expression: string, after: string, timeZone = 'UTC'): string | undefined => {
  const millis = parseSchedule(expression, Date.parse('2026-01-01T00:00:30Z'), timeZone)(Date.parse(after));
  return millis === undefined ? undefined : new Date(millis).toISOString().replace('.000Z', 'Z');
};

describe('the next run of a schedule', () => {
  it.each([
    ['rate(5 minutes)', '2026-01-01T00:00:30Z', '2026-01-01T00:05:30Z'],
    ['rate(1 hour)', '2026-01-01T02:00:30Z', '2026-01-01T03:00:30Z'],
    ['rate(1 day)', '2026-01-01T00:00:31Z', '2026-01-02T00:00:30Z'],
    ['cron(0/15 * * * ? *)', '2026-01-01T10:00:00Z', '2026-01-01T10:15:00Z'],
    ['cron(0 8 ? * MON-FRI *)', '2026-01-02T08:00:00Z', '2026-01-05T08:00:00Z'],
    ['cron(0 8 ? * 2-6 *)', '2026-01-02T08:00:00Z', '2026-01-05T08:00:00Z'],
    ['cron(0 8 ? * FRI-MON *)', '2026-01-05T09:00:00Z', '2026-01-09T08:00:00Z'],
    ['cron(30 6,18 * * ? *)', '2026-01-01T06:30:00Z', '2026-01-01T18:30:00Z'],
    ['cron(0 0 1 JAN,JUL ? *)', '2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'],
    ['cron(0 0 L * ? *)', '2026-02-01T00:00:00Z', '2026-02-28T00:00:00Z'],
    ['cron(0 0 LW * ? *)', '2026-01-31T00:00:00Z', '2026-02-27T00:00:00Z'],
    ['cron(0 0 15W * ? *)', '2026-02-01T00:00:00Z', '2026-02-16T00:00:00Z'],
    ['cron(0 0 1W * ? *)', '2026-08-01T00:00:00Z', '2026-08-03T00:00:00Z'],
    ['cron(0 9 ? * TUE#2 *)', '2026-01-01T00:00:00Z', '2026-01-13T09:00:00Z'],
    ['cron(0 9 ? * 6L *)', '2026-01-01T00:00:00Z', '2026-01-30T09:00:00Z'],
    ['cron(0 0 29 2 ? *)', '2026-01-01T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['cron(0 0 1 1 ? 2030)', '2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z'],
    ['cron(0 0 1 1 ? 2020)', '2026-01-01T00:00:00Z', undefined],
    ['at(2026-03-01T12:00:00)', '2026-01-01T00:00:00Z', '2026-03-01T12:00:00Z'],
    ['at(2026-03-01T12:00:00)', '2026-03-01T12:00:00Z', undefined],
  ])('%s after %s is %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it.each([
    ['winter', '2026-01-10T00:00:00Z', '2026-01-10T07:00:00Z'],
    ['summer', '2026-07-10T00:00:00Z', '2026-07-10T06:00:00Z'],
    ['the day of the change', '2026-03-28T12:00:00Z', '2026-03-29T06:00:00Z'],
  ])('follows the zone in %s', (_, after, expected) => {
    expect(next('cron(0 8 * * ? *)', after, 'Europe/Berlin')).toBe(expected);
  });

  it('leaves out a time that the clock change skips', () => {
    expect(next('cron(30 2 * * ? *)', '2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-30T00:30:00Z');
  });

  it('runs once at a time that the clock change repeats', () => {
    const first = next('cron(30 2 * * ? *)', '2026-10-24T12:00:00Z', 'Europe/Berlin');

    expect(first).toBe('2026-10-25T00:30:00Z');
    expect(next('cron(30 2 * * ? *)', first ?? '', 'Europe/Berlin')).toBe('2026-10-26T01:30:00Z');
  });

  it('is always later than the instant asked for, and nothing lies between', () => {
    const minute = 60_000;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 23 }),
        fc.nat(1_000_000),
        (m, h, offset) => {
          const run = parseSchedule(`cron(${m} ${h} * * ? *)`, 0);
          const after = Date.parse('2026-01-01T00:00:00Z') + offset * minute;
          const due = run(after) ?? 0;
          expect(due).toBeGreaterThan(after);
          expect(due - after).toBeLessThanOrEqual(24 * 60 * minute);
          expect([new Date(due).getUTCHours(), new Date(due).getUTCMinutes()]).toEqual([h, m]);
        },
      ),
    );
  });

  it.each([
    'cron(* * * *)',
    'cron(0 8 1 * MON *)',
    'cron(61 * * * ? *)',
    'cron(a * * * ? *)',
    'rate(five minutes)',
    'rate(0 minutes)',
    'at(tomorrow)',
    'every day',
  ])('is refused for %s', (expression) => {
    expect(() => parseSchedule(expression, 0)).toThrow(/cannot be read/);
  });
});
