/** How old an answer is and how long it stays fresh by its own words (RFC 9111, 4.2). */
import { type Headers, headerValue } from '../../upstream/upstream.ts';
import { type Directives, directiveSeconds } from './cache-control.ts';
import { combinedField } from './fields.ts';
import { parseHttpDate } from './http-date.ts';

/** An exchange with the upstream, as far as time is concerned. */
export type Timing = { readonly requestedAtMillis: number; readonly receivedAtMillis: number };

/** Status codes that may be stored and guessed about without a word of the origin (RFC 9110, 15.1). */
export const heuristicStatuses: ReadonlySet<number> = new Set([
  200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501,
]);
/** Share of the time since the last change that a guess grants (RFC 9111, 4.2.2). */
const heuristicShare = 0.1;

const dateMillis = (headers: Headers, timing: Timing): number =>
  parseHttpDate(headerValue(headers, 'date'), timing.receivedAtMillis) ?? timing.receivedAtMillis;

/**
 * Age in milliseconds at the moment of receipt (RFC 9111, 4.2.3). An Age that is no single whole number says that
 * something is wrong on the way: the answer counts as infinitely old, which never makes anything look newer than it is.
 */
export const ageAtReceiptMillis = (headers: Headers, timing: Timing): number => {
  const apparent = Math.max(0, timing.receivedAtMillis - dateMillis(headers, timing));
  const age = combinedField(headers, 'age');
  if (age !== undefined && !/^\d+$/.test(age.trim())) return Number.POSITIVE_INFINITY;
  const delay = timing.receivedAtMillis - timing.requestedAtMillis;
  return Math.max(apparent, Number(age ?? 0) * 1_000 + delay);
};

const heuristicMillis = (status: number, headers: Headers, directives: Directives, timing: Timing): number => {
  const modified = parseHttpDate(headerValue(headers, 'last-modified'), timing.receivedAtMillis);
  const mayGuess = heuristicStatuses.has(status) || directives.has('public');
  if (modified === undefined || !mayGuess) return 0;
  return Math.max(0, (dateMillis(headers, timing) - modified) * heuristicShare);
};

/** Lifetime in milliseconds that the answer states for a shared cache; undefined when it states none. */
export const statedLifetimeMillis = (headers: Headers, directives: Directives, timing: Timing): number | undefined => {
  const seconds = directiveSeconds(directives, 's-maxage') ?? directiveSeconds(directives, 'max-age');
  if (seconds !== undefined) return seconds * 1_000;
  const expires = combinedField(headers, 'expires');
  if (expires === undefined) return undefined;
  const until = parseHttpDate(expires, timing.receivedAtMillis);
  return until === undefined ? 0 : Math.max(0, until - dateMillis(headers, timing));
};

/** The stated lifetime or, where guessing is allowed, a guess from Last-Modified. */
export const lifetimeMillis = (
  status: number,
  headers: Headers,
  directives: Directives,
  timing: Timing,
  guess: boolean,
): number =>
  statedLifetimeMillis(headers, directives, timing) ??
  (guess ? heuristicMillis(status, headers, directives, timing) : 0);
