/** The alarms of a stage and their topic. Each capability adds its own alarms, and each alarm has a section in docs/runbook.md. */
import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  AlarmRule,
  ComparisonOperator,
  CompositeAlarm,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type MetricDimension, type MetricName, metricNamespace, stageDimension } from '../../shared/config/metrics.ts';

export type AlarmsProps = {
  readonly stage: string;
  /** The topic for alarms; undefined = alarms only show in CloudWatch. */
  readonly email: string | undefined;
  /** Where the runbook can be read; undefined = its path in the repository. */
  readonly runbookUrl: string | undefined;
};

/** What an alarm means. */
export type Trouble = {
  /** What is wrong, in one sentence without its full stop. */
  readonly what: string;
  /** Title of the section of docs/runbook.md, in lower case. */
  readonly section: string;
};

/** How many of the latest data points must reach the threshold; 1 of 1 if left out. */
export type Points = Pick<AlarmProps, 'evaluationPeriods' | 'datapointsToAlarm'>;

/** Rings when `breaching` of the latest `of` data points reach the threshold. */
export const points = (breaching: number, of: number): Points => ({
  evaluationPeriods: of,
  datapointsToAlarm: breaching,
});

type Unusual = Partial<AlarmProps> & {
  /** A part of a group, which tells instead. */
  readonly isQuiet?: boolean;
};

const runbookPath = 'docs/runbook.md';

/** The fragment that Markdown renderers give a title. */
const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s/g, '-');

export class Alarms extends Construct {
  readonly #props: AlarmsProps;
  readonly #topic: Topic | undefined;
  readonly #all: (Alarm | CompositeAlarm)[] = [];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#props = props;
    this.#topic = props.email === undefined ? undefined : this.#createTopic(props.email);
  }

  /** All alarms and groups so far, in the order in which they were added. */
  get all(): readonly (Alarm | CompositeAlarm)[] {
    return this.#all;
  }

  /** One of the facade's own metrics in this stage. @param dimension one value of a dimension; left out = the sum of all. */
  metric(
    metricName: MetricName,
    statistic: string,
    period: Duration = Duration.hours(1),
    dimension: Partial<Record<MetricDimension, string>> = {},
  ): Metric {
    const dimensionsMap = { [stageDimension]: this.#props.stage, ...dimension };
    return new Metric({ namespace: metricNamespace, metricName, dimensionsMap, period, statistic });
  }

  /** The sum of several metrics, 10 at most, which have one period. */
  sum(label: string, metrics: Readonly<Record<string, IMetric>>, period: Duration): MathExpression {
    return new MathExpression({ expression: 'SUM(METRICS())', usingMetrics: { ...metrics }, label, period });
  }

  /** Adds an alarm that publishes to the topic when it rings, and when it ends. */
  add(
    id: string,
    metric: IMetric,
    threshold: number,
    trouble: Trouble,
    { isQuiet = false, ...unusual }: Unusual = {},
  ): Alarm {
    const alarm = new Alarm(this, id, {
      ...{ metric, threshold },
      ...this.#nameAndText(id, trouble),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Set each time: CloudWatch would wait for every period.
      ...points(1, 1),
      // No data means that nothing happened.
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...unusual,
    });
    this.#all.push(alarm);
    if (!isQuiet) this.#tell(alarm);
    return alarm;
  }

  /**
   * Adds an alarm on missing data: it notifies when `metric` has had no data for a number of periods. Missing data does not count as
   * breaching, because the alarm would then notify at every first deployment. Its state becomes INSUFFICIENT_DATA. That is also the
   * state of a new alarm, and only a change of state notifies.
   */
  addForSilence(id: string, metric: IMetric, periods: number, trouble: Trouble): void {
    const alarm = this.add(id, metric, 1, trouble, {
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      ...points(periods, periods),
      treatMissingData: TreatMissingData.MISSING,
    });
    if (this.#topic) alarm.addInsufficientDataAction(new SnsAction(this.#topic));
  }

  /** Adds an alarm that rings while any of `parts` rings. The parts are quiet, so that one trouble is told once. */
  addGroup(id: string, parts: readonly Alarm[], trouble: Trouble): void {
    const { alarmName, alarmDescription } = this.#nameAndText(id, trouble);
    const group = new CompositeAlarm(this, id, {
      ...{ compositeAlarmName: alarmName, alarmDescription },
      alarmRule: AlarmRule.anyOf(...parts),
    });
    this.#all.push(group);
    this.#tell(group);
  }

  #nameAndText(id: string, { what, section }: Trouble) {
    const { stage, runbookUrl = runbookPath } = this.#props;
    return {
      alarmName: `signals-facade-${stage}-${id}`,
      alarmDescription: `${what}.\nRunbook: ${runbookUrl}#${slugOf(section)}`,
    };
  }

  #tell(alarm: Alarm | CompositeAlarm): void {
    if (!this.#topic) return;
    alarm.addAlarmAction(new SnsAction(this.#topic));
    alarm.addOkAction(new SnsAction(this.#topic));
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
