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

/** Writes that failed and wait, and how often each is tried. More are lost; `onFailure` has been told of each. */
const mostFailed = 200;
const mostTries = 60;

const unrefTimer = (run: () => void, millis: number): void => void setTimeout(run, millis).unref();

export const createBatches = ({ nowMillis, waitMillis, take, onFailure, later = unrefTimer }: BatchOptions) => {
  let sinceMillis: number | undefined;
  let running: Promise<void> | undefined;
  let failed: { readonly write: Write; readonly tries: number }[] = [];

  const noted = (): void => {
    if (sinceMillis !== undefined) return;
    sinceMillis = nowMillis();
    later(() => {
      if (sinceMillis !== undefined) void run();
    }, waitMillis);
  };

  const attempt = (write: Write, tries = 1): Promise<void> =>
    write().catch((error: unknown) => {
      onFailure(error);
      if (failed.length < mostFailed && tries < mostTries) failed.push({ write, tries });
      noted();
    });

  const writeAll = async (): Promise<void> => {
    const again = failed;
    failed = [];
    await Promise.all(again.map(({ write, tries }) => attempt(write, tries + 1)));
    // A sum has one write under way at most: so a store that remembers the last write recognises one that is repeated.
    if (failed.length === 0) await Promise.all(take().map((write) => attempt(write)));
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
    attempt: (write: Write): Promise<void> => attempt(write),
    /** To be awaited before the instance may be frozen. Never rejects. */
    async settle(): Promise<void> {
      if (sinceMillis !== undefined && nowMillis() - sinceMillis >= waitMillis) void run();
      await running;
    },
  };
};
