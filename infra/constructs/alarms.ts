/** The alarms of a stage and their topic. Each capability adds its own alarms, and each alarm has a section in docs/runbook.md. */
import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type MetricName, metricNamespace, stageDimension } from '../../shared/config/metrics.ts';

export type AlarmsProps = {
  readonly stage: string;
  /** The address that the topic of alarms sends to; undefined = there is no topic, and alarms only show in CloudWatch. */
  readonly email: string | undefined;
};

export class Alarms extends Construct {
  readonly #stage: string;
  readonly #topic: Topic | undefined;

  constructor(scope: Construct, id: string, { stage, email }: AlarmsProps) {
    super(scope, id);
    this.#stage = stage;
    this.#topic = email === undefined ? undefined : this.#createTopic(email);
  }

  /** One of the facade's own metrics in this stage. */
  metric(metricName: MetricName, statistic: string, period: Duration = Duration.hours(1)): Metric {
    const dimensionsMap = { [stageDimension]: this.#stage };
    return new Metric({ namespace: metricNamespace, metricName, dimensionsMap, period, statistic });
  }

  /** Adds an alarm that publishes to the topic. @param alarmDescription what is wrong, and the section of the runbook. */
  add(
    id: string,
    metric: IMetric,
    threshold: number,
    alarmDescription: string,
    unusual: Partial<AlarmProps> = {},
  ): Alarm {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      alarmDescription,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      // No data means that nothing happened.
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...unusual,
    });
    if (this.#topic) alarm.addAlarmAction(new SnsAction(this.#topic));
    return alarm;
  }

  /**
   * Adds an alarm on missing data: it notifies when `metric` has had no data for a number of periods. Missing data does not count as
   * breaching, because the alarm would then notify at every first deployment. Its state becomes INSUFFICIENT_DATA. That is also the
   * state of a new alarm, and only a change of state notifies.
   */
  addForSilence(id: string, metric: IMetric, periods: number, alarmDescription: string): void {
    const alarm = this.add(id, metric, 1, alarmDescription, {
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.MISSING,
    });
    if (this.#topic) alarm.addInsufficientDataAction(new SnsAction(this.#topic));
  }

  #createTopic(email: string): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true, displayName: Stack.of(this).stackName });
    topic.addSubscription(new EmailSubscription(email));
    // This policy replaces the default one, which lets the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return topic;
  }
}
