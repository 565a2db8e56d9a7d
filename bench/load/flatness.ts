/** Whether the memory and the handles of a process stay flat. */
import { median } from '../support/statistics.ts';

export type MemorySample = {
  readonly atMillis: number;
  /** After a collection of garbage. */
  readonly keptBytes: number;
  readonly rssBytes: number;
  readonly handles: number;
};

export type Flatness = {
  readonly samples: number;
  /** Medians of the second and of the last third of the run. The first third is left out: caches fill, and code is compiled. */
  readonly secondKeptBytes: number;
  readonly lastKeptBytes: number;
  /** By least squares over the last two thirds. */
  readonly bytesPerHour: number;
  readonly secondHandles: number;
  readonly lastHandles: number;
  readonly verdict: 'flat' | 'not flat' | 'too short';
};

/** Growth from the second to the last third that is still flat: the larger of the two. */
export const flatShare = 0.05;
export const flatBytes = 2 * 1_048_576;
export const flatHandles = 4;
/** The gateway has several handles for each process that it starts, and starts more when more is to be done at once. */
export const flatHandleShare = 0.1;
/** Fewer samples in a third, or a shorter third, say nothing. */
const leastSamples = 5;
const leastThirdMillis = 180_000;

const slopeOf = (samples: readonly MemorySample[]): number => {
  const meanAt = samples.reduce((sum, { atMillis }) => sum + atMillis, 0) / samples.length;
  const meanBytes = samples.reduce((sum, { keptBytes }) => sum + keptBytes, 0) / samples.length;
  const covariance = samples.reduce((sum, one) => sum + (one.atMillis - meanAt) * (one.keptBytes - meanBytes), 0);
  const variance = samples.reduce((sum, one) => sum + (one.atMillis - meanAt) ** 2, 0);
  return variance === 0 ? 0 : covariance / variance;
};

const within = (samples: readonly MemorySample[], from: number, until: number): readonly MemorySample[] =>
  samples.filter(({ atMillis }) => atMillis >= from && atMillis < until);

/** @param samples of one process, in order; the thirds are those of the run from `fromMillis` until `untilMillis`. */
export const judgeFlatness = (samples: readonly MemorySample[], fromMillis: number, untilMillis: number): Flatness => {
  const third = (untilMillis - fromMillis) / 3;
  const second = within(samples, fromMillis + third, fromMillis + 2 * third);
  const last = within(samples, fromMillis + 2 * third, untilMillis + 1);
  const of = (some: readonly MemorySample[], read: (sample: MemorySample) => number): number =>
    some.length === 0 ? 0 : median(some.map(read));
  const figures = {
    samples: samples.length,
    secondKeptBytes: of(second, ({ keptBytes }) => keptBytes),
    lastKeptBytes: of(last, ({ keptBytes }) => keptBytes),
    bytesPerHour: slopeOf([...second, ...last]) * 3_600_000,
    secondHandles: of(second, ({ handles }) => handles),
    lastHandles: of(last, ({ handles }) => handles),
  };
  if (third < leastThirdMillis || second.length < leastSamples || last.length < leastSamples)
    return { ...figures, verdict: 'too short' };
  const isFlat =
    figures.lastKeptBytes - figures.secondKeptBytes <= Math.max(flatBytes, figures.secondKeptBytes * flatShare) &&
    figures.lastHandles - figures.secondHandles <= Math.max(flatHandles, figures.secondHandles * flatHandleShare);
  return { ...figures, verdict: isFlat ? 'flat' : 'not flat' };
};
