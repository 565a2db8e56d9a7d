/** The samples of metrics that the twin keeps, and their statistics over a time, as CloudWatch gives them. */

export type MetricId = {
  readonly namespace: string;
  readonly name: string;
  /** All dimensions: CloudWatch finds a metric by its exact set (user guide, CloudWatch concepts, Dimensions). */
  readonly dimensions: Readonly<Record<string, string>>;
};
export type Sample = MetricId & { readonly value: number; readonly atMillis: number };

/** Samples of one minute, or a single one. */
type Group = {
  readonly atMillis: number;
  readonly count: number;
  readonly sum: number;
  readonly least: number;
  readonly most: number;
  /** At even ranks: each stands for as many samples as the others. */
  readonly values: readonly number[];
};
type Point = Pick<Sample, 'value' | 'atMillis'>;
type Series = { readonly minutes: Group[]; readonly points: Point[] };

const minuteMillis = 60_000;
/** Values that are kept of the samples of a minute, for percentiles. */
const mostValues = 100;

const keyOf = ({ namespace, name, dimensions }: MetricId): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))]);

/** The keys of metrics that alarms watch: each is asked for once a period, every minute. */
const watchedKeys = new WeakMap<MetricId, string>();
const watchedKeyOf = (id: MetricId): string => {
  const key = watchedKeys.get(id) ?? keyOf(id);
  watchedKeys.set(id, key);
  return key;
};

const toGroup = ({ value, atMillis }: Point): Group => ({
  ...{ atMillis, count: 1, sum: value, least: value, most: value, values: [value] },
});

/** All samples of a minute as one group. Sums, counts and extremes stay exact. A percentile is exact up to 100 samples. */
const toMinute = (atMillis: number, points: readonly Point[]): Group => {
  const sorted = points.map(({ value }) => value).sort((a, b) => a - b);
  const kept = Math.min(mostValues, sorted.length);
  return {
    atMillis,
    count: sorted.length,
    sum: sum(sorted),
    least: sorted[0] as number,
    most: sorted.at(-1) as number,
    values: Array.from(
      { length: kept },
      (_, index) => sorted[Math.ceil(((index + 1) * sorted.length) / kept) - 1] as number,
    ),
  };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const countOf = (groups: readonly Group[]): number => sum(groups.map(({ count }) => count));

/** The nearest rank. CloudWatch interpolates; both agree on whether most samples reach a threshold. */
const percentile = (groups: readonly Group[], percent: number): number => {
  const weighted = groups
    .flatMap(({ values, count }) => values.map((value) => ({ value, weight: count / values.length })))
    .sort((a, b) => a.value - b.value);
  let left = Math.max(1, Math.ceil((percent / 100) * countOf(groups)));
  for (const { value, weight } of weighted) {
    left -= weight;
    if (left < 1e-6) return value;
  }
  return weighted.at(-1)?.value as number;
};

const sumOf = (groups: readonly Group[]): number => sum(groups.map((group) => group.sum));

const statistics: Readonly<Record<string, (groups: readonly Group[]) => number>> = {
  Sum: sumOf,
  Average: (groups) => sumOf(groups) / countOf(groups),
  Minimum: (groups) => groups.reduce((least, group) => Math.min(least, group.least), Number.POSITIVE_INFINITY),
  Maximum: (groups) => groups.reduce((most, group) => Math.max(most, group.most), Number.NEGATIVE_INFINITY),
  SampleCount: countOf,
};

/** @throws RangeError for a statistic that the twin does not know. */
const statisticOf = (statistic: string): ((groups: readonly Group[]) => number) => {
  const known = statistics[statistic];
  if (known) return known;
  const [, percent] = /^p(\d+(?:\.\d+)?)$/.exec(statistic) ?? [];
  if (percent === undefined) throw new RangeError(`The twin does not know the statistic ${statistic}.`);
  return (groups) => percentile(groups, Number(percent));
};

/** Moves the samples before `millis` into groups by minute. */
const compact = ({ minutes, points }: Series, millis: number): Series => {
  const old = points.filter(({ atMillis }) => atMillis < millis);
  if (old.length === 0) return { minutes, points };
  const byMinute = Map.groupBy(old, ({ atMillis }) => atMillis - (atMillis % minuteMillis));
  // A sample may come late: then its minute has two groups.
  const added = [...byMinute].map(([atMillis, of]) => toMinute(atMillis, of));
  return { minutes: [...minutes, ...added], points: points.filter(({ atMillis }) => atMillis >= millis) };
};

export const createMetricStore = () => {
  const series = new Map<string, Series>();
  return {
    add(sample: Sample): void {
      const key = keyOf(sample);
      const { minutes, points } = series.get(key) ?? { minutes: [], points: [] };
      points.push({ value: sample.value, atMillis: sample.atMillis });
      series.set(key, { minutes, points });
    },
    /** Of the samples from `fromMillis` until before `untilMillis`; undefined without any. */
    statistic(id: MetricId, statistic: string, fromMillis: number, untilMillis: number): number | undefined {
      const compute = statisticOf(statistic);
      const { minutes, points } = series.get(watchedKeyOf(id)) ?? { minutes: [], points: [] };
      const isWithin = ({ atMillis }: { readonly atMillis: number }): boolean =>
        atMillis >= fromMillis && atMillis < untilMillis;
      const groups = [...minutes.filter(isWithin), ...points.filter(isWithin).map(toGroup)];
      return groups.length > 0 ? compute(groups) : undefined;
    },
    /**
     * Keeps the samples before `millis`, the begin of a minute, by minute only, so that memory does not grow with the number of
     * requests. Later questions must begin and end with a minute.
     */
    compactBefore(millis: number): void {
      for (const [key, one] of series) series.set(key, compact(one, millis));
    },
    /** Forgets what is older. */
    forgetBefore(millis: number): void {
      for (const [key, { minutes, points }] of series) {
        const isKept = ({ atMillis }: { readonly atMillis: number }): boolean => atMillis >= millis;
        if (minutes.every(isKept) && points.every(isKept)) continue;
        const kept = { minutes: minutes.filter(isKept), points: points.filter(isKept) };
        if (kept.minutes.length + kept.points.length > 0) series.set(key, kept);
        else series.delete(key);
      }
    },
  };
};
export type MetricStore = ReturnType<typeof createMetricStore>;
