/** What the operations of a stage promise to watch: each has metrics in the one list, and each trouble that was named has an alarm. */
import { describe, expect, it } from 'vitest';
import { type MetricName, metrics } from '../../shared/config/metrics.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { alarms, prod, watchedBy } from './stage-alarms.ts';

/** Each promise, with its own metrics and, after a slash, the metrics of AWS that keep it. */
const promises = {
  'quota used': ['QuotaUsed', 'QuotaLimit'],
  'refused by which limit': ['QuotaRefused'],
  'cache verdicts by class': [
    ...(['CacheHit', 'CacheStale', 'CacheCollapsed', 'CacheRevalidated', 'CacheMiss'] as const),
    ...(['CacheWrite', 'CacheBypass'] as const),
  ],
  'sweep lag': ['SweepLagSeconds', 'SweepFailed'],
  'upstream latency': ['UpstreamMillis'],
  'upstream errors': ['Upstream5xx', 'UpstreamUnanswered', 'UpstreamOther'],
  flights: ['CacheCollapsed'],
  'ledger lag': ['PushLagSeconds', 'PullLagSeconds', 'NotificationsFoundUndispatched'],
  'queue ages': ['AWS/SQS ApproximateAgeOfOldestMessage'],
  'dead letters': ['AWS/SQS ApproximateNumberOfMessagesVisible'],
  'dead letters of handlers': ['QueueMessagesDeadLettered', 'DeliveriesDeadLettered'],
  deliveries: ['DeliveriesSent', 'DeliveriesPending', 'DeliveriesUnknown', 'OldestPendingSeconds'],
  'tokens by days left': ['TokensByDaysLeft'],
  'jobs by state': [
    ...(['ExportsQueued', 'ExportsRunning', 'ExportsSucceeded', 'ExportsFailed', 'ExportsCancelled'] as const),
    ...(['ExportsOldestQueuedSeconds', 'ArchiveOpen', 'ArchiveSucceeded', 'ArchiveFailed'] as const),
  ],
  'archive verified': ['ArchiveVerified', 'ArchiveFaults'],
  'audit losses': ['AuditRecordsLost'],
  'estimated cost': ['EstimatedCostUsd'],
} as const satisfies Readonly<Record<string, readonly (MetricName | `AWS/${string}`)[]>>;

/** Dimensions without which a promise is not kept. */
const dimensions: readonly (readonly [MetricName, string])[] = [
  ['QuotaRefused', 'Cause'],
  ...promises['cache verdicts by class'].map((name) => [name, 'Class'] as const),
  ['TokensByDaysLeft', 'DaysLeft'],
  ['QueueMessagesDeadLettered', 'Queue'],
  ...(['ExportsQueued', 'ExportsRunning', 'ExportsSucceeded', 'ExportsFailed', 'ExportsCancelled'] as const).map(
    (name) => [name, 'Kind'] as const,
  ),
];

/** Every metric that a widget of a dashboard shows, as its JSON names it. */
const shown = prod
  .ofType<{ readonly DashboardBody: unknown }>('AWS::CloudWatch::Dashboard')
  .map(({ properties }) => JSON.stringify(properties.DashboardBody))
  .join('');

describe('the metrics of a stage', () => {
  it.each(Object.entries(promises))('keep the promise "%s"', (_promise, names) => {
    for (const name of nonEmpty([...names])) {
      const [own = '', ofAws] = name.split(' ');
      if (ofAws === undefined) expect(metrics).toHaveProperty(own);
      expect(shown.includes(ofAws ?? own), name).toBe(true);
    }
  });

  it.each(nonEmpty([...dimensions]))('split %s by %s', (name, dimension) => {
    expect(metrics[name].by).toContain(dimension);
  });
});

/** What must wake somebody, and the metric that an alarm watches for it. */
const troubles: Readonly<Record<string, MetricName | `AWS/${string}`>> = {
  'QuotaRefused by cause': 'QuotaRefused',
  QuotaUpstream429: 'QuotaUpstream429',
  QuotaStoreFailures: 'QuotaStoreFailures',
  QuotaAdmittedUnasked: 'QuotaAdmittedUnasked',
  SweepFailed: 'SweepFailed',
  SweepLagSeconds: 'SweepLagSeconds',
  AuditRecordsLost: 'AuditRecordsLost',
  IdempotencyOutcomesLost: 'IdempotencyOutcomesLost',
  CredentialRefused: 'CredentialRefused',
  CredentialDisabled: 'CredentialDisabled',
  CredentialStoreFailed: 'CredentialStoreFailed',
  'dead letters': 'AWS/SQS',
  'dead letters of subscribers': 'DeliveriesDeadLettered',
  'faults of the archive': 'ArchiveFaults',
  'archive not verified': 'ArchiveVerified',
};

describe('the alarms of a stage', () => {
  const watched = [...alarms.values()].flatMap(watchedBy).map(({ metric }) => metric);

  it.each(Object.entries(troubles))('ring for "%s"', (_trouble, name) => {
    expect(watched.filter((metric) => metric.MetricName === name || metric.Namespace === name)).not.toEqual([]);
  });

  it('tell causes of refused calls apart', () => {
    const causes = watched
      .filter(({ MetricName: name }) => name === 'QuotaRefused')
      .flatMap(({ Dimensions = [] }) => Dimensions.filter(({ Name }) => Name === 'Cause').map(({ Value }) => Value));
    expect(new Set(causes)).toEqual(
      new Set([
        'tenant',
        'share',
        'small',
        'bookings',
        'reserve',
        'waiting',
        'cap',
        'pause',
        'operation',
        'store',
        'fault',
      ]),
    );
  });
});
