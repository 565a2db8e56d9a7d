/** The alarms: failing, refused for lack of concurrency, near the tenant's limit, credentials in answers, tokens that die, and events that are lost. Queues add theirs (queue.ts). Each has its section in docs/runbook.md. */
import { Aws, Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type MetricName, metricNamespace, nearLimitPercent, stageDimension } from '../../shared/config/metrics.ts';

export type AlarmsProps = {
  readonly stage: string;
  readonly restApi: RestApi;
  readonly keepalive: LambdaFunction;
  /** The functions that call the tenant, by a name for each: at most 10, which is what one alarm may watch. */
  readonly callers: Readonly<Record<string, LambdaFunction>>;
  readonly email: string | undefined;
};

const minute = Duration.minutes(1);
const hour = Duration.hours(1);
const failuresInFiveMinutes = 5;
/** Three weeks before the first of them dies. With the longest interval between touches that a stage may have, 28 days. */
const idleDays = 7;
const silentHours = 3;

export class Alarms extends Construct {
  readonly #stage: string;
  readonly #topic: Topic | undefined;

  constructor(scope: Construct, id: string, { stage, restApi, keepalive, callers, email }: AlarmsProps) {
    super(scope, id);
    this.#stage = stage;
    this.#topic = email === undefined ? undefined : this.#createTopic(email);
    this.#addCallAlarms(restApi, callers);
    this.add(
      'SecretShown',
      this.#own('UpstreamSecretShown', Stats.SUM),
      1,
      'The tenant showed a credential in an answer: docs/runbook.md, answers that show a credential',
    );
    this.#addTokenAlarms();
    this.#addKeepAliveAlarms(keepalive);
    this.add(
      'EventsLost',
      this.#own('FacadeEventsLost', Stats.SUM),
      1,
      'An event of the facade did not reach the operations queue: docs/runbook.md, events that were lost',
    );
  }

  #addCallAlarms(restApi: RestApi, callers: AlarmsProps['callers']): void {
    const serverErrors = restApi.deploymentStage.metricServerError({
      period: Duration.minutes(5),
      statistic: Stats.SUM,
    });
    this.add(
      'Failures',
      serverErrors,
      failuresInFiveMinutes,
      'Answers of 500 and above: docs/runbook.md, answers of 500 and above',
    );
    this.add(
      'Throttled',
      throttlesOf(callers),
      1,
      'Lambda has no concurrency left for calls: docs/runbook.md, no concurrency left',
    );
    const used = this.#own('QuotaUsed', Stats.MAXIMUM, minute);
    const limit = this.#own('QuotaLimit', Stats.MINIMUM, minute);
    this.add(
      'NearTenantLimit',
      new MathExpression({
        expression: '100 * used / limit',
        usingMetrics: { used, limit },
        label: 'Percent of the budget that is used',
        period: minute,
      }),
      nearLimitPercent,
      'The calls of one minute are near the limit: docs/runbook.md, near the limit of the tenant',
    );
  }

  #addTokenAlarms(): void {
    this.add(
      'TokensExpired',
      this.#own('TokensExpired', Stats.SUM),
      1,
      'The tenant refuses a linked token: docs/runbook.md, tokens that died',
    );
    this.add(
      'TokensIdle',
      this.#own('TokensOldestIdleDays', Stats.MAXIMUM),
      idleDays,
      'Idle tokens are not being touched: docs/runbook.md, tokens that are not touched',
    );
  }

  /** The metrics above are put by a run that succeeds: these tell when none does. */
  #addKeepAliveAlarms(keepalive: LambdaFunction): void {
    this.add(
      'TokensDistrusted',
      this.#own('TokensDistrusted', Stats.MAXIMUM),
      1,
      'The tenant refuses every token that it is asked about: docs/runbook.md, tokens that are refused all at once',
    );
    this.add(
      'TokensUnreadable',
      this.#own('TokensUnreadable', Stats.MAXIMUM),
      1,
      'A record of a token cannot be understood: docs/runbook.md, tokens that cannot be read',
    );
    this.add(
      'KeepAliveFailed',
      keepalive.metricErrors({ period: hour, statistic: Stats.SUM }),
      1,
      'A run that touches idle tokens failed: docs/runbook.md, tokens that are not touched',
    );
    this.#addSilenceAlarm();
  }

  /**
   * A run that is missing puts nothing, so that missing data is what this one is about. It does not count as breaching: the
   * alarm would ring at every first deployment, before the first run. It makes the state INSUFFICIENT_DATA, which is also the
   * state of a new alarm, and only a change of state is told.
   */
  #addSilenceAlarm(): void {
    const alarm = this.add(
      'KeepAliveSilent',
      this.#own('TokensLiving', Stats.SAMPLE_COUNT),
      1,
      `No run has touched idle tokens for ${silentHours} hours: docs/runbook.md, tokens that are not touched`,
      {
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        evaluationPeriods: silentHours,
        treatMissingData: TreatMissingData.MISSING,
      },
    );
    if (this.#topic) alarm.addInsufficientDataAction(new SnsAction(this.#topic));
  }

  /** One of the facade's own metrics in this stage. */
  #own(metricName: MetricName, statistic: string, period: Duration = hour): Metric {
    const dimensionsMap = { [stageDimension]: this.#stage };
    return new Metric({ namespace: metricNamespace, metricName, dimensionsMap, period, statistic });
  }

  #createTopic(email: string): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true, displayName: Stack.of(this).stackName });
    topic.addSubscription(new EmailSubscription(email));
    // A policy of its own takes the place of the default one, which lets the alarms of the account publish.
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

  /** Adds an alarm that tells the topic. @param alarmDescription what is wrong, and the section of the runbook. */
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
      // Nothing is counted where nothing happens.
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...unusual,
    });
    if (this.#topic) alarm.addAlarmAction(new SnsAction(this.#topic));
    return alarm;
  }
}

/** Not the metric without dimensions, which is that of the whole account. */
const throttlesOf = (callers: AlarmsProps['callers']): MathExpression =>
  new MathExpression({
    expression: 'SUM(METRICS())',
    usingMetrics: Object.fromEntries(
      Object.entries(callers).map(([name, fn]) => [name, fn.metricThrottles({ period: minute, statistic: Stats.SUM })]),
    ),
    label: 'Calls that found no concurrency',
    period: minute,
  });
