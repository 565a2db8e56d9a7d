/** When a failed call may be tried again, and after how long. */
/** Tries in all, the first included. */
export const mostTries = 3;
const firstPauseMillis = 200;
/** A longer Retry-After is passed on to the caller; the facade does not wait for it. */
const longestPauseMillis = 5_000;

const transient = new Set([502, 503, 504]);

/**
 * The pause before another try after an answer with this status; undefined = no further try. A 429 is retried only if it has
 * Retry-After. Otherwise another try would use more of a budget that is already spent.
 */
export const pauseAfterStatus = (
  status: number,
  retryAfterMillis: number | undefined,
  attempt: number,
): number | undefined => {
  if (!transient.has(status) && status !== 429) return undefined;
  if (retryAfterMillis === undefined) return status === 429 ? undefined : pauseAfterFailure(attempt);
  return retryAfterMillis <= longestPauseMillis ? retryAfterMillis + Math.random() * firstPauseMillis : undefined;
};

/** Exponential with full jitter, so that calls that failed together do not retry together. */
export const pauseAfterFailure = (attempt: number): number => Math.random() * firstPauseMillis * 2 ** (attempt - 1);
