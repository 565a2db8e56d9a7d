/** Time, so that a test can move it. */

export type Clock = {
  nowMillis(): number;
  /** @throws the reason of the signal, once it is aborted. */
  wait(millis: number, signal?: AbortSignal | null): Promise<void>;
};

export const systemClock: Clock = {
  nowMillis: Date.now,
  wait: (millis, signal) =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, millis);
      if (signal?.aborted) return stop();
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
