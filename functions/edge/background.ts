/** Work of a request that continues after its answer has left. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Longer than a refresh takes, and short enough that a hanging upstream does not hold the function for long after the
 * answer.
 */
const mostBackgroundMillis = 10_000;

export const createBackground = (mostMillis = mostBackgroundMillis) => {
  const works: Promise<void>[] = [];
  return {
    add: (work: Promise<void>): void => void works.push(work),
    /** Resolves when all work is done, or after `mostMillis`. Unfinished work may then be frozen with the function. */
    async settle(): Promise<void> {
      if (works.length === 0) return;
      const stop = new AbortController();
      const late = sleep(mostMillis, undefined, { signal: stop.signal }).catch(() => {});
      await Promise.race([Promise.allSettled(works), late]);
      stop.abort();
    },
  };
};
