/** Quantiles of any number of values in memory that does not grow with it. */

/** Width of a bucket: a quantile is at most this much too high. */
const growth = 1.02;
const step = Math.log(growth);

export const createHistogram = () => {
  const counts = new Map<number, number>();
  let total = 0;
  let most = 0;
  return {
    /** @param value 0 or more. */
    add(value: number, times = 1): void {
      const bucket = Math.ceil(Math.log1p(Math.max(0, value)) / step);
      counts.set(bucket, (counts.get(bucket) ?? 0) + times);
      total += times;
      most = Math.max(most, value);
    },
    /** The value that this share of the values does not exceed, exact to 2 %; 0 without values. */
    quantile(share: number): number {
      let left = Math.ceil(total * share);
      for (const bucket of [...counts.keys()].sort((one, other) => one - other)) {
        left -= counts.get(bucket) ?? 0;
        if (left <= 0) return Math.min(most, Math.round(Math.expm1(bucket * step)));
      }
      return 0;
    },
    most: (): number => most,
  };
};
export type Histogram = ReturnType<typeof createHistogram>;
