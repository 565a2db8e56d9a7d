/**
 * Writes in batches from an instance that may be frozen after each invocation: when an invocation ends and what waits is old
 * enough, and by a timer, which a frozen instance runs late. What waits is lost with the instance when that is killed.
 */

export type BatchOptions = {
  readonly nowMillis: () => number;
  /** Something waits at most this long, as long as the instance runs. */
  readonly waitMillis: number;
  /** Writes everything that waits. Must not reject: what could not be written waits again. */
  readonly write: () => Promise<void>;
  /** Calls back once, later. It must not keep the process alive. */
  readonly later?: (run: () => void, millis: number) => void;
};

export const unrefTimer = (run: () => void, millis: number): void => void setTimeout(run, millis).unref();

export const createBatches = ({ nowMillis, waitMillis, write, later = unrefTimer }: BatchOptions) => {
  let sinceMillis: number | undefined;
  let running: Promise<void> | undefined;

  const run = (): Promise<void> => {
    sinceMillis = undefined;
    running ??= write().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    /** Something waits. */
    noted(): void {
      if (sinceMillis !== undefined) return;
      sinceMillis = nowMillis();
      later(() => {
        if (sinceMillis !== undefined) void run();
      }, waitMillis);
    },
    /** To be awaited before the instance may be frozen. */
    async settle(): Promise<void> {
      if (sinceMillis !== undefined && nowMillis() - sinceMillis >= waitMillis) void run();
      await running;
    },
  };
};
