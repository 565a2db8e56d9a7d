/** How long a store that fails is borne. */

const shortestPauseMillis = 20;
const longestPauseMillis = 1_000;
/** While the store fails, calls are held for so long before they are refused, or let go. */
const patienceMillis = 2_000;
/** A failure so long after the one before is not of the same outage: nobody may have asked in between. */
const apartMillis = 5_000;

/** Times are monotonic. */
export const createOutage = () => {
  let since: number | undefined;
  let lastMillis = Number.NEGATIVE_INFINITY;
  let failures = 0;
  return {
    over(): void {
      since = undefined;
      failures = 0;
    },
    /** Takes in a failure: how long to pause, and whether to wait no longer for the store. */
    failed(nowMillis: number): { readonly pauseMillis: number; readonly isLong: boolean } {
      if (since === undefined || nowMillis - lastMillis > apartMillis) {
        since = nowMillis;
        failures = 0;
      }
      lastMillis = nowMillis;
      failures += 1;
      const pauseMillis = Math.min(longestPauseMillis, shortestPauseMillis * 2 ** failures);
      return { pauseMillis, isLong: nowMillis - since >= patienceMillis };
    },
  };
};
