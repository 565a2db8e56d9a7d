/** How long calls wait for a store that fails. */
import { doubling } from '../time/doubling.ts';

const pauseMillisAfter = doubling(40, 1_000);
/** How long calls wait for a failing store before they are refused, or sent uncounted. */
const patienceMillis = 2_000;
/** A failure this long after the last one begins a new outage, because no call may have asked the store in between. */
const apartMillis = 5_000;

/** Events for operators, once for each outage. `store-failed`: from now on, calls are refused or sent uncounted. */
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
    /** Records a failure. Returns how long to pause, and whether to stop waiting for the store. */
    failed(nowMillis: number, cause: unknown): { readonly pauseMillis: number; readonly isLong: boolean } {
      if (since === undefined || nowMillis - lastMillis > apartMillis) {
        since = nowMillis;
        failures = 0;
      }
      lastMillis = nowMillis;
      lastCause = cause;
      failures += 1;
      const pauseMillis = pauseMillisAfter(failures);
      nextTryMillis = nowMillis + pauseMillis;
      isLong = nowMillis - since >= patienceMillis;
      if (isLong && toldSinceMillis === undefined) {
        toldSinceMillis = since;
        tell({ kind: 'store-failed', cause });
      }
      return { pauseMillis, isLong };
    },
    /** How long not to ask the store again, so that many calls do not load it further. */
    pauseMillis: (nowMillis: number): number => Math.max(0, nextTryMillis - nowMillis),
    /** Whether calls no longer wait for the store, until it is asked again. */
    isOn: (nowMillis: number): boolean => isLong && nowMillis < nextTryMillis,
    /** Whether the store has failed since it last answered. */
    isFailing: (): boolean => since !== undefined,
    /** The failure since the last answer; undefined = there is none. */
    lastCause: (): unknown => lastCause,
  };
};
