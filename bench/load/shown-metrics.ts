/** The metrics that a run prints, from the twin's own store: each promise of the facade has at least one. */
import { cacheClasses } from '../../shared/catalogue/operation.ts';
import {
  daysLeftBands,
  type MetricDimension,
  type MetricName,
  metricNamespace,
  stageDimension,
} from '../../shared/config/metrics.ts';
import type { StatisticQuery } from './twin-process.ts';

type Statistic = 'Sum' | 'Maximum' | 'p50' | 'p99';
type Shown = {
  /** What it answers. */
  readonly about: string;
  readonly name: MetricName;
  readonly statistic: Statistic;
  readonly by?: { readonly dimension: MetricDimension; readonly values: readonly string[] };
};

const stage = 'local';
const of = (about: string, statistic: Statistic, ...names: readonly MetricName[]): Shown[] =>
  names.map((name) => ({ about, name, statistic }));
const by = (about: string, dimension: MetricDimension, values: readonly string[], ...names: MetricName[]): Shown[] =>
  names.map((name) => ({ about, name, statistic: 'Sum', by: { dimension, values } }));

/** As `QuotaRefused` has them (docs/metrics.md). */
const causes = [
  ...['cap', 'share', 'bookings', 'reserve', 'small', 'tenant', 'pause', 'operation', 'waiting', 'store', 'fault'],
];
const keptClasses = cacheClasses.filter((name) => name !== 'never');

const shownMetrics: readonly Shown[] = [
  ...of('quota used', 'Maximum', 'QuotaUsed', 'QuotaLimit'),
  ...by('refused by limit', 'Cause', causes, 'QuotaRefused'),
  ...by('cache verdicts', 'Class', keptClasses, 'CacheHit', 'CacheStale', 'CacheRevalidated', 'CacheMiss'),
  ...of('cache verdicts', 'Sum', 'CacheWrite', 'CacheBypass'),
  ...of('flights', 'Sum', 'CacheCollapsed'),
  ...of('sweep lag', 'Maximum', 'SweepLagSeconds'),
  ...of('sweep lag', 'Sum', 'SweepFailed'),
  ...of('upstream latency', 'p50', 'UpstreamMillis'),
  ...of('upstream latency', 'p99', 'UpstreamMillis'),
  ...of(
    'upstream errors',
    'Sum',
    'Upstream2xx',
    'Upstream4xx',
    'Upstream5xx',
    'UpstreamUnanswered',
    'QuotaUpstream429',
  ),
  ...of('ledger lag', 'Maximum', 'PushLagSeconds', 'PullLagSeconds', 'OldestPendingSeconds'),
  ...of(
    'deliveries',
    'Sum',
    'HookTaken',
    'HookFailed',
    'DeliveriesSent',
    'DeliveriesPending',
    'DeliveriesDeadLettered',
  ),
  ...by(
    'tokens by days left',
    'DaysLeft',
    daysLeftBands.map(([name]) => name),
    'TokensByDaysLeft',
  ),
  ...of('jobs by state', 'Maximum', 'ExportsOpen'),
  ...of('jobs by state', 'Sum', 'ExportsSucceeded', 'ExportsFailed', 'ArchiveSucceeded', 'ArchiveFailed'),
  ...of('archive verified', 'Sum', 'ArchiveVerified', 'ArchiveFaults'),
  ...of('audit losses', 'Sum', 'AuditRecordsLost', 'IdempotencyOutcomesLost'),
  ...of('estimated cost', 'Sum', 'EstimatedCostUsd'),
];

type Row = { readonly about: string; readonly metric: string; readonly of: string; readonly statistic: string };

const queryOf = ({ name, statistic }: Shown, dimensions: Readonly<Record<string, string>>): StatisticQuery => ({
  ...{ namespace: metricNamespace, name, statistic },
  dimensions: { [stageDimension]: stage, ...dimensions },
});

/** Each with the row that its value goes into. A metric by dimension is one question for each value. */
export const metricQueries: readonly { readonly row: Row; readonly query: StatisticQuery }[] = shownMetrics.flatMap(
  (shown) => {
    const { about, name, statistic } = shown;
    const values = shown.by?.values ?? [''];
    return values.map((value) => ({
      row: { about, metric: name, of: value, statistic },
      query: queryOf(shown, shown.by ? { [shown.by.dimension]: value } : {}),
    }));
  },
);

/** Ages and lengths of the queues that alarms watch. @param names of all queues of the stack. */
export const queueQueries = (names: readonly string[]): typeof metricQueries =>
  names.flatMap((queue) =>
    (['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'] as const).map((name) => ({
      row: {
        about: /dead/i.test(queue) ? 'dead letters' : 'queue ages',
        ...{ metric: name, of: queue, statistic: 'Maximum' },
      },
      query: { namespace: 'AWS/SQS', name, dimensions: { QueueName: queue }, statistic: 'Maximum' },
    })),
  );
