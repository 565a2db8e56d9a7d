/** Conditional requests: answering those of callers, making our own, and what a 304 changes (RFC 9110, 13; RFC 9111, 4.3). */
import { type Headers, headerValue } from '../../upstream/upstream.ts';
import { combinedField, listMembers, withField, withoutFields } from './fields.ts';
import { parseHttpDate } from './http-date.ts';

/** Two tags compared without regard to weakness. Unquoted tags, which some senders make, equal quoted ones. */
const weakForm = (tag: string): string => tag.replace(/^W\//i, '').replace(/^"(.*)"$/, '$1');

/** A stored answer as conditions see it. `alias`: another tag that names the same version, such as a bare digest. */
export type Validators = {
  readonly etag: string | undefined;
  readonly alias?: string | undefined;
  readonly lastModified: string | undefined;
  readonly dateMillis: number;
};

export const validatorsOf = (headers: Headers, dateMillis: number): Validators => ({
  etag: headerValue(headers, 'etag'),
  lastModified: headerValue(headers, 'last-modified'),
  dateMillis,
});

const matchesTag = (condition: string, { etag, alias }: Validators): boolean => {
  if (condition.trim() === '*') return true;
  const known = [etag, alias].flatMap((tag) => (tag === undefined ? [] : [weakForm(tag)]));
  return listMembers(condition).some((tag) => known.includes(weakForm(tag)));
};

/** Whether a caller that sends these conditions already has the answer: then 304 is enough. */
export const isNotModified = (request: Headers, validators: Validators, nowMillis: number): boolean => {
  const noneMatch = combinedField(request, 'if-none-match');
  if (noneMatch !== undefined) return matchesTag(noneMatch, validators);
  const since = parseHttpDate(headerValue(request, 'if-modified-since'), nowMillis);
  if (since === undefined) return false;
  return (parseHttpDate(validators.lastModified, nowMillis) ?? validators.dateMillis) <= since;
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
