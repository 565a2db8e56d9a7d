/** Sends to the tenant by the class of their answers, and how long these took, at most once a minute and for every 100 sends. */
import { type MetricName, mostSamples } from '../../shared/config/metrics.ts';
import type { SendOutcome } from '../../shared/exchange/send-outcome.ts';
import type { PutMetrics } from './put-metrics.ts';

const everyMillis = 60_000;

/** Each line has all classes: metric math has no result for a minute in which one of its metrics has no data. */
const none = {
  ...{ Upstream2xx: 0, Upstream3xx: 0, Upstream4xx: 0, Upstream5xx: 0 },
  ...{ UpstreamOther: 0, UpstreamUnanswered: 0 },
} as const satisfies Partial<Record<MetricName, number>>;
type UpstreamClass = keyof typeof none;

const classes: Readonly<Record<number, UpstreamClass>> = {
  2: 'Upstream2xx',
  3: 'Upstream3xx',
  4: 'Upstream4xx',
  5: 'Upstream5xx',
};

const metricOf = (outcome: Exclude<SendOutcome, { kind: 'not-sent' }>): UpstreamClass =>
  outcome.kind === 'lost' ? 'UpstreamUnanswered' : (classes[Math.floor(outcome.status / 100)] ?? 'UpstreamOther');

/** Counts of one instance, of calls for consumers and of the facade's own. The first send is written at once. */
export const createUpstreamMetrics = (put: PutMetrics, nowMillis: () => number) => {
  let counts: Record<UpstreamClass, number> = { ...none };
  let millis: number[] = [];
  let sends = 0;
  let sinceMillis: number | undefined;
  let putAtMillis = Number.NEGATIVE_INFINITY;

  return {
    observe(outcome: SendOutcome): void {
      if (outcome.kind === 'not-sent') return;
      const now = nowMillis();
      sinceMillis ??= now;
      sends += 1;
      counts[metricOf(outcome)] += 1;
      if (outcome.kind === 'answered' && outcome.millis !== undefined) millis.push(outcome.millis);
      // A clock that was set back must not stop the metrics.
      if (Math.abs(now - putAtMillis) < everyMillis && sends < mostSamples) return;
      const samples = millis.length > 0 ? { UpstreamMillis: millis } : {};
      put(counts, { atMillis: sinceMillis, samples });
      counts = { ...none };
      millis = [];
      sends = 0;
      sinceMillis = undefined;
      putAtMillis = now;
    },
  };
};
