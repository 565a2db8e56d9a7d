/** The samples of metrics that the twin keeps, and their statistics over a time, as CloudWatch gives them. */

export type MetricId = {
  readonly namespace: string;
  readonly name: string;
  /** All dimensions: CloudWatch finds a metric by its exact set (user guide, CloudWatch concepts, Dimensions). */
  readonly dimensions: Readonly<Record<string, string>>;
};
export type Sample = MetricId & { readonly value: number; readonly atMillis: number };

type Point = Pick<Sample, 'value' | 'atMillis'>;

const keyOf = ({ namespace, name, dimensions }: MetricId): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))]);

/** The nearest rank. CloudWatch interpolates; both agree on whether most samples reach a threshold. */
const percentile = (values: readonly number[], percent: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] as number;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  Sum: sum,
  Average: (values) => sum(values) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
  SampleCount: (values) => values.length,
};

/** @throws RangeError for a statistic that the twin does not know. */
const statisticOf = (statistic: string): ((values: readonly number[]) => number) => {
  const known = statistics[statistic];
  if (known) return known;
  const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(statistic) ?? [];
  if (percent === undefined) throw new RangeError(`The twin does not know the statistic ${statistic}.`);
  return (values) => percentile(values, Number(percent));
};

export const createMetricStore = () => {
  const series = new Map<string, Point[]>();
  return {
    add(sample: Sample): void {
      const key = keyOf(sample);
      const points = series.get(key) ?? [];
      points.push({ value: sample.value, atMillis: sample.atMillis });
      series.set(key, points);
    },
    /** Of the samples from `fromMillis` until before `untilMillis`; undefined without any. */
    statistic(id: MetricId, statistic: string, fromMillis: number, untilMillis: number): number | undefined {
      const compute = statisticOf(statistic);
      const points = series.get(keyOf(id)) ?? [];
      const values = points
        .filter(({ atMillis }) => atMillis >= fromMillis && atMillis < untilMillis)
        .map(({ value }) => value);
      return values.length > 0 ? compute(values) : undefined;
    },
    /** Forgets what is older. */
    forgetBefore(millis: number): void {
      for (const [key, points] of series) {
        const kept = points.filter(({ atMillis }) => atMillis >= millis);
        if (kept.length > 0) series.set(key, kept);
        else series.delete(key);
      }
    },
  };
};
export type MetricStore = ReturnType<typeof createMetricStore>;
