/** Metrics in CloudWatch's embedded format: one line on stdout, which the log group turns into metrics. */

/** What a line of metrics is about, and when it was counted. */
export type MetricScope = {
  /** Names and values of the metrics' dimensions. Each set of values is a metric of its own, and costs: keep them few. */
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly atMillis?: number;
};

/** Puts each value as a metric of the namespace SignalsFacade. */
export const putMetrics = (
  values: Readonly<Record<string, number>>,
  { dimensions = {}, atMillis = Date.now() }: MetricScope = {},
): void => {
  const metrics = Object.keys(values).map((Name) => ({ Name }));
  const aws = {
    Timestamp: atMillis,
    CloudWatchMetrics: [{ Namespace: 'SignalsFacade', Dimensions: [Object.keys(dimensions)], Metrics: metrics }],
  };
  console.log(JSON.stringify({ _aws: aws, ...dimensions, ...values }));
};
