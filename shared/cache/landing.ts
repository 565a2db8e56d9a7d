/** How a flight ends, for its leader, for those who wait with it, and as it is told to other instances. */
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { type Entry, purgedSince } from './entry.ts';
import type { EntryKey, FlightOutcome, Snapshot, Tag } from './store.ts';

/** What a flight brings. `passed`: nothing to share, each asks for itself. */
export type Landing =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'passed' }
  /** The upstream failed: those who wait fail as well, instead of all asking it again. */
  | { readonly kind: 'failed'; readonly error: AppError }
  /** The store failed: nobody knows who flies, each asks for itself. */
  | { readonly kind: 'lost'; readonly error: unknown };

export type Flown<Result> =
  /** This request led: `result` is its own answer. */
  | { readonly kind: 'led'; readonly result: Result }
  | { readonly kind: 'collapsed'; readonly entry: Entry }
  | { readonly kind: 'passed' }
  | { readonly kind: 'lost'; readonly error: unknown };

export type Route = {
  readonly key: EntryKey;
  readonly consumerId: string;
  readonly tags: readonly Tag[];
  /** Whether what another's flight brought is new enough for this request: that flight may have set out long before. */
  readonly accepts: (entry: Entry) => boolean;
  /** Whether the flight that brought this set out after the request came: then it is new enough, whatever was purged since. */
  readonly setOutSince: (entry: Entry) => boolean;
  /**
   * Somebody writes the record, so nothing is accepted from a flight that set out before the request came. Such a flight is
   * waited for all the same, so that a crowd shares the next one instead of asking the upstream beside it.
   */
  readonly isBeingWritten: boolean;
};

/** What the quota says to one consumer is nothing to another: the other one asks, and leads for those behind it. */
export const isOthersRefusal = (code: string, consumerId: string, route: Route): boolean =>
  code === 'TOO_MANY_REQUESTS' && consumerId !== route.consumerId;

export const toOutcome = (error: unknown, { consumerId }: Route): FlightOutcome => {
  const known = error instanceof AppError ? error : new AppError('INTERNAL');
  const { detail = '', retryAfterSeconds, limit } = known.facts;
  return {
    ...{ kind: 'failed', code: known.code, detail, consumerId },
    ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
    ...(limit ? { limit } : {}),
  };
};

const toError = ({ code, detail, retryAfterSeconds, limit }: Extract<FlightOutcome, { kind: 'failed' }>): AppError =>
  new AppError(code as ErrorCode, {
    ...(detail ? { detail } : {}),
    ...(retryAfterSeconds ? { retryAfterSeconds } : {}),
    ...(limit ? { limit } : {}),
  });

/** What a follower of flight `fence` finds: its landing, or undefined while there is none that it may take. */
export const landingIn = (snapshot: Snapshot, fence: number, route: Route): Landing | undefined => {
  const { entry, flight, epochs } = snapshot;
  if (entry && entry.fence >= fence && !entry.noCache) {
    const isCurrent = purgedSince(entry.epochs, epochs) === 'none';
    if (route.setOutSince(entry) || (isCurrent && route.accepts(entry))) return { kind: 'entry', entry };
    if (isCurrent) return undefined;
  }
  if (flight.fence !== fence || !flight.outcome) return undefined;
  const { outcome } = flight;
  if (outcome.kind === 'failed' && isOthersRefusal(outcome.code, outcome.consumerId, route)) return undefined;
  return outcome.kind === 'failed' ? { kind: 'failed', error: toError(outcome) } : { kind: 'passed' };
};

/** @throws the error of a flight that failed. */
export const toFlown = (landing: Landing): Exclude<Flown<never>, { kind: 'led' }> => {
  if (landing.kind === 'failed') throw landing.error;
  return landing.kind === 'entry' ? { kind: 'collapsed', entry: landing.entry } : landing;
};
