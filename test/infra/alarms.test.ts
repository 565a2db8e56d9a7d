/** The alarms of the template: what each watches, when it rings, and who is told. */
import { readFile } from 'node:fs/promises';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { RefusalCause } from '../../shared/quota/governor-options.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { type Alarm, alarms, type Composite, nameOf, prod, watchedBy } from './stage-alarms.ts';
import { synthesize } from './synthesized.ts';

const stageOnly = [{ Name: 'Stage', Value: 'prod' }];
const hour = 3_600;
const quarter = 900;
const five = 300;
const minute = 60;

const reached = 'GreaterThanOrEqualToThreshold';

/** Name, comparison, threshold, periods, and what missing data counts as. */
const limits = [
  ['Failures', reached, 5, 1, 'notBreaching'],
  ['Throttled', reached, 1, 1, 'notBreaching'],
  ['NearTenantLimit', reached, 90, 1, 'notBreaching'],
  ['SecretShown', reached, 1, 1, 'notBreaching'],
  ['TokensExpired', reached, 1, 1, 'notBreaching'],
  ['TokensIdle', reached, 7, 1, 'notBreaching'],
  ['TokensDistrusted', reached, 1, 1, 'notBreaching'],
  ['TokensUnreadable', reached, 1, 1, 'notBreaching'],
  ['KeepAliveFailed', reached, 1, 1, 'notBreaching'],
  ['KeepAliveSilent', 'LessThanThreshold', 1, 3, 'missing'],
  ['ArchiveDeadLetters', reached, 1, 1, 'notBreaching'],
  ['ArchiveFailed', reached, 1, 1, 'notBreaching'],
  ['ArchiveFaults', reached, 1, 1, 'notBreaching'],
  ['ArchiveNotRead', reached, 3_600, 1, 'notBreaching'],
  ['ArchiveSealSilent', 'LessThanThreshold', 1, 2, 'missing'],
  ['ArchiveVerifySilent', 'LessThanThreshold', 1, 3, 'missing'],
  ['HoldsNotSet', reached, 1, 1, 'notBreaching'],
  ['HoldsSilent', 'LessThanThreshold', 1, 1, 'missing'],
  ['EventsLost', reached, 1, 1, 'notBreaching'],
  ['OperationsDeadLetters', reached, 1, 1, 'notBreaching'],
  ['OperationsNotRead', reached, 86_400, 1, 'notBreaching'],
  ['DeliveriesDeadLettered', reached, 1, 1, 'notBreaching'],
  ['DeliveriesOverdue', reached, 3_600, 1, 'notBreaching'],
  ['ExportsFailed', reached, 3, 1, 'notBreaching'],
  ['ExportsStuck', reached, 3, 1, 'notBreaching'],
  ['HookFailed', reached, 1, 1, 'notBreaching'],
  ['HookMalformed', reached, 1, 1, 'notBreaching'],
  ['HookRefused', reached, 10, 1, 'notBreaching'],
  ['IngressDeadLetters', reached, 1, 1, 'notBreaching'],
  ['IngressNotRead', reached, 3_600, 1, 'notBreaching'],
  ['NotificationsReconstructed', reached, 1, 1, 'notBreaching'],
  ['PullFailed', reached, 3, 1, 'notBreaching'],
  ['PullLag', reached, 3_600, 1, 'notBreaching'],
  ['PullOverflowed', reached, 1, 1, 'notBreaching'],
  ['EnrichmentDeadLetters', reached, 1, 1, 'notBreaching'],
  ['PullsDeadLetters', reached, 1, 1, 'notBreaching'],
  ['PurgesDeadLetters', reached, 1, 1, 'notBreaching'],
  ['PurgesNotRead', reached, 3_600, 1, 'notBreaching'],
  ['PushLag', reached, 600, 1, 'notBreaching'],
  ['ChangesNotNoted', reached, 3, 1, 'notBreaching'],
  ['ReplaysDeadLetters', reached, 1, 1, 'notBreaching'],
  ['WakeFailed', reached, 3, 1, 'notBreaching'],
  ['WakeSilent', 'LessThanThreshold', 1, 2, 'missing'],
  ['PullSilent', 'LessThanThreshold', 1, 2, 'missing'],
  ['UpstreamFailing', reached, 20, 1, 'notBreaching'],
  ['RefusedByBudget', reached, 60, 3, 'notBreaching'],
  ['RefusedByCap', reached, 300, 1, 'notBreaching'],
  ['RefusedByPause', reached, 10, 1, 'notBreaching'],
  ['RefusedByFault', reached, 1, 1, 'notBreaching'],
  ['RefusedByStore', reached, 1, 1, 'notBreaching'],
  ['QuotaUpstream429', reached, 3, 1, 'notBreaching'],
  ['QuotaStoreFailures', reached, 5, 3, 'notBreaching'],
  ['QuotaAdmittedUnasked', reached, 1, 1, 'notBreaching'],
  ['SweepFailed', reached, 4, 1, 'notBreaching'],
  ['SweepLag', reached, 120, 3, 'notBreaching'],
  ['SweepSilent', 'LessThanThreshold', 1, 2, 'missing'],
  ['AuditRecordsLost', reached, 1, 1, 'notBreaching'],
  ['AuditLogChanged', reached, 1, 1, 'notBreaching'],
  ['AuditSealFailed', reached, 2, 1, 'notBreaching'],
  ['AuditSealSilent', 'LessThanThreshold', 1, 26, 'missing'],
  ['IdempotencyOutcomesLost', reached, 1, 1, 'notBreaching'],
  ['CredentialRefused', reached, 1, 1, 'notBreaching'],
  ['CredentialDisabled', reached, 1, 1, 'notBreaching'],
  ['CredentialStoreFailed', reached, 3, 1, 'notBreaching'],
] as const;

/** Of those with more than one data point that are not silent: how many must reach the threshold. */
const neededOf: Readonly<Record<string, number>> = {
  RefusedByBudget: 2,
  QuotaStoreFailures: 2,
  SweepLag: 3,
};

/** Groups, and the alarms that they tell of. */
const parts: Readonly<Record<string, readonly string[]>> = {
  QuotaStore: ['QuotaStoreFailures', 'RefusedByStore', 'QuotaAdmittedUnasked'],
  SweepBehind: ['SweepFailed', 'SweepLag'],
  KeyRefused: ['CredentialRefused', 'CredentialDisabled'],
};
const quiet = Object.values(parts).flat();

type Named = { readonly AlarmName: string };

describe('the alarms', () => {
  it.each(limits)('%s: %s %d in %d periods, missing data %s', (name, operator, threshold, periods, missing) => {
    expect(alarms.get(name)).toMatchObject({
      ComparisonOperator: operator,
      Threshold: threshold,
      EvaluationPeriods: periods,
      DatapointsToAlarm: neededOf[name] ?? periods,
      TreatMissingData: missing,
    });
  });

  it('are those above and no others', () => {
    expect([...alarms.keys()].sort()).toEqual(limits.map(([name]) => name).sort());
  });

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

  it('watch nothing without a dimension that is of one stage', () => {
    for (const [name, alarm] of nonEmpty(alarms))
      for (const { metric } of watchedBy(alarm)) expect(metric.Dimensions ?? [], name).not.toHaveLength(0);
  });

  it('ring at no first deployment: missing data never counts as breaching, and nothing that is 0 at the start breaches', () => {
    for (const [name, { TreatMissingData, ComparisonOperator, Threshold }] of nonEmpty(alarms)) {
      expect(TreatMissingData, name).not.toBe('breaching');
      if (ComparisonOperator === 'GreaterThanOrEqualToThreshold') expect(Threshold, name).toBeGreaterThan(0);
    }
  });

  it('are told to the topic when they ring and when they end; that runs have stopped shows as missing data, so that state is told too', () => {
    for (const [name, { AlarmActions, OKActions, InsufficientDataActions }] of nonEmpty(alarms)) {
      const told = quiet.includes(name) ? 0 : 1;
      expect(AlarmActions ?? [], name).toHaveLength(told);
      expect(OKActions ?? [], name).toHaveLength(told);
      expect(InsufficientDataActions ?? [], name).toHaveLength(name.endsWith('Silent') ? 1 : 0);
    }
  });

  it('that belong to one trouble are told by their group, and by nothing else', () => {
    const groups = prod.ofType<Composite>('AWS::CloudWatch::CompositeAlarm');
    const found = groups.map(({ id, properties: { AlarmRule, AlarmActions, OKActions } }) => {
      expect([AlarmActions, OKActions]).toEqual([[expect.anything()], [expect.anything()]]);
      return [
        nameOf(id),
        [...JSON.stringify(AlarmRule).matchAll(/"Alarms(\w+?)[0-9A-F]{8}"/g)].map(([, name]) => name),
      ];
    });
    expect(Object.fromEntries(found)).toEqual(parts);
    expect(new Set(quiet).size).toBe(quiet.length);
    for (const { properties } of nonEmpty(groups))
      expect(JSON.stringify(properties.AlarmRule)).not.toMatch(/AND|NOT|OK\(/);
  });

  it('have the stage in their names, which are those of the runbook', () => {
    const named = [
      ...prod.ofType<Named>('AWS::CloudWatch::Alarm'),
      ...prod.ofType<Named>('AWS::CloudWatch::CompositeAlarm'),
    ];
    for (const { id, properties } of nonEmpty(named))
      expect(properties.AlarmName).toBe(`signals-facade-prod-${nameOf(id)}`);
  });

  it('name the queue, where they watch one', () => {
    const ofQueues = [...alarms].filter(([name]) => /DeadLetters$|NotRead$/.test(name));
    for (const [name, { AlarmDescription }] of nonEmpty(ofQueues))
      expect(AlarmDescription).toContain(`queue ${name.replace(/DeadLetters$|NotRead$/, '')} `);
  });

  it('link the runbook where the stage says that it can be read', () => {
    const { template } = synthesize('prod', { FACADE_RUNBOOK_URL: 'https://wiki.example.com/runbook' });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'signals-facade-prod-SecretShown',
      AlarmDescription: Match.stringLikeRegexp('https://wiki.example.com/runbook#answers-that-show-a-credential$'),
    });
  });

  it('may be published to the topic by CloudWatch in this account, over TLS', () => {
    const topic = { Ref: expect.stringMatching(/^AlarmsTopic/) };
    const policies = prod.ofType<{ Topics: unknown; PolicyDocument: { Statement: unknown[] } }>(
      'AWS::SNS::TopicPolicy',
    );
    expect(policies.map(({ properties }) => properties.Topics)).toEqual([[topic]]);
    expect(policies[0]?.properties.PolicyDocument.Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      {
        Sid: 'AllowAlarms',
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Resource: topic,
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  it('have a section of the runbook each, which their description links, and each section has an alarm', async () => {
    const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const sections = new Map(
      runbook
        .split(/^## /m)
        .slice(1)
        .map((section) => [(section.split('\n')[0] ?? '').toLowerCase().replaceAll(' ', '-'), section]),
    );
    const groups = prod.ofType<Composite>('AWS::CloudWatch::CompositeAlarm');
    const described = [...alarms, ...groups.map(({ id, properties }) => [nameOf(id), properties] as const)];
    const linked = nonEmpty(described).map(([name, { AlarmDescription }]) => {
      const slug = /\nRunbook: docs\/runbook\.md#([\w-]+)$/.exec(AlarmDescription)?.[1] ?? `${name} links no section`;
      expect(sections.get(slug), `${name}: ${slug}`).toContain(`\`${name}\``);
      return slug;
    });
    expect([...sections.keys()].toSorted()).toEqual([...new Set(linked)].toSorted());
    for (const [title, section] of nonEmpty(sections))
      for (const part of ['**Alarm', '**Look**', '**Do**']) expect(section, title).toContain(part);
  });
});

describe('the metrics of the firewall', () => {
  it('name the stage: two stages in one account do not mix', () => {
    prod.template.hasResourceProperties('AWS::WAFv2::WebACL', {
      VisibilityConfig: Match.objectLike({ MetricName: 'signals-facade-prod' }),
      Rules: [Match.objectLike({ VisibilityConfig: Match.objectLike({ MetricName: 'rate-by-address-prod' }) })],
    });
  });
});
