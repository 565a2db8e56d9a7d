/** What a shared cache may store, and which header fields it leaves out (RFC 9111, 3). */
import { combinedField, type Headers, listMembers, withoutFields } from '../../http/headers.ts';
import { type Directives, fieldsNotToStore, saysUnqualified } from './cache-control.ts';
import { heuristicStatuses } from './freshness.ts';

export type StoringRules = {
  /** The cache key names whose rights the answer has, so that what answers an authorised request may be stored. */
  readonly keyedByPrincipal: boolean;
  /** Cookies are kept with the answer and set for everybody; otherwise nobody is sent them. */
  readonly cookies: boolean;
  /** Server errors may be stored when they state how long. */
  readonly serverErrors: boolean;
};

/** Status codes whose rules this cache knows, for `must-understand` (RFC 9111, 5.2.2.3). */
const understood: ReadonlySet<number> = new Set([
  200, 201, 202, 203, 204, 205, 300, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 412,
  413, 414, 415, 421, 422, 428, 429, 431, 451, 500, 501, 502, 503, 504,
]);

/** Partial content, and a 304 that answers a caller's own condition, are no whole answers. */
const isWhole = (status: number): boolean => status >= 200 && status !== 206 && status !== 304;

const forbidsStoring = (status: number, directives: Directives): boolean => {
  if (directives.has('must-understand')) return !understood.has(status);
  return directives.has('no-store');
};

const allowsAuthorised = (directives: Directives): boolean =>
  ['public', 'must-revalidate', 's-maxage'].some((name) => directives.has(name));

const hasReason = (status: number, headers: Headers, directives: Directives): boolean =>
  heuristicStatuses.has(status) ||
  ['public', 'max-age', 's-maxage'].some((name) => directives.has(name)) ||
  combinedField(headers, 'expires') !== undefined;

/** Whether an answer may be stored, apart from how long it is fresh. `*` in Vary means that nothing ever matches. */
export const mayStore = (
  request: Headers,
  status: number,
  headers: Headers,
  directives: Directives,
  rules: StoringRules,
): boolean => {
  if (!isWhole(status) || (status >= 500 && !rules.serverErrors)) return false;
  if (forbidsStoring(status, directives) || saysUnqualified(directives, 'private')) return false;
  if (listMembers(combinedField(headers, 'vary')).includes('*')) return false;
  const authorised = combinedField(request, 'authorization') !== undefined;
  if (authorised && !rules.keyedByPrincipal && !allowsAuthorised(directives)) return false;
  return true;
};

/** Whether HTTP alone, without a policy of ours, gives a reason to store the answer. */
export const statesReasonToStore = hasReason;

/** About one connection or one hop (RFC 9111, 3.1; RFC 9110, 7.6.1). */
const hopFields = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
];

/** The header fields of an answer that are kept with it. */
export const storedHeaders = (headers: Headers, directives: Directives): Headers => {
  const named = listMembers(combinedField(headers, 'connection')).map((name) => name.toLowerCase());
  return withoutFields(headers, new Set([...hopFields, ...named, ...fieldsNotToStore(directives), 'age']));
};
