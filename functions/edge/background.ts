/** Work of a request that continues after its answer has left. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Longer than a refresh takes, and short enough that a hanging upstream does not hold the function for long after the
 * answer.
 */
const mostBackgroundMillis = 10_000;

/** Resolves when all work is done, or after `mostMillis`. Unfinished work may then be frozen with the function. */
const settle = async (works: readonly Promise<void>[], mostMillis: number): Promise<void> => {
  const stop = new AbortController();
  const late = sleep(mostMillis, undefined, { signal: stop.signal }).catch(() => {});
  await Promise.race([Promise.allSettled(works), late]);
  stop.abort();
};

/** Collects the work of one request. */
export const createBackground = (usualMillis = mostBackgroundMillis) => {
  const works: Promise<void>[] = [];
  let longestMillis = usualMillis;
  return {
    add(work: Promise<void>, mostMillis = usualMillis): void {
      works.push(work);
      longestMillis = Math.max(longestMillis, mostMillis);
    },
    /** Resolves when all of it is done, or has taken too long. */
    async settled(): Promise<void> {
      if (works.length > 0) await settle(works, longestMillis);
    },
  };
};
