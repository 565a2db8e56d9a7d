/** The alarms: failing, refused for lack of concurrency, near the tenant's limit, and tokens that die. */
import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alarm, type IMetric, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export type AlarmsProps = {
  readonly restApi: RestApi;
  readonly tenantRequestsPerMinute: number;
  readonly email: string | undefined;
};

const minute = { period: Duration.minutes(1), statistic: Stats.SUM };
const failuresInFiveMinutes = 5;
const shareOfTenantLimit = 0.9;
/** Three weeks before the first of them dies. With the longest interval between touches that a stage may have, 28 days. */
const idleDays = 7;

export class Alarms extends Construct {
  readonly #topic: Topic | undefined;

  constructor(scope: Construct, id: string, { restApi, tenantRequestsPerMinute, email }: AlarmsProps) {
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
  }

  #addTokenAlarms(): void {
    const hourly = (metricName: string, statistic: string) =>
      new Metric({ namespace: 'SignalsFacade', metricName, period: Duration.hours(1), statistic });
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

  #createTopic(email: string): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true, displayName: Stack.of(this).stackName });
    topic.addSubscription(new EmailSubscription(email));
    return topic;
  }

  #add(id: string, metric: IMetric, threshold: number, alarmDescription: string): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      alarmDescription,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.#topic) alarm.addAlarmAction(new SnsAction(this.#topic));
  }
}
