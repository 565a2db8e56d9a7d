/**
 * Counts of one instance, handed in at most once a minute along with a request: a function is frozen between requests, so
 * that no timer would run. The first request is handed in at once; what was counted after the last one is lost with the
 * instance. Names and dimensions come out of fixed lists: no consumer, path or key ever becomes one.
 */
import type { Decision } from '../../shared/requests/decision.ts';
import type { MetricScope } from './put-metrics.ts';

/** What is counted of one request. */
export type CountedRequest = { readonly errorCode: string | undefined; readonly decision: Decision };

export type RequestMetricsOptions = {
  readonly functionName: string;
  readonly nowMillis: () => number;
  readonly put: (values: Readonly<Record<string, number>>, scope: MetricScope) => void;
};

const minuteMillis = 60_000;

/** What the cache did, out of this cache's parameters in `Cache-Status`. */
const verdictOf = (cacheStatus: string): string => {
  if (/^hit\b/.test(cacheStatus)) return /;\s*(detail=STALE|detail=QUOTA|ttl=-)/.test(cacheStatus) ? 'Stale' : 'Hit';
  if (/;\s*collapsed\b/.test(cacheStatus)) return 'Collapsed';
  if (/\bfwd-status=304\b/.test(cacheStatus)) return 'Revalidated';
  if (/\bfwd=method\b/.test(cacheStatus)) return 'Write';
  return /\bfwd=bypass\b/.test(cacheStatus) ? 'Bypass' : 'Miss';
};

const upstreamMetric = (status: number): string => {
  if (status === 0) return 'UpstreamUnanswered';
  return status >= 200 && status < 600 ? `Upstream${Math.floor(status / 100)}xx` : 'UpstreamOther';
};

/** One count for each thing that happened; the same name may occur several times. */
const countsOf = ({ cacheStatus, sends = [] }: Decision): [name: string, count: number][] => {
  const counts: [string, number][] = [
    ['Requests', 1],
    ...sends.map((status): [string, number] => [upstreamMetric(status), 1]),
  ];
  if (cacheStatus !== undefined) counts.push([`Cache${verdictOf(cacheStatus)}`, 1]);
  return counts;
};

const add = (sums: Map<string, number>, name: string, count: number): void => {
  if (count > 0) sums.set(name, (sums.get(name) ?? 0) + count);
};

export const createRequestMetrics = ({ functionName, nowMillis, put }: RequestMetricsOptions) => {
  const sums = new Map<string, number>();
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
    /** Counts one request, and hands in what was counted when the last time was a minute ago. */
    count({ errorCode, decision }: CountedRequest): void {
      const now = nowMillis();
      sinceMillis ??= now;
      for (const [name, count] of countsOf(decision)) add(sums, name, count);
      if (errorCode !== undefined) add(errors, errorCode, 1);
      if (now - putAtMillis < minuteMillis) return;
      // Under the time when counting began: a quiet instance may hand in much later.
      handIn(sinceMillis);
      sinceMillis = undefined;
      putAtMillis = now;
    },
  };
};
