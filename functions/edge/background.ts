/** Work that a request leaves behind when its answer has left. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than a refresh takes, shorter than an upstream that hangs may hold a function for an answer that is long out. */
const mostBackgroundMillis = 10_000;

export const createBackground = (mostMillis = mostBackgroundMillis) => {
  const works: Promise<void>[] = [];
  return {
    add: (work: Promise<void>): void => void works.push(work),
    /** Resolves when all of it is done, or after `mostMillis`: what is not done by then may be frozen with the function. */
    async settle(): Promise<void> {
      if (works.length === 0) return;
      const stop = new AbortController();
      const late = sleep(mostMillis, undefined, { signal: stop.signal }).catch(() => {});
      await Promise.race([Promise.allSettled(works), late]);
      stop.abort();
    },
  };
};
