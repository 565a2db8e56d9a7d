/** Conditional requests: answering those of callers, making our own, and what a 304 changes (RFC 9110, 13; RFC 9111, 4.3). */

import { combinedField, type Headers, headerValue, listMembers, withField, withoutFields } from '../../http/headers.ts';
import { parseHttpDate } from '../../time/http-date.ts';

/** Two tags compared without regard to weakness. Unquoted tags, which some senders make, equal quoted ones. */
const weakForm = (tag: string): string => tag.replace(/^W\//i, '').replace(/^"(.*)"$/, '$1');

/** A stored answer as conditions see it. */
export type Validators = {
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
};

export const validatorsOf = (headers: Headers): Validators => ({
  etag: headerValue(headers, 'etag'),
  lastModified: headerValue(headers, 'last-modified'),
});

const matchesTag = (condition: string, { etag }: Validators): boolean => {
  if (condition.trim() === '*') return true;
  return etag !== undefined && listMembers(condition).some((tag) => weakForm(tag) === weakForm(etag));
};

/**
 * Whether a caller that sends these conditions already has the answer: then 304 is enough. Only GET and HEAD have
 * conditions of this kind (RFC 9110, 13.1.2 and 13.1.3). Date is no stand-in for Last-Modified, although RFC 9111, 4.3.2
 * allows it: it says when the answer was made, and an edit may be younger than the answer that the caller has.
 */
export const isNotModified = (method: string, request: Headers, validators: Validators, nowMillis: number): boolean => {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const noneMatch = combinedField(request, 'if-none-match');
  if (noneMatch !== undefined) return matchesTag(noneMatch, validators);
  const since = parseHttpDate(headerValue(request, 'if-modified-since'), nowMillis);
  const modified = parseHttpDate(validators.lastModified, nowMillis);
  return since !== undefined && modified !== undefined && modified <= since;
};

const conditionFields: ReadonlySet<string> = new Set([
  'if-none-match',
  'if-modified-since',
  'if-match',
  'if-unmodified-since',
  'if-range',
]);

const withoutConditions = (request: Headers): Headers => withoutFields(request, conditionFields);

/** The request as it asks whether a stored answer still holds; undefined when that answer has no validator. */
export const toValidationRequest = (request: Headers, { etag, lastModified }: Validators): Headers | undefined => {
  if (etag === undefined && lastModified === undefined) return undefined;
  let asked = withoutConditions(request);
  if (etag !== undefined) asked = withField(asked, 'if-none-match', etag);
  if (lastModified !== undefined) asked = withField(asked, 'if-modified-since', lastModified);
  return asked;
};

/** Fields that describe the stored bytes: a 304, which has none, cannot change them (RFC 9111, 3.2). */
const ofTheBody: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-length',
  'content-md5',
  'content-range',
  'etag',
]);

/** Stored headers brought up to date by those of a 304. */
export const updatedHeaders = (stored: Headers, fresh: Headers): Headers => {
  const news = withoutFields(fresh, ofTheBody);
  const names = new Set(news.map(([name]) => name));
  return [...withoutFields(stored, names), ...news];
};

/** Fields that a 304 carries (RFC 9110, 15.4.5). */
const ofNotModified: ReadonlySet<string> = new Set([
  'cache-control',
  'content-location',
  'date',
  'etag',
  'expires',
  'last-modified',
  'vary',
]);

/** Headers of the 304 for a stored answer: those the standard names, and all that do not describe a body. */
export const notModifiedHeaders = (headers: Headers): Headers =>
  headers.filter(([name]) => ofNotModified.has(name) || !name.startsWith('content-'));
