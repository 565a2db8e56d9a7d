/** What each alarm of the template watches, and what the firewall counts. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { type MetricName, metrics, writtenAtZero } from '../../shared/config/metrics.ts';
import type { RefusalCause } from '../../shared/quota/governor-options.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { type Alarm, alarms, nameOf, prod, watchedBy } from './stage-alarms.ts';
import { synthesize } from './synthesized.ts';

const stageOnly = [{ Name: 'Stage', Value: 'prod' }];
const hour = 3_600;
const quarter = 900;
const five = 300;
const minute = 60;

describe('the alarms', () => {
  it.each([
    ['QuotaUpstream429', 'QuotaUpstream429', 'Sum', five],
    ['QuotaStoreFailures', 'QuotaStoreFailures', 'Sum', minute],
    ['QuotaAdmittedUnasked', 'QuotaAdmittedUnasked', 'Sum', minute],
    ['SweepFailed', 'SweepFailed', 'Sum', five],
    ['SweepLag', 'SweepLagSeconds', 'Maximum', minute],
    ['SweepSilent', 'SweepFailed', 'SampleCount', five],
    ['AuditRecordsLost', 'AuditRecordsLost', 'Sum', five],
    ['AuditLogChanged', 'AuditRecordsLate', 'Sum', hour],
    ['AuditSealFailed', 'AuditSealFailed', 'Sum', quarter],
    ['AuditSealSilent', 'AuditSealed', 'Sum', hour],
    ['IdempotencyOutcomesLost', 'IdempotencyOutcomesLost', 'Sum', five],
    ['CredentialRefused', 'CredentialRefused', 'Sum', five],
    ['CredentialDisabled', 'CredentialDisabled', 'Sum', five],
    ['CredentialStoreFailed', 'CredentialStoreFailed', 'Sum', five],
    ['TokensExpired', 'TokensExpired', 'Sum', hour],
    ['TokensIdle', 'TokensOldestIdleDays', 'Maximum', hour],
    ['TokensDistrusted', 'TokensDistrusted', 'Maximum', hour],
    ['TokensUnreadable', 'TokensUnreadable', 'Maximum', hour],
    ['KeepAliveSilent', 'TokensLiving', 'SampleCount', hour],
    ['SampleCheckSilent', 'SampleLooks', 'SampleCount', hour],
    ['WakeSilent', 'WakeFailed', 'SampleCount', quarter],
    ['PullSilent', 'PullFailed', 'SampleCount', quarter],
    ['EventsLost', 'FacadeEventsLost', 'Sum', hour],
    ['HookFailed', 'HookFailed', 'Sum', quarter],
    ['HookRefused', 'HookRefused', 'Sum', quarter],
    ['HookMalformed', 'HookMalformed', 'Sum', quarter],
    ['PushLag', 'PushLagSeconds', 'p90', quarter],
    ['PullFailed', 'PullFailed', 'Sum', quarter],
    ['PullLag', 'PullLagSeconds', 'Maximum', quarter],
    ['PullOverflowed', 'PullOverflowed', 'Sum', quarter],
    ['ChangesNotNoted', 'ChangesNotNoted', 'Sum', quarter],
    ['NotificationsReconstructed', 'NotificationsReconstructed', 'Sum', quarter],
    ['DeliveriesOverdue', 'OldestPendingSeconds', 'Maximum', quarter],
    ['DeliveriesDeadLettered', 'DeliveriesDeadLettered', 'Sum', quarter],
    ['WakeFailed', 'WakeFailed', 'Sum', quarter],
  ])('%s watches %s (%s) of its own stage, in %d seconds', (name, metricName, stat, periodSeconds) => {
    const [watched] = watchedBy(alarms.get(name) as Alarm);
    expect(watched).toMatchObject({
      metric: { Namespace: 'SignalsFacade', MetricName: metricName, Dimensions: stageOnly },
      stat,
      periodSeconds,
    });
  });

  it.each([
    ['RefusedByBudget', ['tenant', 'share', 'bookings', 'reserve', 'small', 'waiting'], five],
    ['RefusedByPause', ['pause', 'operation'], five],
    ['RefusedByCap', ['cap'], quarter],
    ['RefusedByStore', ['store'], minute],
    ['RefusedByFault', ['fault'], five],
  ])('%s watches the sum of the calls that %j refused', (name, causes, periodSeconds) => {
    expect(watchedBy(alarms.get(name) as Alarm)).toEqual(
      causes.map((cause) => ({
        metric: expect.objectContaining({
          ...{ Namespace: 'SignalsFacade', MetricName: 'QuotaRefused' },
          Dimensions: [{ Name: 'Cause', Value: cause }, ...stageOnly],
        }),
        ...{ stat: 'Sum', periodSeconds },
      })),
    );
  });

  it('watch metrics of our own for the most part, as ADR 21 says', () => {
    const isOwn = (alarm: Alarm): boolean =>
      watchedBy(alarm).some(({ metric }) => metric.Namespace === 'SignalsFacade');
    const own = nonEmpty([...alarms.values()]).filter(isOwn);
    expect(own.length).toBeGreaterThan(alarms.size / 2);
  });

  it('on refusals miss no cause that the governor may name', () => {
    const watched = nonEmpty([...alarms.values()].flatMap(watchedBy)).filter(
      ({ metric }) => metric.MetricName === 'QuotaRefused',
    );
    const causes = watched.map(({ metric }) => metric.Dimensions?.find(({ Name }) => Name === 'Cause')?.Value);
    const all: Record<RefusalCause, true> = {
      ...{ cap: true, share: true, bookings: true, reserve: true, small: true, tenant: true },
      ...{ pause: true, operation: true, waiting: true, store: true, fault: true },
    };
    expect(causes.toSorted()).toEqual(Object.keys(all).toSorted());
  });

  it('UpstreamFailing watches which share of all calls the tenant answered with a failure, or not at all', () => {
    const { Metrics = [] } = alarms.get('UpstreamFailing') as Alarm;
    expect(Metrics.find(({ Expression }) => Expression)?.Expression).toBe(
      '100 * (failed + unanswered) / IF(SUM(METRICS()) + 16 > 500, 500, SUM(METRICS()) + 16)',
    );
    const watched = Metrics.flatMap(({ Id, MetricStat }) => (MetricStat ? [[Id, MetricStat]] : []));
    const names = {
      ...{ failed: 'Upstream5xx', unanswered: 'UpstreamUnanswered', ok: 'Upstream2xx', redirected: 'Upstream3xx' },
      ...{ refused: 'Upstream4xx', other: 'UpstreamOther' },
    };
    expect(Object.fromEntries(watched)).toEqual(
      Object.fromEntries(
        Object.entries(names).map(([id, MetricName]) => [
          id,
          { Metric: { Namespace: 'SignalsFacade', MetricName, Dimensions: stageOnly }, Stat: 'Sum', Period: 600 },
        ]),
      ),
    );
  });

  it('NearTenantLimit watches the used share of the budget, not the requests at the gateway', () => {
    const { Metrics = [] } = alarms.get('NearTenantLimit') as Alarm;
    expect(Metrics.find(({ Expression }) => Expression)?.Expression).toBe('100 * used / limit');
    expect(
      Metrics.filter(({ MetricStat }) => MetricStat).map(({ Id, MetricStat }) => [
        Id,
        MetricStat?.Metric,
        MetricStat?.Stat,
        MetricStat?.Period,
      ]),
    ).toEqual([
      ['used', { Namespace: 'SignalsFacade', MetricName: 'QuotaUsed', Dimensions: stageOnly }, 'Maximum', 60],
      ['limit', { Namespace: 'SignalsFacade', MetricName: 'QuotaLimit', Dimensions: stageOnly }, 'Minimum', 60],
    ]);
  });

  it.each([
    ['OperationsDeadLetters', 'ApproximateNumberOfMessagesVisible', /^OperationsEventsDeadLetters/],
    ['OperationsNotRead', 'ApproximateAgeOfOldestMessage', /^OperationsEventsQueue/],
    ['IngressDeadLetters', 'ApproximateNumberOfMessagesVisible', /^NotificationsIngressDeadLetters/],
    ['IngressNotRead', 'ApproximateAgeOfOldestMessage', /^NotificationsIngressQueue/],
    ['ReplaysDeadLetters', 'ApproximateNumberOfMessagesVisible', /^NotificationsReplaysDeadLetters/],
    ['EnrichmentDeadLetters', 'ApproximateNumberOfMessagesVisible', /^EnrichmentDocumentsDeadLetters/],
    ['PullsDeadLetters', 'ApproximateNumberOfMessagesVisible', /^NotificationsPullsDeadLetters/],
    ['PurgesDeadLetters', 'ApproximateNumberOfMessagesVisible', /^EventsForPurgesEventsDeadLetters/],
    ['PurgesNotRead', 'ApproximateAgeOfOldestMessage', /^EventsForPurgesEventsQueue/],
  ])('%s watches %s of its queue in this stage', (name, metricName, queue) => {
    expect(watchedBy(alarms.get(name) as Alarm)).toMatchObject([
      {
        metric: {
          Namespace: 'AWS/SQS',
          MetricName: metricName,
          Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [expect.stringMatching(queue), 'QueueName'] } }],
        },
        stat: 'Maximum',
        periodSeconds: 300,
      },
    ]);
  });

  it('has none on the age of events that nobody is to read', () => {
    const ids = synthesize('prod')
      .ofType('AWS::CloudWatch::Alarm')
      .map(({ id }) => nameOf(id));
    expect(ids).toContain('OperationsDeadLetters');
    expect(ids).not.toContain('OperationsNotRead');
  });

  it('Failures watches the API of this stage only', () => {
    const [{ metric, periodSeconds } = expect.fail('no metric')] = watchedBy(alarms.get('Failures') as Alarm);
    expect([metric.Namespace, metric.MetricName, periodSeconds]).toEqual(['AWS/ApiGateway', '5XXError', 300]);
    expect(metric.Dimensions?.map(({ Name }) => Name).sort()).toEqual(['ApiName', 'Stage']);
    expect(metric.Dimensions).toContainEqual({ Name: 'ApiName', Value: 'signals-facade-prod' });
  });

  it('Throttled watches functions of this stage only, and no more than an alarm may (10)', () => {
    const watched = watchedBy(alarms.get('Throttled') as Alarm);
    expect(watched.length).toBeGreaterThanOrEqual(4);
    expect(watched.length).toBeLessThanOrEqual(10);
    for (const { metric } of nonEmpty(watched))
      expect(metric).toMatchObject({
        Namespace: 'AWS/Lambda',
        MetricName: 'Throttles',
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: expect.stringMatching(/Function/) } }],
      });
  });

  it('wait only for data that the code puts at 0 too: a silence is told of runs, and not of nothing to count', () => {
    const own = ({ metric }: ReturnType<typeof watchedBy>[number]): boolean => metric.Namespace === 'SignalsFacade';
    const needsZero = [...alarms.values()].flatMap((alarm) => {
      const watched = watchedBy(alarm).filter(own);
      // Metrics of one name differ by their cause, which is put only when it refused; the sum takes those that are there.
      const isCalculated = new Set(watched.map(({ metric }) => metric.MetricName)).size > 1;
      const isSilence = alarm.TreatMissingData === 'missing';
      return watched.filter(({ stat }) => isCalculated || (isSilence && stat === 'SampleCount'));
    });
    const names = new Set(needsZero.map(({ metric }) => metric.MetricName as MetricName));
    expect(names.size).toBeGreaterThan(10);
    for (const name of nonEmpty([...names]).filter((each) => metrics[each].unit === 'Count'))
      expect(writtenAtZero, name).toContain(name);
  });

  it('watch nothing without a dimension that is of one stage', () => {
    for (const [name, alarm] of nonEmpty(alarms))
      for (const { metric } of watchedBy(alarm)) expect(metric.Dimensions ?? [], name).not.toHaveLength(0);
  });
});

describe('the metrics of the firewall', () => {
  it('name the stage: two stages in one account do not mix', () => {
    prod.template.hasResourceProperties('AWS::WAFv2::WebACL', {
      VisibilityConfig: Match.objectLike({ MetricName: 'signals-facade-prod' }),
      Rules: ['rate-by-address-prod', 'rate-of-actions-prod', 'rate-of-logins-prod'].map((MetricName) =>
        Match.objectLike({ VisibilityConfig: Match.objectLike({ MetricName }) }),
      ),
    });
  });
});
