/** The alarms of the template, and that what they watch is really put by the code. */
import { readFile } from 'node:fs/promises';
import { Match } from 'aws-cdk-lib/assertions';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connectFacadeEvents, withFacadeEvents } from '../../functions/edge/facade-events.ts';
import { createFanOutMetrics } from '../../functions/edge/fan-out-metrics.ts';
import { countNotNoted, countReconstructed } from '../../functions/edge/gap-metrics.ts';
import { createHookRoutes } from '../../functions/edge/hook-routes.ts';
import { keepAliveMetrics } from '../../functions/edge/keep-alive-metrics.ts';
import { createRequestMetrics } from '../../functions/edge/metrics.ts';
import { createPullRuns } from '../../functions/edge/pull-runs.ts';
import { putMetrics } from '../../functions/edge/put-metrics.ts';
import { tellOfSecret } from '../../functions/edge/secret-events.ts';
import { createSweepRuns } from '../../functions/edge/sweep-runs.ts';
import { loggedTokenEvents } from '../../functions/edge/token-events.ts';
import { createWakeRuns } from '../../functions/edge/wake-runs.ts';
import { metricUnits } from '../../shared/config/metrics.ts';
import { withValue } from '../../shared/notifications/hook-header.ts';
import { createQuotaMetrics } from '../../shared/quota/metrics.ts';
import { defaultPolicy } from '../../shared/quota/policy.ts';
import { type TokenEventType, tokenEvent } from '../../shared/tokens/events.ts';
import { exchangeOf } from '../shared/cache/support.ts';
import { app, createWorld } from '../shared/quota/world.ts';
import { tokenOf } from '../shared/tokens/builders.ts';
import { nonEmpty } from '../support/non-empty.ts';
import { synthesize } from './synthesized.ts';

type Dimension = { readonly Name: string; readonly Value: unknown };
type Metric = { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: readonly Dimension[] };
type Query = {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: Metric; readonly Period: number; readonly Stat: string };
};
type Alarm = {
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: string;
  readonly AlarmDescription: string;
  readonly AlarmActions?: unknown;
  readonly InsufficientDataActions?: unknown;
  readonly Metrics?: readonly Query[];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period?: number;
} & Partial<Metric>;

const prod = synthesize('prod', {
  FACADE_TENANT_URL: 'https://tenant.example.com',
  FACADE_ALARM_EMAIL: 'ops@example.com',
  FACADE_OPERATIONS_READERS: '123456789012',
});

/** `AlarmsNearTenantLimit1A2B3C4D` is `NearTenantLimit`. */
const nameOf = (id: string): string => id.replace(/^Alarms/, '').replace(/[0-9A-F]{8}$/, '');
const alarms = new Map(
  prod.ofType<Alarm>('AWS::CloudWatch::Alarm').map(({ id, properties }) => [nameOf(id), properties]),
);

/** What an alarm watches, whether by one metric or by an expression over several. */
const watchedBy = (alarm: Alarm): { metric: Metric; stat: string | undefined; periodSeconds: number | undefined }[] =>
  alarm.Metrics
    ? alarm.Metrics.flatMap(({ MetricStat }) =>
        MetricStat ? [{ metric: MetricStat.Metric, stat: MetricStat.Stat, periodSeconds: MetricStat.Period }] : [],
      )
    : [{ metric: alarm as Metric, stat: alarm.Statistic ?? alarm.ExtendedStatistic, periodSeconds: alarm.Period }];

const stageOnly: readonly Dimension[] = [{ Name: 'Stage', Value: 'prod' }];

describe('the alarms', () => {
  it.each([
    ['Failures', 'GreaterThanOrEqualToThreshold', 5, 1, 'notBreaching'],
    ['Throttled', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['NearTenantLimit', 'GreaterThanOrEqualToThreshold', 90, 1, 'notBreaching'],
    ['SecretShown', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['TokensExpired', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['TokensIdle', 'GreaterThanOrEqualToThreshold', 7, 1, 'notBreaching'],
    ['TokensDistrusted', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['TokensUnreadable', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['KeepAliveFailed', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['KeepAliveSilent', 'LessThanThreshold', 1, 3, 'missing'],
    ['EventsLost', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['OperationsDeadLetters', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['OperationsNotRead', 'GreaterThanOrEqualToThreshold', 86_400, 1, 'notBreaching'],
    ['DeliveriesDeadLettered', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['DeliveriesOverdue', 'GreaterThanOrEqualToThreshold', 3_600, 1, 'notBreaching'],
    ['HookFailed', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['HookMalformed', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['HookRefused', 'GreaterThanOrEqualToThreshold', 10, 1, 'notBreaching'],
    ['IngressDeadLetters', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['IngressNotRead', 'GreaterThanOrEqualToThreshold', 3_600, 1, 'notBreaching'],
    ['NotificationsReconstructed', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['PullFailed', 'GreaterThanOrEqualToThreshold', 3, 1, 'notBreaching'],
    ['PullLag', 'GreaterThanOrEqualToThreshold', 3_600, 1, 'notBreaching'],
    ['PullOverflowed', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['PushLag', 'GreaterThanOrEqualToThreshold', 600, 1, 'notBreaching'],
    ['ChangesNotNoted', 'GreaterThanOrEqualToThreshold', 3, 1, 'notBreaching'],
    ['ReplaysDeadLetters', 'GreaterThanOrEqualToThreshold', 1, 1, 'notBreaching'],
    ['WakeFailed', 'GreaterThanOrEqualToThreshold', 3, 1, 'notBreaching'],
  ])('%s: %s %d in %d periods, missing data %s', (name, operator, threshold, periods, missing) => {
    expect(alarms.get(name)).toMatchObject({
      ComparisonOperator: operator,
      Threshold: threshold,
      EvaluationPeriods: periods,
      TreatMissingData: missing,
    });
  });

  it('are those above and no others', () => {
    expect([...alarms.keys()].sort()).toEqual([
      'ChangesNotNoted',
      'DeliveriesDeadLettered',
      'DeliveriesOverdue',
      'EventsLost',
      'Failures',
      'HookFailed',
      'HookMalformed',
      'HookRefused',
      'IngressDeadLetters',
      'IngressNotRead',
      'KeepAliveFailed',
      'KeepAliveSilent',
      'NearTenantLimit',
      'NotificationsReconstructed',
      'OperationsDeadLetters',
      'OperationsNotRead',
      'PullFailed',
      'PullLag',
      'PullOverflowed',
      'PushLag',
      'ReplaysDeadLetters',
      'SecretShown',
      'Throttled',
      'TokensDistrusted',
      'TokensExpired',
      'TokensIdle',
      'TokensUnreadable',
      'WakeFailed',
    ]);
  });

  it.each([
    ['TokensExpired', 'TokensExpired', 'Sum'],
    ['TokensIdle', 'TokensOldestIdleDays', 'Maximum'],
    ['TokensDistrusted', 'TokensDistrusted', 'Maximum'],
    ['TokensUnreadable', 'TokensUnreadable', 'Maximum'],
    ['KeepAliveSilent', 'TokensLiving', 'SampleCount'],
    ['EventsLost', 'FacadeEventsLost', 'Sum'],
  ])('%s watches %s (%s) of its own stage in an hour', (name, metricName, stat) => {
    const [watched] = watchedBy(alarms.get(name) as Alarm);
    expect(watched).toMatchObject({
      metric: { Namespace: 'SignalsFacade', MetricName: metricName, Dimensions: stageOnly },
      stat,
      periodSeconds: 3_600,
    });
  });

  it.each([
    ['HookFailed', 'HookFailed', 'Sum'],
    ['HookRefused', 'HookRefused', 'Sum'],
    ['HookMalformed', 'HookMalformed', 'Sum'],
    ['PushLag', 'PushLagSeconds', 'p90'],
    ['PullFailed', 'PullFailed', 'Sum'],
    ['PullLag', 'PullLagSeconds', 'Maximum'],
    ['PullOverflowed', 'PullOverflowed', 'Sum'],
    ['ChangesNotNoted', 'ChangesNotNoted', 'Sum'],
    ['NotificationsReconstructed', 'NotificationsReconstructed', 'Sum'],
    ['DeliveriesOverdue', 'OldestPendingSeconds', 'Maximum'],
    ['DeliveriesDeadLettered', 'DeliveriesDeadLettered', 'Sum'],
    ['WakeFailed', 'WakeFailed', 'Sum'],
  ])('%s watches %s (%s) of its own stage in a quarter of an hour', (name, metricName, stat) => {
    const [watched] = watchedBy(alarms.get(name) as Alarm);
    expect(watched).toMatchObject({
      metric: { Namespace: 'SignalsFacade', MetricName: metricName, Dimensions: stageOnly },
      stat,
      periodSeconds: 900,
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

  it('are told to the topic; that the touches have stopped shows as missing data, so that state is told too', () => {
    for (const [name, { AlarmActions, InsufficientDataActions }] of nonEmpty(alarms)) {
      expect(AlarmActions, name).toHaveLength(1);
      expect(InsufficientDataActions ?? [], name).toHaveLength(name === 'KeepAliveSilent' ? 1 : 0);
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

describe('what the alarms watch', () => {
  const lines: string[] = [];
  // Spies and variables are put back after each test (vitest.config.ts).
  beforeEach(() => {
    lines.length = 0;
    vi.stubEnv('STAGE', 'prod');
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  });

  /** Each metric that a line of the embedded format makes, by name and dimensions. */
  const metricsIn = (line: string): { key: string; Unit?: string }[] => {
    const { _aws: aws, ...values } = JSON.parse(line);
    return aws.CloudWatchMetrics.flatMap(
      ({
        Namespace,
        Dimensions,
        Metrics,
      }: {
        Namespace: string;
        Dimensions: string[][];
        Metrics: { Name: string; Unit: string }[];
      }) =>
        Dimensions.flatMap((names) =>
          Metrics.map(({ Name, Unit }) => ({
            key: JSON.stringify([Namespace, Name, names.map((name) => [name, values[name]])]),
            Unit,
          })),
        ),
    );
  };

  /** Runs everything that puts metrics of a stage. */
  const emitAll = async (): Promise<void> => {
    connectFacadeEvents({ send: () => Promise.reject(new Error('no queue')) }, 'prod');
    await withFacadeEvents('request-1', emitRest);
  };

  /** What brings notifications in and sends them on. */
  const emitOfNotifications = async (): Promise<void> => {
    const clock = { nowMillis: () => 60_000 };
    const value = { name: 'x-hook', value: 'a secret', nowMillis: 0, endsOthers: false };
    const notification = { id: 'n', type: 'close', entity: 'experiment:1', createdAtMillis: 0, receivedAtMillis: 1 };
    const push = {
      ...{ requestId: 'r', method: 'POST', path: '/hooks/signals', route: '/hooks/{proxy+}', pathParameters: {} },
      ...{ query: [], body: new Uint8Array(), publicUrl: '', deadlineMillis: 0 },
    };
    const outcomes = [
      async () => ({ notification: { ...notification, origin: 'push', document: {} }, taken: 'new' }) as const,
      async () => ({ reason: 'no JSON' }),
      () => Promise.reject(new Error('no table')),
    ];
    for (const takePush of outcomes)
      for (const secret of ['a secret', 'another']) {
        const parts = { readHeader: async () => withValue(undefined, value), intake: { takePush }, putMetrics };
        const headers: [string, string][] = [['x-hook', secret]];
        await createHookRoutes(parts)({ ...push, headers }, {}).catch(() => {});
      }
    const counts = { calls: 0, seen: 0, found: 0, queuedAgain: 0, malformed: 0, overflowed: 0 };
    const pull = { lagMillis: async () => 0, run: async () => ({ ...counts, isComplete: true, lagMillis: 0 }) };
    const failing = { ...pull, run: () => Promise.reject(new Error('no tenant')) };
    for (const one of [pull, failing])
      await createPullRuns({ pull: one, putMetrics, onRun: () => {}, onFailure: () => {} })(0);
    const report = { retries: 0, latest: 0, undispatched: 0, replays: 0, oldestPendingMillis: 0 };
    const runs = [async () => report, () => Promise.reject(new Error('no table'))];
    for (const run of runs) await createWakeRuns({ run, clock, putMetrics, onRun: () => {} })().catch(() => {});
    countReconstructed(1);
    countNotNoted();
    const fanOut = createFanOutMetrics(putMetrics);
    fanOut.observe({ deadLettered: 1 });
    fanOut.handIn();
  };

  const emitRest = async (): Promise<void> => {
    await emitOfNotifications();
    putMetrics(
      keepAliveMetrics({
        ...{ living: 0, doubted: 0, dead: 0, touched: 0, left: 0 },
        ...{ orphaned: 0, unreadable: 0, brokenOff: 0, oldestIdleDays: 0 },
      }),
    );
    const types: readonly TokenEventType[] = ['token.expired', 'token.expiring'];
    for (const type of types) loggedTokenEvents.raise(tokenEvent(type, tokenOf(), 0));
    tellOfSecret(
      exchangeOf(),
      { kind: 'service', id: 'k', principal: 'p', secret: 's' },
      { where: 'body', how: 'cut' },
    );
    const { governor, time } = createWorld({ policy: { ...defaultPolicy, limit: 10 } });
    const take = createQuotaMetrics(governor, defaultPolicy, time.now);
    void governor.admit(app);
    await time.runUntil(60_000);
    putMetrics(take() ?? expect.fail('no metrics of the budget'));
    const requests = createRequestMetrics({ functionName: 'native', nowMillis: () => 0, put: putMetrics });
    requests.count({ errorCode: 'INTERNAL', decision: { cacheStatus: 'hit', sends: [200] } });
    await createSweepRuns({
      sweeper: { run: () => Promise.reject(new Error('no key yet')), lagMillis: async () => undefined },
      clock: { nowMillis: () => 0 },
      sleep: async () => {},
      putMetrics,
      onRun: () => {},
      onFailure: () => {},
    })();
  };

  it('is put by the code under the same name and dimensions', async () => {
    await emitAll();
    const put = new Set(lines.flatMap(metricsIn).map(({ key }) => key));
    const own = [...alarms.values()]
      .flatMap(watchedBy)
      .filter(({ metric }) => metric.Namespace === 'SignalsFacade')
      .map(({ metric }) =>
        JSON.stringify([
          metric.Namespace,
          metric.MetricName,
          (metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value]),
        ]),
      );
    expect(own.length).toBeGreaterThanOrEqual(7);
    for (const key of nonEmpty(own)) expect(put).toContain(key);
  });

  it('has the stage and a unit, as has every other metric', async () => {
    await emitAll();
    const put = lines.flatMap(metricsIn);
    expect(put.length).toBeGreaterThan(20);
    for (const { key, Unit } of nonEmpty(put)) {
      expect(key).toContain('["Stage","prod"]');
      expect(Unit, key).toMatch(/^(Count|Seconds|Milliseconds|None)$/);
    }
  });

  it('has no lag of the sweep before the first run that saw everything', async () => {
    await emitAll();
    expect(lines.join('')).toContain('"SweepFailed":1');
    expect(lines.join('')).not.toContain('SweepLagSeconds');
  });

  it('is in the one list of names, none of which is written twice in another form', () => {
    const lower = Object.keys(metricUnits).map((name) => name.toLowerCase());
    expect(new Set(lower).size).toBe(lower.length);
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
