/** Which answers of another request's flight a request may use: none older than it would use from the store. */
import type { Entry } from './entry.ts';
import { type Directives, directiveSeconds } from './http/cache-control.ts';
import type { ReadPlan } from './plan.ts';
import type { Snapshot } from './store.ts';
import { windowsOf } from './windows.ts';

export type Wish = {
  readonly plan: Pick<ReadPlan, 'nameOf'>;
  readonly directives: Directives;
  /** When the request came. */
  readonly startMillis: number;
  /** What it found in the store then, and the last flight, read after it. */
  readonly snapshot: Snapshot;
  /** False if one flight stores under several keys, because their fences cannot be compared. */
  readonly hasOwnFences: boolean;
};

/**
 * Fences order flights without clocks: a flight with a higher fence than the one read started after the request came.
 */
export const setOutSince = (wish: Wish, { fence, requestedAtMillis }: Entry): boolean => {
  const { flight, entry } = wish.snapshot;
  if (!wish.hasOwnFences) return requestedAtMillis >= wish.startMillis;
  return fence > Math.max(flight.fence, entry?.fence ?? 0);
};

const isWithinBound = ({ startMillis }: Wish, { terms, requestedAtMillis }: Entry): boolean =>
  terms === undefined || startMillis - requestedAtMillis < terms.boundMillis;

/** This end is an instant. It does not move while the request waits for the flight. */
const mayStillBeServed = ({ servedUntilMillis }: Entry, nowMillis: number): boolean =>
  servedUntilMillis === undefined || nowMillis < servedUntilMillis;

const isAsAsked = ({ directives, startMillis, snapshot, plan }: Wish, entry: Entry): boolean => {
  if (directives.has('no-cache')) return false;
  const maxAge = directiveSeconds(directives, 'max-age');
  if (maxAge !== undefined && startMillis - entry.bornAtMillis > maxAge * 1_000) return false;
  const minFresh = directiveSeconds(directives, 'min-fresh');
  const { freshUntilMillis } = windowsOf(entry, snapshot.sweep, plan.nameOf);
  return minFresh === undefined || freshUntilMillis - startMillis >= minFresh * 1_000;
};

/**
 * An answer that was requested from the upstream after the request came is new enough for it. With max-age=0, nothing
 * older is.
 */
export const isAcceptable = (wish: Wish, entry: Entry, nowMillis: number): boolean =>
  setOutSince(wish, entry) ||
  (isWithinBound(wish, entry) && mayStillBeServed(entry, nowMillis) && isAsAsked(wish, entry));
