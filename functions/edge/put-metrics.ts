/** Metrics in CloudWatch's embedded format: one line on stdout, which the log group turns into metrics. */

/** Puts each value as a metric of the namespace SignalsFacade, without dimensions. */
export const putMetrics = (values: Readonly<Record<string, number>>): void => {
  const metrics = Object.keys(values).map((Name) => ({ Name }));
  const aws = {
    Timestamp: Date.now(),
    CloudWatchMetrics: [{ Namespace: 'SignalsFacade', Dimensions: [[]], Metrics: metrics }],
  };
  console.log(JSON.stringify({ _aws: aws, ...values }));
};
