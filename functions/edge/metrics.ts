/**
 * Counts of one instance, written at most once a minute along with a request, because a function is frozen between
 * requests and no timer would run. The first request writes at once. Counts after the last write are lost with the
 * instance. Names and dimensions come from fixed lists: no consumer, path or key becomes one.
 */
import type { MetricName, MetricValues } from '../../shared/config/metrics.ts';
import type { Decision } from '../../shared/exchange/decision.ts';
import type { MetricScope } from './put-metrics.ts';

/** What is counted of one request. */
export type CountedRequest = { readonly errorCode: string | undefined; readonly decision: Decision };

export type RequestMetricsOptions = {
  readonly functionName: string;
  readonly nowMillis: () => number;
  readonly put: (values: MetricValues, scope: MetricScope) => void;
};

const minuteMillis = 60_000;

/** What the cache did, from this cache's parameters in `Cache-Status`. */
const verdictOf = (cacheStatus: string): MetricName => {
  if (/^hit\b/.test(cacheStatus))
    return /;\s*(detail=STALE|detail=QUOTA|ttl=-)/.test(cacheStatus) ? 'CacheStale' : 'CacheHit';
  if (/;\s*collapsed\b/.test(cacheStatus)) return 'CacheCollapsed';
  if (/\bfwd-status=304\b/.test(cacheStatus)) return 'CacheRevalidated';
  if (/\bfwd=method\b/.test(cacheStatus)) return 'CacheWrite';
  return /\bfwd=bypass\b/.test(cacheStatus) ? 'CacheBypass' : 'CacheMiss';
};

const classes: Readonly<Record<number, MetricName>> = {
  2: 'Upstream2xx',
  3: 'Upstream3xx',
  4: 'Upstream4xx',
  5: 'Upstream5xx',
};

const upstreamMetric = (status: number): MetricName =>
  status === 0 ? 'UpstreamUnanswered' : (classes[Math.floor(status / 100)] ?? 'UpstreamOther');

/** One count for each thing that happened; the same name may occur several times. */
const countsOf = ({ cacheStatus, sends = [] }: Decision): [name: MetricName, count: number][] => {
  const counts: [MetricName, number][] = [
    ['Requests', 1],
    ...sends.map((status): [MetricName, number] => [upstreamMetric(status), 1]),
  ];
  if (cacheStatus !== undefined) counts.push([verdictOf(cacheStatus), 1]);
  return counts;
};

const add = <Name>(sums: Map<Name, number>, name: Name, count: number): void => {
  if (count > 0) sums.set(name, (sums.get(name) ?? 0) + count);
};

export const createRequestMetrics = ({ functionName, nowMillis, put }: RequestMetricsOptions) => {
  const sums = new Map<MetricName, number>();
  const errors = new Map<string, number>();
  let sinceMillis: number | undefined;
  let putAtMillis = Number.NEGATIVE_INFINITY;

  const handIn = (atMillis: number): void => {
    const dimensions = { Function: functionName };
    put(Object.fromEntries(sums), { dimensions, atMillis });
    for (const [Code, count] of errors) put({ Errors: count }, { dimensions: { ...dimensions, Code }, atMillis });
    sums.clear();
    errors.clear();
  };

  return {
    /** Counts one request, and writes the counts if the last write was a minute ago. */
    count({ errorCode, decision }: CountedRequest): void {
      const now = nowMillis();
      sinceMillis ??= now;
      for (const [name, count] of countsOf(decision)) add(sums, name, count);
      if (errorCode !== undefined) add(errors, errorCode, 1);
      if (now - putAtMillis < minuteMillis) return;
      // Dated to when counting began, because a quiet instance may write much later.
      handIn(sinceMillis);
      sinceMillis = undefined;
      putAtMillis = now;
    },
  };
};
