/** Bounds for work that somebody waits for. */

/** True when `work` ended in time, false when it goes on without anybody waiting for it. @throws what it throws in time. */
export const endsWithin = (work: Promise<unknown>, millis: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), millis);
    work.then(() => resolve(true), reject).finally(() => clearTimeout(timer));
  });

/** What `work` gives in time. Rejects when it is not settled after so long; it goes on, and its own failure is then nobody's. */
export const withinMillis = <T>(work: Promise<T>, millis: number): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`nothing came within ${millis} ms`)), millis);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
};
