/** The alarms in the template of a stage, and what they watch. */
import { named } from './stages.ts';
import { synthesize } from './synthesized.ts';

type Dimension = { readonly Name: string; readonly Value: unknown };
type Metric = { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: readonly Dimension[] };
type Query = {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: Metric; readonly Period: number; readonly Stat: string };
};
export type Alarm = {
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: string;
  readonly AlarmDescription: string;
  readonly AlarmActions?: unknown;
  readonly OKActions?: unknown;
  readonly InsufficientDataActions?: unknown;
  readonly Metrics?: readonly Query[];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period?: number;
} & Partial<Metric>;

export type Composite = Pick<Alarm, 'AlarmDescription' | 'AlarmActions' | 'OKActions'> & {
  readonly AlarmRule: unknown;
};

export const prod = synthesize('prod', named);

/** `AlarmsNearTenantLimit1A2B3C4D` is `NearTenantLimit`. */
export const nameOf = (id: string): string => id.replace(/^Alarms/, '').replace(/[0-9A-F]{8}$/, '');
export const alarms = new Map(
  prod.ofType<Alarm>('AWS::CloudWatch::Alarm').map(({ id, properties }) => [nameOf(id), properties]),
);

/** What an alarm watches, whether by one metric or by an expression over several. */
export const watchedBy = (
  alarm: Alarm,
): { metric: Metric; stat: string | undefined; periodSeconds: number | undefined }[] =>
  alarm.Metrics
    ? alarm.Metrics.flatMap(({ MetricStat }) =>
        MetricStat ? [{ metric: MetricStat.Metric, stat: MetricStat.Stat, periodSeconds: MetricStat.Period }] : [],
      )
    : [{ metric: alarm as Metric, stat: alarm.Statistic ?? alarm.ExtendedStatistic, periodSeconds: alarm.Period }];
