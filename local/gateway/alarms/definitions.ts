/** The alarms of a template, in the form that the twin evaluates. */
import * as z from 'zod';
import { parseRule, type Rule } from './composite-rule.ts';
import { type Expression, parseExpression } from './expression.ts';
import type { MetricRule } from './metric-state.ts';
import type { MetricId } from './metric-store.ts';

const Dimensions = z.array(z.object({ Name: z.string(), Value: z.string() })).default([]);
const Named = z.object({ Namespace: z.string(), MetricName: z.string(), Dimensions });
const Stat = z.object({ Metric: Named, Period: z.coerce.number(), Stat: z.string() });
const Query = z.object({
  Id: z.string(),
  Expression: z.string().optional(),
  MetricStat: Stat.optional(),
  ReturnData: z.boolean().default(true),
});

const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
};
const comparisonNames = Object.keys(comparisons) as (keyof typeof comparisons)[];

/** `AWS::CloudWatch::Alarm`, with every reference resolved. */
export const MetricAlarmProperties = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().default(''),
  ComparisonOperator: z.enum(comparisonNames),
  Threshold: z.number(),
  EvaluationPeriods: z.number().int(),
  DatapointsToAlarm: z.number().int().optional(),
  TreatMissingData: z.enum(['missing', 'ignore', 'breaching', 'notBreaching']).default('missing'),
  Metrics: z.array(Query).optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions,
  Period: z.coerce.number().optional(),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
});

/** `AWS::CloudWatch::CompositeAlarm`, likewise. */
export const CompositeAlarmProperties = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string().default(''),
  AlarmRule: z.string(),
});

export type WatchedMetric = { readonly id: string; readonly metric: MetricId; readonly statistic: string };

type Common = { readonly name: string; readonly description: string };
export type MetricAlarm = Common & {
  readonly kind: 'metric';
  readonly watched: readonly WatchedMetric[];
  readonly expression: Expression;
  readonly periodMillis: number;
  readonly rule: MetricRule;
  isBreaching(value: number): boolean;
};
export type CompositeAlarm = Common & { readonly kind: 'composite'; readonly rule: Rule };

const toMetric = ({ Namespace: namespace, MetricName: name, Dimensions: all }: z.infer<typeof Named>): MetricId => ({
  ...{ namespace, name },
  dimensions: Object.fromEntries(all.map(({ Name, Value }) => [Name, Value])),
});

type Watching = Pick<MetricAlarm, 'watched' | 'expression' | 'periodMillis'>;

const watchingQueries = (queries: readonly z.infer<typeof Query>[]): Watching => {
  const stats = queries.flatMap(({ Id: id, MetricStat }) => (MetricStat ? [{ id, ...MetricStat }] : []));
  const [result, ...more] = queries.filter(({ ReturnData }) => ReturnData);
  const [first] = stats;
  if (!result || !first || more.length > 0) throw new SyntaxError('An alarm returns one expression over metrics.');
  if (stats.some(({ Period }) => Period !== first.Period)) throw new SyntaxError('All metrics have one period.');
  return {
    watched: stats.map(({ id, Metric, Stat: statistic }) => ({ id, metric: toMetric(Metric), statistic })),
    expression: parseExpression(result.Expression ?? result.Id),
    periodMillis: first.Period * 1_000,
  };
};

const watchingOne = (properties: z.infer<typeof MetricAlarmProperties>): Watching => {
  const { Statistic, ExtendedStatistic, Period } = properties;
  return {
    watched: [{ id: 'm', metric: toMetric(Named.parse(properties)), statistic: Statistic ?? ExtendedStatistic ?? '' }],
    expression: ({ m }) => m,
    periodMillis: (Period ?? 60) * 1_000,
  };
};

/** @throws SyntaxError for an expression that the twin cannot compute. */
export const toMetricAlarm = (properties: z.infer<typeof MetricAlarmProperties>): MetricAlarm => {
  const { EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods, Threshold } = properties;
  const compare = comparisons[properties.ComparisonOperator];
  return {
    kind: 'metric',
    name: properties.AlarmName,
    description: properties.AlarmDescription,
    ...(properties.Metrics ? watchingQueries(properties.Metrics) : watchingOne(properties)),
    rule: {
      evaluationPeriods: EvaluationPeriods,
      datapointsToAlarm: DatapointsToAlarm,
      missing: properties.TreatMissingData,
    },
    isBreaching: (value) => compare(value, Threshold),
  };
};

/** @throws SyntaxError for a rule that cannot be read. */
export const toCompositeAlarm = (properties: z.infer<typeof CompositeAlarmProperties>): CompositeAlarm => ({
  kind: 'composite',
  name: properties.AlarmName,
  description: properties.AlarmDescription,
  rule: parseRule(properties.AlarmRule),
});
