/**
 * Writes in batches from an instance that may be frozen after each invocation: when an invocation ends and what waits is old
 * enough, and by a timer, which a frozen instance runs late. A write that fails is repeated with the next batch. What waits is lost
 * with the instance when that is killed.
 */

export type Write = () => Promise<void>;

export type BatchOptions = {
  readonly nowMillis: () => number;
  /** Something waits at most this long, as long as the instance runs. */
  readonly waitMillis: number;
  /** The writes of everything that waits, which waits no longer. Each may be repeated as it is. */
  readonly take: () => readonly Write[];
  readonly onFailure: (error: unknown) => void;
  /** Calls back once, later. It must not keep the process alive. */
  readonly later?: ((run: () => void, millis: number) => void) | undefined;
};

/** Writes that failed and wait. More are lost, and `onFailure` has been told of each. */
const mostFailed = 200;

const unrefTimer = (run: () => void, millis: number): void => void setTimeout(run, millis).unref();

export const createBatches = ({ nowMillis, waitMillis, take, onFailure, later = unrefTimer }: BatchOptions) => {
  let sinceMillis: number | undefined;
  let running: Promise<void> | undefined;
  let failed: Write[] = [];

  const noted = (): void => {
    if (sinceMillis !== undefined) return;
    sinceMillis = nowMillis();
    later(() => {
      if (sinceMillis !== undefined) void run();
    }, waitMillis);
  };

  const attempt = (write: Write): Promise<void> =>
    write().catch((error: unknown) => {
      onFailure(error);
      if (failed.length < mostFailed) failed.push(write);
      noted();
    });

  const writeAll = async (): Promise<void> => {
    const writes = [...failed, ...take()];
    failed = [];
    await Promise.all(writes.map(attempt));
  };

  const run = (): Promise<void> => {
    sinceMillis = undefined;
    running = (running ?? Promise.resolve()).then(writeAll);
    return running;
  };

  return {
    /** Something waits. */
    noted,
    /** Writes at once, and again with the next batch if that fails. Never rejects. */
    attempt,
    /** To be awaited before the instance may be frozen. Never rejects. */
    async settle(): Promise<void> {
      if (sinceMillis !== undefined && nowMillis() - sinceMillis >= waitMillis) void run();
      await running;
    },
  };
};
