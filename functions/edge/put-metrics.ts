/**
 * Writes metrics in CloudWatch's embedded metric format: one line on stdout, which the log group turns into metrics.
 */
import { Console } from 'node:console';
import {
  type MetricDimension,
  type MetricDimensions,
  type MetricName,
  type MetricSamples,
  type MetricValues,
  metricNamespace,
  metrics,
  stageDimension,
  writtenAtZero,
} from '../../shared/config/metrics.ts';
import { variables } from '../../shared/config/names.ts';

/**
 * With JSON logging Lambda's runtime wraps what goes through the global `console` into a `message`
 * (aws-lambda-nodejs-runtime-interface-client, LogPatch), where CloudWatch finds no `_aws`. A console of one's own is left alone.
 */
const output = new Console({ stdout: process.stdout, stderr: process.stderr });

/** The subject of a line of metrics, and when it was counted. */
export type MetricScope = {
  /** Values of the dimensions that the list gives the metrics of the line. The metrics of one line have the same ones. */
  readonly dimensions?: MetricDimensions;
  readonly atMillis?: number;
  readonly samples?: MetricSamples;
};

export type PutMetrics = (values: MetricValues, scope?: MetricScope) => void;

/** The stage alone, and the stage with each of the dimensions: a sum for all, and one for each value. */
const setsOf = (dimensions: MetricDimensions): string[][] => [
  [stageDimension],
  ...Object.keys(dimensions).map((name) => [stageDimension, name]),
];

const saysSomething = ([name, value]: [string, unknown]): boolean =>
  value !== 0 || metrics[name as MetricName].unit !== 'Count' || writtenAtZero.has(name as MetricName);

/** Writes each value as a metric of the namespace SignalsFacade, but for counts whose 0 says nothing. */
export const putMetrics: PutMetrics = (counts, { dimensions = {}, atMillis = Date.now(), samples = {} } = {}) => {
  const values = Object.fromEntries(Object.entries({ ...counts, ...samples }).filter(saysSomething));
  if (Object.keys(values).length === 0) return;
  const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: metrics[Name as MetricName].unit }));
  const aws = {
    Timestamp: atMillis,
    CloudWatchMetrics: [{ Namespace: metricNamespace, Dimensions: setsOf(dimensions), Metrics }],
  };
  const stage = { [stageDimension]: process.env[variables.stage] ?? 'unknown' };
  output.log(JSON.stringify({ _aws: aws, ...stage, ...dimensions, ...values }));
};

/** Puts counts that have one dimension: a line for each value of it. */
export const putCountsBy = (
  put: PutMetrics,
  dimension: MetricDimension,
  counts: ReadonlyMap<string, MetricValues>,
  atMillis?: number,
): void => {
  for (const [value, values] of counts)
    put(values, { dimensions: { [dimension]: value }, ...(atMillis === undefined ? {} : { atMillis }) });
};
