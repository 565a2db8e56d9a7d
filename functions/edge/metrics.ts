/**
 * Counts of one instance, written at most once a minute along with a request, because a function is frozen between
 * requests and no timer would run. The first request writes at once. Counts after the last write are lost with the
 * instance. Names and dimensions come from fixed lists: no consumer, path or key becomes one.
 */
import type { MetricName, MetricValues } from '../../shared/config/metrics.ts';
import type { AnsweredRequest, Decision } from '../../shared/exchange/decision.ts';
import { type Costs, estimatedCostOf } from '../../shared/usage/prices.ts';
import { type PutMetrics, putCountsBy } from './put-metrics.ts';

/** What is counted of one request. */
export type CountedRequest = Pick<AnsweredRequest, 'errorCode' | 'decision'> &
  Partial<Pick<AnsweredRequest, 'bodyBytes' | 'startedAtMillis' | 'endedAtMillis'>>;

export type RequestMetricsOptions = {
  readonly functionName: string;
  readonly nowMillis: () => number;
  readonly put: PutMetrics;
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

const nothing: Costs = { calls: 0, durationMillis: 0, bytes: 0, upstreamCalls: 0 };

/** The costs so far, and those of one request more. */
const withCosts = (costs: Costs, request: CountedRequest): Costs => {
  const { decision, bodyBytes = 0, startedAtMillis = 0, endedAtMillis = startedAtMillis } = request;
  return {
    calls: costs.calls + 1,
    durationMillis: costs.durationMillis + endedAtMillis - startedAtMillis,
    bytes: costs.bytes + bodyBytes,
    upstreamCalls: costs.upstreamCalls + (decision.sends?.length ?? 0),
  };
};

type Sums = Map<string, Partial<Record<MetricName, number>>>;

const add = (sums: Sums, key: string, name: MetricName, amount: number): void => {
  const known = sums.get(key) ?? {};
  known[name] = (known[name] ?? 0) + amount;
  sums.set(key, known);
};

/** Of reads in the cache; writes have none. */
const classOf = ({ cacheClass = 'none' }: Decision): string => cacheClass;

export const createRequestMetrics = ({ functionName, nowMillis, put }: RequestMetricsOptions) => {
  let costs = nothing;
  const verdicts: Sums = new Map();
  const errors: Sums = new Map();
  let sinceMillis: number | undefined;
  let putAtMillis = Number.NEGATIVE_INFINITY;

  const handIn = (atMillis: number): void => {
    const dimensions = { Function: functionName };
    put({ Requests: costs.calls }, { dimensions, atMillis });
    put({ EstimatedCostUsd: estimatedCostOf(costs) }, { atMillis });
    putCountsBy(put, 'Class', verdicts as ReadonlyMap<string, MetricValues>, atMillis);
    for (const [Code, values] of errors) put(values, { dimensions: { ...dimensions, Code }, atMillis });
    costs = nothing;
    verdicts.clear();
    errors.clear();
  };

  return {
    /** Counts one request, and writes the counts if the last write was a minute ago. */
    count(counted: CountedRequest): void {
      const { errorCode, decision } = counted;
      const now = nowMillis();
      sinceMillis ??= now;
      costs = withCosts(costs, counted);
      if (decision.cacheStatus !== undefined) add(verdicts, classOf(decision), verdictOf(decision.cacheStatus), 1);
      if (errorCode !== undefined) add(errors, errorCode, 'Errors', 1);
      if (now - putAtMillis < minuteMillis) return;
      // Dated to when counting began, because a quiet instance may write much later.
      handIn(sinceMillis);
      sinceMillis = undefined;
      putAtMillis = now;
    },
  };
};
