import type { Headers } from '../http/headers.ts';
import { type ErrorCode, errorCatalogue } from './catalogue.ts';

/** One of several faults of a request: what is wrong, and where (JSON:API `source`). */
export type ErrorFault = Pick<ErrorFacts, 'detail' | 'source'>;

/** What a caller may see of one failure. None of it is secret. The cause goes only to the log. */
export type ErrorFacts = {
  /** One or two sentences: what is wrong and what to do instead. */
  readonly detail?: string;
  /** The place of the fault: a JSON pointer into the body, or the name of a parameter or header (JSON:API `source`). */
  readonly source?: { readonly pointer?: string; readonly parameter?: string; readonly header?: string };
  /** All faults of the request, if there may be several: an error object for each, instead of `detail` and `source`. */
  readonly faults?: readonly ErrorFault[];
  readonly retryAfterSeconds?: number;
  /** The limit that refused, such as `consumer-minute` (shared/quota/held.ts), for a refusal of the quota. */
  readonly limit?: string;
  /** Further header fields of the answer, names in lower case. */
  readonly headers?: Headers;
  /** Where the caller can correct it (JSON:API `links`). */
  readonly links?: { readonly about: string };
  /** A connection failed or broke. The same read may succeed at once on another. */
  readonly connectionFailed?: boolean;
  /** The answer is longer than the facade reads. */
  readonly isTooLarge?: boolean;
  /** False: the upstream did not receive the request, or nothing of it that changes anything. */
  readonly sent?: boolean;
  /** True: the upstream's own answer to what the request asked for. An Idempotency-Key keeps it, as it keeps a native answer. */
  readonly isOutcome?: boolean;
  /** Logged, never shown. */
  readonly cause?: unknown;
};

/** A failure with a code of the catalogue. Domain and adapters throw only this kind on purpose. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  constructor(code: ErrorCode, facts: ErrorFacts = {}) {
    super(`${code}: ${facts.detail ?? errorCatalogue[code].title}`, { cause: facts.cause });
    this.name = 'AppError';
    this.code = code;
    this.facts = facts;
  }
}

/**
 * The same failure with other facts. Its trace is formatted only when something reads it: with source maps that takes a function 0.2 s
 * the first time, and a refusal that nobody logs needs none.
 */
const withFacts = (error: AppError, facts: ErrorFacts): AppError => {
  const other = new AppError(error.code, { ...error.facts, ...facts });
  return Object.defineProperty(other, 'stack', { configurable: true, get: () => error.stack });
};

/** The same failure, whose answer has these header fields, in place of those with the same names. */
export const withHeaders = (error: AppError, headers: Headers): AppError => {
  const given = new Set(headers.map(([name]) => name));
  const others = (error.facts.headers ?? []).filter(([name]) => !given.has(name));
  return withFacts(error, { headers: [...others, ...headers] });
};

/** The same failure, which is the upstream's own answer to what the request asked for. */
export const asOutcome = (error: AppError): AppError => withFacts(error, { isOutcome: true });

/** The same failure, which says that nothing was sent that changes anything. Any other error becomes INTERNAL. */
export const unsent = (error: unknown): AppError =>
  withFacts(error instanceof AppError ? error : new AppError('INTERNAL', { cause: error }), { sent: false });
