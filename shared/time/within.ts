/** Limits how long a caller waits for work. */

/** True if `work` ended in time; false if it continues and is no longer awaited. @throws what it throws in time. */
export const endsWithin = (work: Promise<unknown>, millis: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), millis);
    work.then(() => resolve(true), reject).finally(() => clearTimeout(timer));
  });

/** The result of `work` in time. Rejects with a `TimeoutError` after this time, as `AbortSignal.timeout` does; the work continues, and its own failure is ignored. */
export const withinMillis = <T>(work: Promise<T>, millis: number): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(Object.assign(new Error(`nothing came within ${millis} ms`), { name: 'TimeoutError' })),
    millis,
  );
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
};
