/**
 * Writes metrics in CloudWatch's embedded metric format: one line on stdout, which the log group turns into metrics.
 */
import { Console } from 'node:console';
import {
  type MetricName,
  type MetricValues,
  metricNamespace,
  metricUnits,
  stageDimension,
} from '../../shared/config/metrics.ts';
import { variables } from '../../shared/config/names.ts';

/**
 * With JSON logging Lambda's runtime wraps what goes through the global `console` into a `message`
 * (aws-lambda-nodejs-runtime-interface-client, LogPatch), where CloudWatch finds no `_aws`. A console of one's own is left alone.
 */
const output = new Console({ stdout: process.stdout, stderr: process.stderr });

/** The subject of a line of metrics, and when it was counted. */
export type MetricScope = {
  /** Names and values of further dimensions. Each set of values is a metric of its own, and costs: keep them few. */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly atMillis?: number;
};

/** Writes each value as a metric of the namespace SignalsFacade, with the stage as its first dimension. */
export const putMetrics = (
  values: MetricValues,
  { dimensions = {}, atMillis = Date.now() }: MetricScope = {},
): void => {
  const all = { [stageDimension]: process.env[variables.stage] ?? 'unknown', ...dimensions };
  const metrics = Object.keys(values).map((Name) => ({ Name, Unit: metricUnits[Name as MetricName] }));
  const aws = {
    Timestamp: atMillis,
    CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: [Object.keys(all)], Metrics: metrics }],
  };
  output.log(JSON.stringify({ _aws: aws, ...all, ...values }));
};
