/** Rejects when `promise` is not settled after so long; it goes on, and its own failure is then nobody's. */
export const withinMillis = <T>(promise: Promise<T>, millis: number): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`nothing came within ${millis} ms`)), millis);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
};
