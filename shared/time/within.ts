/** Bounds for work that somebody waits for. */

/** True when `work` ended in time, false when it goes on without anybody waiting for it. @throws what it throws in time. */
export const endsWithin = (millis: number, work: Promise<unknown>): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), millis);
    work.then(() => resolve(true), reject).finally(() => clearTimeout(timer));
  });
