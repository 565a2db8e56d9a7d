/** The alarms: failing, refused for lack of concurrency, near the tenant's limit, and tokens that die. */
import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export type AlarmsProps = {
  readonly restApi: RestApi;
  readonly keepalive: LambdaFunction;
  readonly tenantRequestsPerMinute: number;
  readonly email: string | undefined;
};

const minute = { period: Duration.minutes(1), statistic: Stats.SUM };
const failuresInFiveMinutes = 5;
const shareOfTenantLimit = 0.9;
/** Three weeks before the first of them dies. With the longest interval between touches that a stage may have, 28 days. */
const idleDays = 7;

const hourly = (metricName: string, statistic: string): Metric =>
  new Metric({ namespace: 'SignalsFacade', metricName, period: Duration.hours(1), statistic });

export class Alarms extends Construct {
  readonly #topic: Topic | undefined;

  constructor(scope: Construct, id: string, { restApi, keepalive, tenantRequestsPerMinute, email }: AlarmsProps) {
    super(scope, id);
    this.#topic = email === undefined ? undefined : this.#createTopic(email);
    const fiveMinutes = { ...minute, period: Duration.minutes(5) };
    this.#add('Failures', restApi.metricServerError(fiveMinutes), failuresInFiveMinutes, 'Answers of 500 and above');
    this.#add(
      'Throttled',
      LambdaFunction.metricAllThrottles(minute),
      1,
      'Lambda has no concurrency left in this account',
    );
    this.#add(
      'NearTenantLimit',
      restApi.metricCount(minute),
      Math.ceil(tenantRequestsPerMinute * shareOfTenantLimit),
      'Requests in one minute near the tenant’s limit for everybody',
    );
    this.#addTokenAlarms();
    this.#addKeepAliveAlarms(keepalive);
  }

  #addTokenAlarms(): void {
    this.#add(
      'TokensExpired',
      hourly('TokensExpired', Stats.SUM),
      1,
      'The tenant refuses a linked token: docs/runbook.md, tokens that died',
    );
    this.#add(
      'TokensIdle',
      hourly('TokensOldestIdleDays', Stats.MAXIMUM),
      idleDays,
      'Idle tokens are not being touched: docs/runbook.md, tokens that are not touched',
    );
  }

  /** The metrics above are put by a run that succeeds: these tell when none does. */
  #addKeepAliveAlarms(keepalive: LambdaFunction): void {
    this.#add(
      'TokensDistrusted',
      hourly('TokensDistrusted', Stats.MAXIMUM),
      1,
      'The tenant refuses every token that it is asked about: docs/runbook.md, tokens that are refused all at once',
    );
    this.#add(
      'TokensUnreadable',
      hourly('TokensUnreadable', Stats.MAXIMUM),
      1,
      'A record of a token cannot be understood: docs/runbook.md, tokens that cannot be read',
    );
    this.#add(
      'KeepAliveFailed',
      keepalive.metricErrors({ period: Duration.hours(1), statistic: Stats.SUM }),
      1,
      'A run that touches idle tokens failed: docs/runbook.md, tokens that are not touched',
    );
    this.#add(
      'KeepAliveSilent',
      hourly('TokensLiving', Stats.SAMPLE_COUNT),
      1,
      'No run has touched idle tokens for three hours: docs/runbook.md, tokens that are not touched',
      {
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: 3,
        treatMissingData: TreatMissingData.BREACHING,
      },
    );
  }

  #createTopic(email: string): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true, displayName: Stack.of(this).stackName });
    topic.addSubscription(new EmailSubscription(email));
    return topic;
  }

  #add(
    id: string,
    metric: IMetric,
    threshold: number,
    alarmDescription: string,
    unusual: Partial<AlarmProps> = {},
  ): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      alarmDescription,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...unusual,
    });
    if (this.#topic) alarm.addAlarmAction(new SnsAction(this.#topic));
  }
}
