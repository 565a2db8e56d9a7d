/** Figures that describe a set of samples. */

export type Summary = { readonly samples: number; readonly median: number; readonly p99: number };

/** The smallest sample that at least this share of all samples does not exceed (nearest rank). NaN for no samples. */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
};

/** The median is the mean of the two in the middle where the number of samples is even. */
export const median = (samples: readonly number[]): number => {
  const sorted = samples.toSorted((a, b) => a - b);
  const upper = sorted.length >> 1;
  const lower = (sorted.length - 1) >> 1;
  return ((sorted[lower] ?? Number.NaN) + (sorted[upper] ?? Number.NaN)) / 2;
};

export const summarise = (samples: readonly number[]): Summary => ({
  samples: samples.length,
  median: median(samples),
  p99: percentile(samples, 0.99),
});
