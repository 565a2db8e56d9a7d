/** Executions that functions without reserved concurrency share, as they do in an account. */

export type Concurrency = {
  readonly isUsedUp: () => boolean;
  /**
   * Waits, first come first served, until one more may run; returns what gives the execution back, once.
   * @throws the reason of `signal` when that aborts before.
   */
  take(signal: AbortSignal): Promise<() => void>;
};

export const createConcurrency = (executions: number): Concurrency => {
  let free = executions;
  const waiters: PromiseWithResolvers<void>[] = [];

  const giveBack = (): void => {
    const next = waiters.shift();
    if (next) next.resolve();
    else free += 1;
  };

  const waitInLine = async (signal: AbortSignal): Promise<void> => {
    const waiter = Promise.withResolvers<void>();
    const leave = (): void => {
      waiters.splice(waiters.indexOf(waiter), 1);
      waiter.reject(signal.reason);
    };
    waiters.push(waiter);
    signal.addEventListener('abort', leave);
    await waiter.promise.finally(() => signal.removeEventListener('abort', leave));
  };

  return {
    isUsedUp: () => free <= 0,
    async take(signal) {
      signal.throwIfAborted();
      if (free > 0) free -= 1;
      else await waitInLine(signal);
      let isHeld = true;
      return () => {
        if (isHeld) giveBack();
        isHeld = false;
      };
    },
  };
};
