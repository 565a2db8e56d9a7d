/** The age of an answer, and how long it stays fresh as it states itself (RFC 9111, 4.2). */

import { combinedField, type Headers, headerValue, listMembers } from '../../http/headers.ts';
import { parseHttpDate } from '../../time/http-date.ts';
import { type Directives, directiveSeconds } from './cache-control.ts';

/** An exchange with the upstream, as far as time is concerned. */
export type Timing = { readonly requestedAtMillis: number; readonly receivedAtMillis: number };

/** Status codes that may be stored with a heuristic lifetime (RFC 9110, 15.1). */
export const heuristicStatuses: ReadonlySet<number> = new Set([
  200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501,
]);
/** The heuristic lifetime as a share of the time since the last change (RFC 9111, 4.2.2). */
const heuristicShare = 0.1;

const dateMillis = (headers: Headers, timing: Timing): number =>
  parseHttpDate(headerValue(headers, 'date'), timing.receivedAtMillis) ?? timing.receivedAtMillis;

/** Of several Age values the first counts; one that is no whole number is ignored (RFC 9111, 5.1). */
const statedAgeMillis = (headers: Headers): number => {
  const [first = ''] = listMembers(combinedField(headers, 'age'));
  return /^\d+$/.test(first) ? Number(first) * 1_000 : 0;
};

/** Age in milliseconds at the moment of receipt (RFC 9111, 4.2.3). */
export const ageAtReceiptMillis = (headers: Headers, timing: Timing): number => {
  const apparent = Math.max(0, timing.receivedAtMillis - dateMillis(headers, timing));
  const delay = timing.receivedAtMillis - timing.requestedAtMillis;
  return Math.max(apparent, statedAgeMillis(headers) + delay);
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

/** The stated lifetime, or a heuristic one from Last-Modified where that is allowed. */
export const lifetimeMillis = (
  status: number,
  headers: Headers,
  directives: Directives,
  timing: Timing,
  guess: boolean,
): number =>
  statedLifetimeMillis(headers, directives, timing) ??
  (guess ? heuristicMillis(status, headers, directives, timing) : 0);
