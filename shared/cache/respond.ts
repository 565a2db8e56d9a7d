/** Answers a caller from an entry: whole, without a body, as 304, or with a range of it. */
import type { NativeAnswer } from '../exchange/exchange.ts';
import { type Headers, headerValue, withField } from '../http/headers.ts';
import type { Entry } from './entry.ts';
import { byteRange, partialHeaders } from './http/ranges.ts';
import type { StoringRules } from './http/storing.ts';
import { isNotModified, notModifiedHeaders, type Validators } from './http/validation.ts';

/** Validators of an entry as callers see them: the facade's own if the upstream sent none. */
const callerValidators = (entry: Entry): Validators => ({
  etag: headerValue(entry.headers, 'etag') ?? entry.ownEtag?.value,
  lastModified: headerValue(entry.headers, 'last-modified'),
});

/** Headers as stored, with the facade's own ETag. */
export const withOwnEtag = (headers: Headers, entry: Pick<Entry, 'ownEtag'>): Headers =>
  entry.ownEtag === undefined || headerValue(headers, 'etag') !== undefined
    ? headers
    : [...headers, ['etag', entry.ownEtag.value]];

const ofCaching: ReadonlySet<string> = new Set(['cache-control', 'expires', 'pragma']);

/**
 * Adds `Cache-Control: private, no-cache`. An entry belongs to a principal, and a cache in front of the facade knows
 * neither consumers nor purges; some store answers without Cache-Control for a day. Browsers may store it, and must
 * validate each time. If the upstream states something, that stays.
 */
export const markedPrivate = (
  headers: Headers,
  { keyedByPrincipal }: Pick<StoringRules, 'keyedByPrincipal'>,
): Headers =>
  !keyedByPrincipal || headers.some(([name]) => ofCaching.has(name))
    ? headers
    : [...headers, ['cache-control', 'private, no-cache']];

const names = (headers: Headers, ...wanted: readonly string[]): boolean =>
  headers.some(([name]) => wanted.includes(name));

const rangeApplies = (request: Headers, entry: Entry): boolean => {
  const condition = headerValue(request, 'if-range');
  return condition === undefined || condition === callerValidators(entry).etag;
};

/** The answer for a caller with these request headers. `headers` are those to send, including Age where it applies. */
export const respond = (
  method: string,
  request: Headers,
  entry: Entry,
  headers: Headers,
  nowMillis: number,
): NativeAnswer => {
  const { status, body } = entry;
  const isConditional = status === 200 && names(request, 'if-none-match', 'if-modified-since');
  if (isConditional && isNotModified(method, request, callerValidators(entry), nowMillis)) {
    return { status: 304, headers: notModifiedHeaders(headers), body: undefined };
  }
  if (method === 'HEAD' || status === 204) return { status, headers, body: undefined };
  const mayBePart = status === 200 && names(request, 'range') && rangeApplies(request, entry);
  const range = mayBePart ? byteRange(request, body.byteLength) : undefined;
  // An answer without a media type was not checked before it was stored.
  const isWellFormed = headers.some(([name]) => name === 'content-type') || undefined;
  if (range === undefined) return { status, headers, body, isWellFormed };
  const part = body.subarray(range.first, range.last + 1);
  return { status: 206, headers: partialHeaders(headers, range, body.byteLength), body: part };
};

/** Headers of an answer out of the cache: Age says how old it is (RFC 9111, 5.1). */
export const agedHeaders = (entry: Entry, nowMillis: number): Headers =>
  withField(
    withOwnEtag(entry.headers, entry),
    'age',
    String(Math.max(0, Math.floor((nowMillis - entry.bornAtMillis) / 1_000))),
  );
