import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRate } from '../../../local/gateway/sources/rate.ts';

const startMillis = Date.parse('2026-01-01T00:00:30Z');
const next = (expression: string, after: string): string =>
  new Date(parseRate(expression, startMillis)(Date.parse(after))).toISOString().replace('.000Z', 'Z');

describe('the next run of a rule', () => {
  it.each([
    ['rate(5 minutes)', '2026-01-01T00:00:30Z', '2026-01-01T00:05:30Z'],
    ['rate(1 hour)', '2026-01-01T02:00:30Z', '2026-01-01T03:00:30Z'],
    ['rate(1 day)', '2026-01-01T00:00:31Z', '2026-01-02T00:00:30Z'],
  ])('%s after %s is %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it('is always later than the instant asked for, and nothing lies between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(1_000_000_000), (minutes, lateMillis) => {
        const after = startMillis + lateMillis;
        const due = parseRate(`rate(${minutes} minutes)`, startMillis)(after);
        expect(due).toBeGreaterThan(after);
        expect(due - after).toBeLessThanOrEqual(minutes * 60_000);
        expect((due - startMillis) % (minutes * 60_000)).toBe(0);
      }),
    );
  });

  it.each(['cron(0 8 * * ? *)', 'rate(five minutes)', 'rate(0 minutes)', 'at(2026-03-01T12:00:00)', 'every day'])(
    'is refused for %s',
    (expression) => {
      expect(() => parseRate(expression, 0)).toThrow(/cannot be read/);
    },
  );
});
