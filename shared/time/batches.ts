/**
 * Writes in batches from an instance that may be frozen after each invocation: when an invocation ends and what waits, or the last
 * write, is old enough, and by a timer, which a frozen instance runs late. So what comes after a pause is written at once, because
 * its instance may never run again. A write that fails is repeated with a later batch. What waits is lost with the instance when that
 * is killed: what came within `waitMillis` of a write.
 */

export type Write = () => Promise<void>;

/** A write of a batch. It may be repeated as it is. */
export type BatchWrite = {
  readonly write: Write;
  /** Names the sum that it adds to. While a write of a sum is repeated, `take` must leave that sum alone. */
  readonly sum?: string;
};

export type BatchOptions = {
  readonly nowMillis: () => number;
  /** Something waits at most this long, as long as the instance runs. */
  readonly waitMillis: number;
  /**
   * The writes of everything that waits, which waits no longer. At most one for each item of a sum, and none for `busy` sums: so a
   * store that remembers the last write of an item recognises one that is repeated.
   */
  readonly take: (busy: ReadonlySet<string>) => readonly BatchWrite[];
  /** Called once for each batch with failures. @param count writes that failed. */
  readonly onFailure: (error: unknown, count: number) => void;
  /** Calls back once, later. It must not keep the process alive. */
  readonly later?: ((run: () => void, millis: number) => void) | undefined;
};

/** Writes that failed and wait, and how often each is tried. More are lost; `onFailure` has been told of each. */
const mostFailed = 200;
const mostTries = 60;
/** Writes that are repeated at once. The next ones follow when all of these succeeded, so a store that fails gets few. */
const repeatedAtOnce = 10;

const unrefTimer = (run: () => void, millis: number): void => void setTimeout(run, millis).unref();

type Failed = { readonly write: BatchWrite; readonly tries: number };

export const createBatches = ({ nowMillis, waitMillis, take, onFailure, later = unrefTimer }: BatchOptions) => {
  let sinceMillis: number | undefined;
  let lastMillis = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;
  const failed: Failed[] = [];

  const noted = (): void => {
    if (sinceMillis !== undefined) return;
    sinceMillis = nowMillis();
    later(() => {
      if (sinceMillis !== undefined) void run();
    }, waitMillis);
  };

  /** @returns the causes of those that failed, which wait to be repeated. */
  const attemptAll = async (writes: readonly Failed[]): Promise<readonly unknown[]> => {
    const results = await Promise.allSettled(writes.map(({ write }) => write.write()));
    return results.flatMap((result, index) => {
      if (result.status === 'fulfilled') return [];
      const { write, tries } = writes[index] as Failed;
      if (failed.length < mostFailed && tries < mostTries) failed.push({ write, tries: tries + 1 });
      return [result.reason as unknown];
    });
  };

  const tell = (causes: readonly unknown[]): void => {
    if (causes.length === 0) return;
    onFailure(causes.at(-1), causes.length);
    noted();
  };

  const repeat = async (): Promise<readonly unknown[]> => {
    for (let left = failed.length; left > 0; left -= repeatedAtOnce) {
      const causes = await attemptAll(failed.splice(0, Math.min(left, repeatedAtOnce)));
      if (causes.length > 0) return causes;
    }
    return [];
  };

  const busySums = () => new Set(failed.flatMap(({ write: { sum } }) => (sum === undefined ? [] : [sum])));

  /** What waits for another write of its sum follows in the same batch. */
  const writeNew = async (): Promise<readonly unknown[]> => {
    let causes: readonly unknown[] = [];
    let writes = take(busySums());
    while (writes.length > 0 && causes.length === 0) {
      causes = await attemptAll(writes.map((write) => ({ write, tries: 1 })));
      if (causes.length === 0) writes = take(busySums());
    }
    return causes;
  };

  const writeAll = async (): Promise<void> => {
    const causes = await repeat();
    tell([...causes, ...(await writeNew())]);
  };

  const run = (): Promise<void> => {
    sinceMillis = undefined;
    lastMillis = nowMillis();
    running = (running ?? Promise.resolve()).then(writeAll);
    return running;
  };

  return {
    /** Something waits. */
    noted,
    /** Writes at once, and again with a later batch if that fails. Never rejects. */
    async attempt(write: Write): Promise<void> {
      lastMillis = nowMillis();
      tell(await attemptAll([{ write: { write }, tries: 1 }]));
    },
    /** To be awaited before the instance may be frozen. Never rejects. */
    async settle(): Promise<void> {
      const isOld = (millis: number): boolean => nowMillis() - millis >= waitMillis;
      if (sinceMillis !== undefined && (isOld(sinceMillis) || isOld(lastMillis))) void run();
      await running;
    },
  };
};
