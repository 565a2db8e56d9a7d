/** The alarms that the first deployment needs: failing, refused for lack of concurrency, and near the tenant's limit. */
import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alarm, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
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
