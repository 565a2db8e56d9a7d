/** How a flight ends: for its leader, for the requests that wait with it, and for other instances. */
import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { type Entry, purgedSince } from './entry.ts';
import type { EntryKey, FlightOutcome, Snapshot, Tag } from './store.ts';

/** The result of a flight. `passed`: there is nothing to share, and each request calls the upstream itself. */
export type Landing =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'passed' }
  /** The upstream failed. Waiting requests fail too, instead of all calling it again. */
  | { readonly kind: 'failed'; readonly error: AppError }
  /** The store failed, so it is not known who leads. Each request calls the upstream itself. */
  | { readonly kind: 'lost'; readonly error: unknown };

export type Flown<Result> =
  /** This request led: `result` is its own answer. */
  | { readonly kind: 'led'; readonly result: Result }
  | { readonly kind: 'collapsed'; readonly entry: Entry }
  | { readonly kind: 'passed' }
  | { readonly kind: 'lost'; readonly error: unknown };

export type FlightRequest = {
  readonly key: EntryKey;
  readonly consumerId: string;
  readonly tags: readonly Tag[];
  /**
   * Whether the answer of another request's flight is new enough for this request. That flight may have started long
   * before.
   */
  readonly accepts: (entry: Entry) => boolean;
  /**
   * Whether the flight of this entry started after the request came. Then it is new enough, whatever was purged since.
   */
  readonly setOutSince: (entry: Entry) => boolean;
  /**
   * The record is being written, so no answer is accepted from a flight that started before the request came. The
   * request still waits for such a flight, so that a crowd shares the next one instead of calling the upstream at the
   * same time.
   */
  readonly isBeingWritten: boolean;
};

/**
 * A refusal of the quota applies to one consumer only. A request of another consumer calls the upstream itself, and
 * leads for those behind it.
 */
export const isOthersRefusal = (code: string, consumerId: string, flightRequest: FlightRequest): boolean =>
  code === 'TOO_MANY_REQUESTS' && consumerId !== flightRequest.consumerId;

export const toOutcome = (error: unknown, { consumerId }: FlightRequest): FlightOutcome => {
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

/** The landing that a follower of flight `fence` finds; undefined if there is none that it may use yet. */
export const landingIn = (snapshot: Snapshot, fence: number, flightRequest: FlightRequest): Landing | undefined => {
  const { entry, flight, epochs } = snapshot;
  if (entry && entry.fence >= fence && !entry.noCache) {
    const isCurrent = purgedSince(entry.epochs, epochs, entry.stamp) === 'none';
    if (flightRequest.setOutSince(entry) || (isCurrent && flightRequest.accepts(entry)))
      return { kind: 'entry', entry };
    if (isCurrent) return undefined;
  }
  if (flight.fence !== fence || !flight.outcome) return undefined;
  const { outcome } = flight;
  if (outcome.kind === 'failed' && isOthersRefusal(outcome.code, outcome.consumerId, flightRequest)) return undefined;
  return outcome.kind === 'failed' ? { kind: 'failed', error: toError(outcome) } : { kind: 'passed' };
};

/** @throws the error of a flight that failed. */
export const toFlown = (landing: Landing): Exclude<Flown<never>, { kind: 'led' }> => {
  if (landing.kind === 'failed') throw landing.error;
  return landing.kind === 'entry' ? { kind: 'collapsed', entry: landing.entry } : landing;
};
