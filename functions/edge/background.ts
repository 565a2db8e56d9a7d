/** Work of a request that continues after its answer has left. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Longer than a refresh takes, and short enough that a hanging upstream does not hold the function for long after the
 * answer.
 */
const mostBackgroundMillis = 10_000;

/** @param mostMillis how long the function waits for it after the answer; undefined = as usual. */
export type Work = { readonly work: Promise<void>; readonly mostMillis: number | undefined };

/** Resolves when all work is done, or has taken too long. Unfinished work may then be frozen with the function. */
export const settle = async (works: readonly Work[], usualMillis = mostBackgroundMillis): Promise<void> => {
  const stop = new AbortController();
  const longestMillis = Math.max(...works.map(({ mostMillis = usualMillis }) => mostMillis));
  const late = sleep(longestMillis, undefined, { signal: stop.signal }).catch(() => {});
  await Promise.race([Promise.allSettled(works.map(({ work }) => work)), late]);
  stop.abort();
};
