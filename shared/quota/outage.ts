/** How long a store that fails is borne. */

const shortestPauseMillis = 20;
const longestPauseMillis = 1_000;
/** While the store fails, calls are held for so long before they are refused, or let go. */
const patienceMillis = 2_000;
/** A failure so long after the one before is not of the same outage: nobody may have asked in between. */
const apartMillis = 5_000;

/** What operators hear of it, once each. `store-failed`: calls are refused, or let go uncounted, from now on. */
export type OutageEvent =
  | { readonly kind: 'store-failed'; readonly cause: unknown }
  | { readonly kind: 'store-answers'; readonly afterMillis: number };

export type Outage = ReturnType<typeof createOutage>;

/** Times are monotonic. @param tell must not throw. */
export const createOutage = (tell: (event: OutageEvent) => void) => {
  let since: number | undefined;
  let lastMillis = Number.NEGATIVE_INFINITY;
  let nextTryMillis = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let isLong = false;
  let lastCause: unknown;
  let toldSinceMillis: number | undefined;
  return {
    over(nowMillis: number): void {
      since = undefined;
      failures = 0;
      isLong = false;
      lastCause = undefined;
      nextTryMillis = Number.NEGATIVE_INFINITY;
      if (toldSinceMillis !== undefined) tell({ kind: 'store-answers', afterMillis: nowMillis - toldSinceMillis });
      toldSinceMillis = undefined;
    },
    /** Takes in a failure: how long to pause, and whether to wait no longer for the store. */
    failed(nowMillis: number, cause: unknown): { readonly pauseMillis: number; readonly isLong: boolean } {
      if (since === undefined || nowMillis - lastMillis > apartMillis) {
        since = nowMillis;
        failures = 0;
      }
      lastMillis = nowMillis;
      lastCause = cause;
      failures += 1;
      const pauseMillis = Math.min(longestPauseMillis, shortestPauseMillis * 2 ** failures);
      nextTryMillis = nowMillis + pauseMillis;
      isLong = nowMillis - since >= patienceMillis;
      if (isLong && toldSinceMillis === undefined) {
        toldSinceMillis = since;
        tell({ kind: 'store-failed', cause });
      }
      return { pauseMillis, isLong };
    },
    /** How long the store is not to be asked again, so that a crowd does not load it further. */
    pauseMillis: (nowMillis: number): number => Math.max(0, nextTryMillis - nowMillis),
    /** Whether nobody waits for the store any more, until it is asked again. */
    isOn: (nowMillis: number): boolean => isLong && nowMillis < nextTryMillis,
    /** Whether the store has failed since it last answered. */
    isFailing: (): boolean => since !== undefined,
    /** The failure since the last answer; undefined = there is none. */
    lastCause: (): unknown => lastCause,
  };
};
