/** What consumers used: sums by consumer, key and hour, and by day. */
import type { AnsweredRequest } from '../exchange/decision.ts';
import { dayMillis, hourMillis } from '../time/units.ts';

export const granularities = ['hour', 'day'] as const;
export type Granularity = (typeof granularities)[number];

export const periodMillis: Readonly<Record<Granularity, number>> = { hour: hourMillis, day: dayMillis };
/** How long sums are kept. */
export const keptMillis: Readonly<Record<Granularity, number>> = { hour: 40 * dayMillis, day: 400 * dayMillis };

export const periodStart = (granularity: Granularity, millis: number): number =>
  millis - (millis % periodMillis[granularity]);

/** Sums that every period has. */
export const counterNames = [
  'calls',
  'hits',
  'upstreamCalls',
  'upstreamCallsSaved',
  'quotaUnits',
  'refusals',
  'errors',
  'bytes',
  'durationMillis',
] as const;
type CounterName = (typeof counterNames)[number];

export type Counts = {
  readonly counters: Readonly<Record<CounterName, number>>;
  /** Refusals by the name of the limit, as records name it. */
  readonly refusalsByLimit: Readonly<Record<string, number>>;
};

/** Whose use: a consumer, by one of its keys. */
export type Subject = { readonly consumerId: string; readonly keyId: string };

/** Stands where a key's id stands, for consumers that a token of an issuer identified. */
export const tokenKeyId = 'token';

/** Of no request. */
export const noCounts: Counts = {
  counters: {
    ...{ calls: 0, hits: 0, upstreamCalls: 0, upstreamCallsSaved: 0, quotaUnits: 0 },
    ...{ refusals: 0, errors: 0, bytes: 0, durationMillis: 0 },
  },
  refusalsByLimit: {},
};

export const addCounts = (one: Counts, other: Counts): Counts => {
  const counters = { ...one.counters };
  for (const name of counterNames) counters[name] += other.counters[name];
  const refusalsByLimit = { ...one.refusalsByLimit };
  for (const [limit, count] of Object.entries(other.refusalsByLimit))
    refusalsByLimit[limit] = (refusalsByLimit[limit] ?? 0) + count;
  return { counters, refusalsByLimit };
};

/** What one answered request counts. */
export const countsOf = (answered: AnsweredRequest): Counts => {
  const { decision, errorCode, status } = answered;
  const { sends = [], quota, refusal, cacheStatus = '' } = decision;
  const isRefused = errorCode !== undefined && status === 429;
  const isSaved = sends.length === 0 && errorCode === undefined && status < 500;
  return {
    counters: {
      calls: 1,
      hits: /^hit\b/.test(cacheStatus) ? 1 : 0,
      upstreamCalls: sends.length,
      upstreamCallsSaved: isSaved ? 1 : 0,
      quotaUnits: quota?.units ?? 0,
      refusals: isRefused ? 1 : 0,
      errors: errorCode === undefined ? 0 : 1,
      bytes: answered.bodyBytes,
      durationMillis: Math.max(0, answered.endedAtMillis - answered.startedAtMillis),
    },
    refusalsByLimit: isRefused ? { [refusal?.limit ?? 'unknown']: 1 } : {},
  };
};
