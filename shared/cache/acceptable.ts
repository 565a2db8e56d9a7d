/** What a request takes of another's flight: no older than what it would take out of the store. */
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
  /** What it found then. */
  readonly snapshot: Snapshot;
  /** False where only the purges were read: then no flight is known to have set out since. */
  readonly knowsFlight: boolean;
  /** False where one flight stores under several keys, whose fences have nothing to do with one another. */
  readonly hasOwnFences: boolean;
};

/** Fences tell without clocks: a flight with a higher one than there was set out after the request had come. */
export const setOutSince = (wish: Wish, { fence, requestedAtMillis }: Entry): boolean => {
  const { flight, entry } = wish.snapshot;
  if (!wish.hasOwnFences) return requestedAtMillis >= wish.startMillis;
  return wish.knowsFlight && fence > Math.max(flight.fence, entry?.fence ?? 0);
};

const isWithinBound = ({ startMillis }: Wish, { terms, requestedAtMillis }: Entry): boolean =>
  terms === undefined || startMillis - requestedAtMillis < terms.boundMillis;

/** It ends at an instant, however long this request has waited for the flight. */
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

/** What was asked of the upstream since the request came is new enough for any; max-age=0 takes nothing that is older. */
export const isAcceptable = (wish: Wish, entry: Entry, nowMillis: number): boolean =>
  setOutSince(wish, entry) ||
  (isWithinBound(wish, entry) && mayStillBeServed(entry, nowMillis) && isAsAsked(wish, entry));
