/** Figures of a running twin, out of the metrics that its alarms watch: the last minutes in steps, and sums. */
import { type MetricName, metricNamespace, stageDimension } from '../../shared/config/metrics.ts';
import type { Gateway } from '../gateway/gateway.ts';

const stepMillis = 15_000;
/** Ten minutes: as long as the twin keeps single samples. */
const steps = 40;
const minuteMillis = 60_000;
const summedMinutes = 30;

const verdicts = ['Hit', 'Stale', 'Collapsed', 'Revalidated', 'Miss', 'Write', 'Bypass'] as const;

export type Figures = {
  readonly stepSeconds: number;
  /** Begin of each step, in seconds. The last step is under way. */
  readonly times: readonly number[];
  /** Answers of the API in each step. */
  readonly answers: { readonly fine: number[]; readonly refused: number[]; readonly failed: number[] };
  /** Milliseconds until an answer has ended; null without an answer. */
  readonly latency: {
    readonly p50: (number | null)[];
    readonly p95: (number | null)[];
    readonly p99: (number | null)[];
  };
  readonly summedMinutes: number;
  /** What the cache did. Functions write it once a minute at most. */
  readonly cache: Readonly<Record<string, number>>;
};

type Source = Pick<Gateway, 'statistic' | 'apiDimensions'> & {
  /** Of the functions. */
  readonly stage: string;
};

const stepsUntil = (nowMillis: number): number[] =>
  Array.from({ length: steps }, (_, index) => nowMillis - (nowMillis % stepMillis) - (steps - 1 - index) * stepMillis);

export const figuresOf = ({ statistic, apiDimensions, stage }: Source, nowMillis: number): Figures => {
  const begins = stepsUntil(nowMillis);
  const ofApi = (name: string, kind: string): (number | null)[] => {
    const id = { namespace: 'AWS/ApiGateway', name, dimensions: apiDimensions };
    return begins.map((begin) => statistic(id, kind, begin, begin + stepMillis) ?? null);
  };
  const sums = (name: string): number[] => ofApi(name, 'Sum').map((value) => value ?? 0);
  const [all, refused, failed] = [sums('Count'), sums('4XXError'), sums('5XXError')];
  const sinceMillis = nowMillis - (nowMillis % minuteMillis) - (summedMinutes - 1) * minuteMillis;
  const total = (name: MetricName): number => {
    const id = { namespace: metricNamespace, name, dimensions: { [stageDimension]: stage } };
    return statistic(id, 'Sum', sinceMillis, nowMillis + minuteMillis) ?? 0;
  };
  return {
    stepSeconds: stepMillis / 1_000,
    times: begins.map((begin) => begin / 1_000),
    answers: { fine: all.map((count, at) => count - (refused[at] ?? 0) - (failed[at] ?? 0)), refused, failed },
    latency: { p50: ofApi('Latency', 'p50'), p95: ofApi('Latency', 'p95'), p99: ofApi('Latency', 'p99') },
    summedMinutes,
    cache: Object.fromEntries(verdicts.map((verdict) => [verdict, total(`Cache${verdict}`)])),
  };
};
