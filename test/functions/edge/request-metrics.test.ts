import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createRequestMetrics } from '../../../functions/edge/metrics.ts';
import { type MetricScope, putMetrics } from '../../../functions/edge/put-metrics.ts';
import { type ErrorCode, errorCatalogue } from '../../../shared/errors/catalogue.ts';
import type { AnsweredRequest, Decision } from '../../../shared/exchange/decision.ts';
import { nonEmpty } from '../../support/non-empty.ts';

type Line = { readonly values: Readonly<Record<string, number>>; readonly scope: MetricScope };

const create = () => {
  const lines: Line[] = [];
  const time = { nowMillis: 1_800_000_000_000 };
  const metrics = createRequestMetrics({
    functionName: 'native',
    nowMillis: () => time.nowMillis,
    put: (values, scope) => lines.push({ values, scope: scope ?? {} }),
  });
  const count = (decision: Decision = {}, errorCode?: ErrorCode) => metrics.count({ errorCode, decision });
  /** All that is counted until a minute later, that request itself included. */
  const handedIn = () => {
    time.nowMillis += 60_000;
    lines.length = 0;
    count();
    return lines;
  };
  return { lines, time, count, handedIn, metrics };
};

describe('createRequestMetrics', () => {
  it('hands in the first request at once, and then once a minute', () => {
    const { lines, time, count } = create();
    for (let second = 0; second < 180; second += 1) {
      count();
      time.nowMillis += 1_000;
    }
    expect(lines.flatMap(({ values }) => values.Requests ?? [])).toEqual([1, 60, 60]);
  });

  it('dates what it hands in late to when it was counted', () => {
    const { lines, time, count } = create();
    count();
    time.nowMillis += 1_000;
    const countedAtMillis = time.nowMillis;
    count();
    time.nowMillis += 3_600_000;
    count();
    const late = lines.filter(({ scope }) => scope.atMillis === countedAtMillis);
    expect(late.map(({ values }) => Object.keys(values)[0])).toEqual(['Requests', 'EstimatedCostUsd']);
    expect(late[0]?.values).toEqual({ Requests: 2 });
  });

  it.each([
    ['hit; ttl=12', 'CacheHit'],
    ['hit; ttl=-5; detail=STALE-WHILE-REVALIDATE', 'CacheStale'],
    ['hit; ttl=-5; detail=QUOTA-SHORT', 'CacheStale'],
    ['fwd=uri-miss; collapsed', 'CacheCollapsed'],
    ['fwd=stale; fwd-status=304; stored', 'CacheRevalidated'],
    ['fwd=method', 'CacheWrite'],
    ['fwd=bypass; detail=STORE-FAILED', 'CacheBypass'],
    ['fwd=uri-miss; stored; ttl=48', 'CacheMiss'],
    ['anything else', 'CacheMiss'],
  ])('counts %s as %s', (cacheStatus, name) => {
    const { count, handedIn } = create();
    count();
    count({ cacheStatus, cacheClass: 'listing' });
    const verdicts = handedIn().filter(({ scope }) => scope.dimensions?.Class);
    expect(verdicts).toMatchObject([{ values: { [name]: 1 }, scope: { dimensions: { Class: 'listing' } } }]);
  });

  it('sums what answers cost by their bytes, time and upstream calls', () => {
    const costOf = (facts: Partial<AnsweredRequest>): number => {
      const { count, handedIn, metrics } = create();
      count();
      metrics.count({ errorCode: undefined, decision: {}, ...facts });
      return handedIn().find(({ values }) => 'EstimatedCostUsd' in values)?.values.EstimatedCostUsd ?? Number.NaN;
    };
    const plain = costOf({});
    expect(plain).toBeGreaterThan(0);
    expect(costOf({ bodyBytes: 1_073_741_824 }) - plain).toBeCloseTo(0.09);
    expect(costOf({ startedAtMillis: 0, endedAtMillis: 1_000_000 }) - plain).toBeCloseTo(0.0133, 4);
    expect(costOf({ decision: { sends: [200, 503] } })).toBeGreaterThan(plain);
  });

  it('counts own errors by code, in a line of their own', () => {
    const { count, handedIn } = create();
    count();
    count({}, 'UPSTREAM_LATE');
    count({}, 'UPSTREAM_LATE');
    expect(handedIn().slice(2)).toMatchObject([
      { values: { Errors: 2 }, scope: { dimensions: { Function: 'native', Code: 'UPSTREAM_LATE' } } },
    ]);
  });

  it('has bounded names and dimensions, and nothing of a consumer, whatever it counts', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            consumer: fc.string().map((text) => `consumer-${text}`),
            operation: fc.string().map((text) => `operation-${text}`),
            credential: fc.string().map((text) => `secret-${text}`),
            cacheStatus: fc.oneof(fc.string(), fc.constantFrom('hit', 'fwd=stale', 'hit; ttl=-1')),
            sends: fc.array(fc.integer({ min: 0, max: 999 })),
          }),
          { minLength: 1, maxLength: 50 },
        ),
        fc.constantFrom(...(Object.keys(errorCatalogue) as ErrorCode[])),
        (decisions, code) => {
          const { count, handedIn } = create();
          for (const decision of decisions) count(decision, code);
          const lines = handedIn();
          expect(JSON.stringify(lines)).not.toMatch(/consumer-|operation-|secret-/);
          for (const { values, scope } of nonEmpty(lines)) {
            expect(Object.keys(values).join(' ')).toMatch(
              /^((Requests|EstimatedCostUsd|Errors|Cache(Hit|Stale|Collapsed|Revalidated|Write|Bypass|Miss)) ?)+$/,
            );
            expect(Object.keys(scope.dimensions ?? {}).join(' ')).toMatch(/^(Function( Code)?|Class)?$/);
          }
        },
      ),
    ));
});

describe('putMetrics', () => {
  it('writes one line that CloudWatch reads as metrics', () => {
    vi.stubEnv('STAGE', 'dev');
    onTestFinished(() => void vi.unstubAllEnvs());
    const print = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
    putMetrics({ Errors: 2 }, { dimensions: { Function: 'native', Code: 'INTERNAL' }, atMillis: 5 });
    const [line] = print.mock.calls[0] as [string];
    print.mockRestore();
    expect(JSON.parse(line)).toEqual({
      _aws: {
        Timestamp: 5,
        CloudWatchMetrics: [
          {
            Namespace: 'SignalsFacade',
            Dimensions: [['Stage'], ['Stage', 'Function'], ['Stage', 'Code']],
            Metrics: [{ Name: 'Errors', Unit: 'Count' }],
          },
        ],
      },
      Stage: 'dev',
      Function: 'native',
      Code: 'INTERNAL',
      Errors: 2,
    });
  });
});
