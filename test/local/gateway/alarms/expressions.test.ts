/** Metric math, rules of composites, lines of metrics, and statistics. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRule } from '../../../../local/gateway/alarms/composite-rule.ts';
import { samplesOf } from '../../../../local/gateway/alarms/embedded-metrics.ts';
import { parseExpression } from '../../../../local/gateway/alarms/expression.ts';
import type { AlarmState } from '../../../../local/gateway/alarms/metric-state.ts';
import { createMetricStore } from '../../../../local/gateway/alarms/metric-store.ts';

describe('metric math', () => {
  it.each([
    ['100 * used / limit', { used: 45, limit: 50 }, 90],
    ['a + b * 2', { a: 1, b: 3 }, 7],
    ['(a + b) * 2', { a: 1, b: 3 }, 8],
    ['a - b - 1', { a: 5, b: 3 }, 1],
    ['a', { a: 4 }, 4],
    ['IF(a + 1 > 3, 3, a + 1)', { a: 1 }, 2],
    ['IF(a + 1 > 3, 3, a + 1)', { a: 2 }, 3],
    ['IF(a + 1 > 3, 3, a + 1)', { a: 9 }, 3],
    ['SUM(METRICS())', { a: 1, b: undefined, c: 3 }, 4],
  ])('%s of %j is %d', (text, values, expected) => {
    expect(parseExpression(text)(values)).toBe(expected);
  });

  it('has no data point where a metric has none, and a sum where one has', () => {
    expect(parseExpression('100 * used / limit')({ used: 1, limit: undefined })).toBeUndefined();
    expect(parseExpression('IF(a > 1, 2, 3)')({ a: undefined })).toBeUndefined();
    expect(parseExpression('SUM(METRICS())')({ a: undefined, b: undefined })).toBeUndefined();
  });

  it.each(['SUM(a)', 'IF(a, 1, 2)', 'IF(a > 1, 2)', 'SEARCH(1)', 'a +', 'a b', '(a', 'a ^ 2', ''])(
    'refuses %j, which it cannot compute',
    (text) => {
      expect(() => parseExpression(text)).toThrow(SyntaxError);
    },
  );
});

describe('the rule of a composite', () => {
  const states: Readonly<Record<string, AlarmState>> = { a: 'ALARM', b: 'OK', 'arn:aws:x:c-d': 'INSUFFICIENT_DATA' };
  const holds = (text: string) => parseRule(text)((alarm) => states[alarm] ?? expect.fail(`no alarm ${alarm}`));

  it.each([
    ['ALARM("a")', true],
    ['ALARM(a)', true],
    ['(ALARM("a") OR ALARM("b"))', true],
    ['ALARM("a") AND ALARM("b")', false],
    ['ALARM("b") AND ALARM("b") OR ALARM("a")', true],
    ['ALARM("b") AND (ALARM("b") OR ALARM("a"))', false],
    ['NOT OK("b") OR FALSE', false],
    ['NOT (ALARM("b") OR OK("a"))', true],
    ['INSUFFICIENT_DATA("arn:aws:x:c-d") AND TRUE', true],
  ])('%s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  it.each(['ALARM("a"', 'ALARM("a") XOR ALARM("b")', 'RED("a")', ''])('refuses %j', (text) => {
    expect(() => parseRule(text)).toThrow(SyntaxError);
  });
});

describe('a line in the embedded metric format', () => {
  const line = (more: object) =>
    JSON.stringify({
      _aws: {
        Timestamp: 5,
        CloudWatchMetrics: [
          { Namespace: 'N', Dimensions: [['Stage'], ['Stage', 'Code']], Metrics: [{ Name: 'Errors', Unit: 'Count' }] },
        ],
      },
      ...{ Stage: 'dev', Code: 'INTERNAL', Errors: 2 },
      ...more,
    });
  const common = { namespace: 'N', name: 'Errors', atMillis: 5 };

  it('has a sample for each set of dimensions', () => {
    expect(samplesOf(line({}))).toEqual([
      { ...common, value: 2, dimensions: { Stage: 'dev' } },
      { ...common, value: 2, dimensions: { Stage: 'dev', Code: 'INTERNAL' } },
    ]);
  });

  it('has a sample for each value of a list', () => {
    expect(samplesOf(line({ Errors: [1, 7] })).map(({ value }) => value)).toEqual([1, 7, 1, 7]);
  });

  it.each(['', 'text', '{"_aws"', '{"_aws":{}}', '{"level":"INFO","message":"no \\"_aws\\" here"}'])(
    'is not %j',
    (text) => {
      expect(samplesOf(text)).toEqual([]);
    },
  );
});

describe('a statistic', () => {
  const id = { namespace: 'N', name: 'M', dimensions: { Stage: 'dev' } };
  const store = createMetricStore();
  for (const [atMillis, value] of [4, 1, 3, 2, 10].entries()) store.add({ ...id, value, atMillis });

  it.each([
    ['Sum', 20],
    ['Average', 4],
    ['Minimum', 1],
    ['Maximum', 10],
    ['SampleCount', 5],
    ['p50', 3],
    ['p90', 10],
    ['p20', 1],
  ])('%s is %d', (statistic, expected) => {
    expect(store.statistic(id, statistic, 0, 100)).toBe(expected);
  });

  it('is of the time from its start until before its end, and of exactly these dimensions', () => {
    expect(store.statistic(id, 'Sum', 1, 3)).toBe(4);
    expect(store.statistic(id, 'Sum', 5, 9)).toBeUndefined();
    expect(store.statistic({ ...id, dimensions: {} }, 'Sum', 0, 9)).toBeUndefined();
    expect(store.statistic({ ...id, dimensions: { Stage: 'dev', Code: 'X' } }, 'Sum', 0, 9)).toBeUndefined();
  });

  it('forgets what is older than it is told to keep', () => {
    store.forgetBefore(4);
    expect(store.statistic(id, 'SampleCount', 0, 100)).toBe(1);
  });

  it('keeps sums, counts and extremes of samples that it has moved into minutes', () => {
    const samples = fc.array(fc.record({ value: fc.integer({ min: 0, max: 1_000 }), atMillis: fc.nat(299_999) }), {
      minLength: 1,
      maxLength: 400,
    });
    const property = fc.property(samples, fc.integer({ min: 0, max: 5 }), (all, minutes) => {
      const [whole, moved] = [createMetricStore(), createMetricStore()];
      for (const sample of all) {
        whole.add({ ...id, ...sample });
        moved.add({ ...id, ...sample });
        moved.compactBefore(minutes * 60_000);
      }
      const of = (from: typeof whole, statistic: string, start: number) =>
        from.statistic(id, statistic, start, 300_000);
      for (const start of [0, 60_000, 240_000])
        for (const statistic of ['Sum', 'Minimum', 'Maximum', 'SampleCount', 'p50', 'p100'])
          expect(of(moved, statistic, start)).toBe(of(whole, statistic, start));
    });
    fc.assert(property, { numRuns: 40 });
  });

  it('tells a percentile of many samples of a minute apart by one in a hundred', () => {
    const many = createMetricStore();
    for (let value = 0; value < 10_000; value += 1) many.add({ ...id, value, atMillis: value });
    many.compactBefore(60_000);
    expect(many.statistic(id, 'p50', 0, 60_000)).toBeCloseTo(4_999, -2);
    expect(many.statistic(id, 'p99', 0, 60_000)).toBeCloseTo(9_899, -2);
    expect(many.statistic(id, 'Maximum', 0, 60_000)).toBe(9_999);
  });

  it('refuses statistics that it does not know', () => {
    expect(() => store.statistic(id, 'TM(10%:90%)', 0, 1)).toThrow(RangeError);
  });
});
