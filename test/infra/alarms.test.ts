/** The alarms of the template: what each watches, when it rings, and who is told. */
import { readFile } from 'node:fs/promises';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { nonEmpty } from '../support/non-empty.ts';
import { type Alarm, alarms, nameOf, prod, watchedBy } from './stage-alarms.ts';
import { synthesize } from './synthesized.ts';

const stageOnly = [{ Name: 'Stage', Value: 'prod' }];
const hour = 3_600;
const quarter = 900;

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
  ['PullsDeadLetters', reached, 1, 1, 'notBreaching'],
  ['PurgesDeadLetters', reached, 1, 1, 'notBreaching'],
  ['PurgesNotRead', reached, 3_600, 1, 'notBreaching'],
  ['PushLag', reached, 600, 1, 'notBreaching'],
  ['ChangesNotNoted', reached, 3, 1, 'notBreaching'],
  ['ReplaysDeadLetters', reached, 1, 1, 'notBreaching'],
  ['WakeFailed', reached, 3, 1, 'notBreaching'],
  ['WakeSilent', 'LessThanThreshold', 1, 2, 'missing'],
  ['PullSilent', 'LessThanThreshold', 1, 2, 'missing'],
] as const;

describe('the alarms', () => {
  it.each(limits)('%s: %s %d in %d periods, missing data %s', (name, operator, threshold, periods, missing) => {
    expect(alarms.get(name)).toMatchObject({
      ComparisonOperator: operator,
      Threshold: threshold,
      EvaluationPeriods: periods,
      TreatMissingData: missing,
    });
  });

  it('are those above and no others', () => {
    expect([...alarms.keys()].sort()).toEqual(limits.map(([name]) => name).sort());
  });

  it.each([
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

  it('are told to the topic; that runs have stopped shows as missing data, so that state is told too', () => {
    for (const [name, { AlarmActions, InsufficientDataActions }] of nonEmpty(alarms)) {
      expect(AlarmActions, name).toHaveLength(1);
      expect(InsufficientDataActions ?? [], name).toHaveLength(name.endsWith('Silent') ? 1 : 0);
    }
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

  it('have a section of the runbook each, which their description names', async () => {
    const runbook = await readFile(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const sections = new Map(
      runbook
        .split(/^## /m)
        .slice(1)
        .map((section) => [section.split('\n')[0]?.toLowerCase(), section]),
    );
    for (const [name, { AlarmDescription }] of nonEmpty(alarms)) {
      const title = /docs\/runbook\.md, (.+)$/.exec(AlarmDescription)?.[1] ?? expect.fail(`${name} names no section`);
      expect(sections.get(title), `${name}: ${title}`).toContain(`\`${name}\``);
    }
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
