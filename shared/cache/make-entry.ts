/** Makes the entry for an answer of the upstream, or decides that it is not stored. */
import { type Headers, withoutFields } from '../http/headers.ts';
import type { Entry, PolicyTerms } from './entry.ts';
import { type Directives, directiveSeconds, parseCacheControl, saysUnqualified } from './http/cache-control.ts';
import { ageAtReceiptMillis, lifetimeMillis, statedLifetimeMillis, type Timing } from './http/freshness.ts';
import { mayStore, type StoringRules, statesReasonToStore, storedHeaders } from './http/storing.ts';
import { variantOf, varyNames } from './http/vary.ts';

/** Longest time that an entry is kept, whatever it states. */
export const longestKeepMillis = 7 * 86_400_000;
/**
 * Stands for an infinite age: older than any lifetime that can be stated, and small enough to be stored as a number.
 */
const oldestMillis = 4_000_000_000_000;
/** How long an answer without freshness is stored. It can be validated, and followers of its flight may use it. */
const shortestKeepMillis = 60_000;

export type AnswerHead = { readonly status: number; readonly headers: Headers };
/** What is known of an answer before its body has arrived. */
export type EntryHead = Omit<Entry, 'body' | 'epochs' | 'fence' | 'ownEtag' | 'ancestors'>;

export type EntryRules = StoringRules & {
  readonly guessFreshness: boolean;
  /**
   * How long an entry that states its freshness may be served after that when the upstream fails, if it has no
   * `stale-if-error` of its own. RFC 9111, 4.2.4 allows it to a cache that cannot reach the origin.
   */
  readonly statedErrorMillis: number;
  /** Longest time after it was asked for that an answer is served in any way; undefined = as long as its windows say. */
  readonly mostServedMillis: number | undefined;
  /**
   * Request fields that are part of the key already. `Vary` on them, or on headers that are never sent, selects nothing
   * more.
   */
  readonly variesByKey: boolean;
  /** Whether Cache-Control, Expires and Pragma of the answer count. */
  readonly obeysUpstream: boolean;
  /** Terms for an answer that states no freshness; undefined = HTTP alone decides. */
  readonly terms: (answer: AnswerHead) => PolicyTerms | undefined;
  readonly cacheClass: string;
};

const statements: ReadonlySet<string> = new Set(['cache-control', 'expires', 'pragma', 'age']);

type Instants = Pick<Entry, 'freshUntilMillis' | 'staleUntilMillis' | 'errorUntilMillis'>;

const statedInstants = (
  bornAtMillis: number,
  lifetime: number,
  directives: Directives,
  { statedErrorMillis }: EntryRules,
): Instants => {
  const freshUntilMillis = bornAtMillis + lifetime;
  const statedSeconds = directiveSeconds(directives, 'stale-if-error');
  return {
    freshUntilMillis,
    staleUntilMillis: freshUntilMillis + (directiveSeconds(directives, 'stale-while-revalidate') ?? 0) * 1_000,
    errorUntilMillis: freshUntilMillis + (statedSeconds === undefined ? statedErrorMillis : statedSeconds * 1_000),
  };
};

/** Instants of our own terms before any sweep: windows.ts moves them on. */
const policyInstants = (requestedAtMillis: number, terms: PolicyTerms): Instants => ({
  freshUntilMillis: requestedAtMillis + Math.min(terms.freshMillis, terms.mostMillis),
  staleUntilMillis: requestedAtMillis + terms.boundMillis,
  errorUntilMillis: requestedAtMillis + terms.errorMillis,
});

const keepUntil = (
  timing: Timing,
  terms: PolicyTerms | undefined,
  instants: Instants,
  hasValidator: boolean,
): number => {
  const wanted = Math.max(
    instants.staleUntilMillis,
    instants.errorUntilMillis,
    timing.receivedAtMillis + (terms?.mostMillis ?? shortestKeepMillis),
    hasValidator ? timing.receivedAtMillis + 86_400_000 : 0,
  );
  return Math.min(wanted, timing.receivedAtMillis + longestKeepMillis);
};

/** The head of the entry; undefined if the answer is not to be stored. */
export const makeEntryHead = (
  request: Headers,
  given: AnswerHead,
  timing: Timing,
  rules: EntryRules,
): EntryHead | undefined => {
  const { status } = given;
  const answer = rules.obeysUpstream ? given : { status, headers: withoutFields(given.headers, statements) };
  const directives = parseCacheControl(answer.headers);
  if (!mayStore(request, status, answer.headers, directives, rules)) return undefined;
  const stated = statedLifetimeMillis(answer.headers, directives, timing);
  const terms = stated === undefined && !directives.has('no-cache') ? rules.terms(answer) : undefined;
  if (!terms && !statesReasonToStore(status, answer.headers, directives)) return undefined;
  const hasValidator = answer.headers.some(([name]) => name === 'etag' || name === 'last-modified');
  if (!terms && stated === undefined && !rules.guessFreshness && !hasValidator) return undefined;
  const age = ageAtReceiptMillis(answer.headers, timing);
  const bornAtMillis = terms ? timing.requestedAtMillis : timing.receivedAtMillis - Math.min(age, oldestMillis);
  const lifetime = lifetimeMillis(status, answer.headers, directives, timing, rules.guessFreshness);
  const instants = terms
    ? policyInstants(timing.requestedAtMillis, terms)
    : statedInstants(bornAtMillis, lifetime, directives, rules);
  const { mostServedMillis } = rules;
  const names = rules.variesByKey ? [] : varyNames(answer.headers);
  return {
    status,
    headers: storedHeaders(given.headers, directives),
    requestedAtMillis: timing.requestedAtMillis,
    bornAtMillis,
    ...instants,
    deleteAtMillis: keepUntil(timing, terms, instants, hasValidator),
    terms,
    servedUntilMillis: mostServedMillis === undefined ? undefined : timing.requestedAtMillis + mostServedMillis,
    mustRevalidate: ['must-revalidate', 'proxy-revalidate', 's-maxage'].some((name) => directives.has(name)),
    noCache: saysUnqualified(directives, 'no-cache'),
    vary: { names, variant: variantOf(request, names) },
    cacheClass: rules.cacheClass,
  };
};
