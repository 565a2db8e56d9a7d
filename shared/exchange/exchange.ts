/** One native request on its way through the facade, and the ports of the two neighbours that it passes. */
import type { Readable } from 'node:stream';
import type { OperationMatch } from '../catalogue/catalogue.ts';
import type { Headers } from '../http/headers.ts';
import type { Query } from '../http/query.ts';
import type { Consumer } from './consumer.ts';
import type { CredentialKind } from './credential.ts';
import type { Decision } from './decision.ts';
import type { RequestBody } from './transport.ts';
import type { Upstream } from './upstream.ts';

export type NativeRequest = {
  readonly requestId: string;
  readonly method: string;
  /** Raw path below the upstream's base path, starting with a slash. */
  readonly path: string;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: RequestBody | undefined;
  /** Base URL under which the caller reached the facade, without a trailing slash. */
  readonly publicUrl: string;
  /** When the function must have answered (epoch milliseconds); no wait goes beyond. */
  readonly deadlineMillis: number;
  /** Told of work that goes on once the answer has left; a function is not to be frozen before it is done. Must not reject. */
  readonly background?: (work: Promise<void>) => void;
};

/** A request after the caller was identified and the operation found and allowed. */
export type Exchange = OperationMatch & {
  readonly request: NativeRequest;
  readonly upstream: Upstream;
  readonly consumer: Consumer;
  /** The person for whom the consumer calls, where it names one; unique within the consumer. */
  readonly subject?: string | undefined;
  /** Whose rights the answer has: two exchanges may share an answer only when this is the same. */
  readonly principal: string;
  /** Path and query as they go upstream, base path included. */
  readonly target: string;
  /** Where those who decide about the request note it. */
  readonly decision?: Decision;
};

/** An answer of the upstream, small documents read to their end; in to-caller.ts it becomes the caller's own. */
export type NativeAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array | Readable | undefined;
  /** As whom the facade got it; set once the credential is chosen. */
  readonly actedAs?: CredentialKind | undefined;
  /** Of a document that somebody has looked at: whether it parses. */
  readonly isWellFormed?: boolean | undefined;
  /** True where the credential was masked in it: it is for its own caller, and kept nowhere. */
  readonly isMasked?: boolean;
};

/** What goes upstream instead of the request's own. */
export type ForwardChanges = {
  readonly headers?: Headers;
  /** Done once, after the quota has admitted the call and before anything is sent; when it fails, nothing is. */
  readonly beforeSend?: () => Promise<void>;
};
/** Asks the upstream. The answer is as it came: it holds for callers on every base URL. */
export type Forward = (changes?: ForwardChanges) => Promise<NativeAnswer>;

/** Port: the cache's place in the pipeline. */
export interface AnswerCache {
  /** Answers from the cache, or with what `forward` returns, which it may keep; writes make it drop what they touched. */
  answer(exchange: Exchange, forward: Forward): Promise<CacheOutcome>;
}
export type CacheOutcome = {
  readonly answer: NativeAnswer;
  /** Parameters of this cache in `Cache-Status` (RFC 9211), such as `hit; ttl=12` or `fwd=bypass`. */
  readonly cacheStatus: string;
};

/** Port: the quota's place in the pipeline, in front of every send, retries included. */
export interface QuotaGate {
  /** Resolves when one more request may be sent. @throws AppError TOO_MANY_REQUESTS when that would take too long. */
  admit(exchange: Exchange): Promise<void>;
  /** To be asked right before the send that was admitted; false = that was too long ago, and it has to be admitted anew. */
  departs?(exchange: Exchange): boolean;
  /** For whoever has something costly to do first. @throws AppError TOO_MANY_REQUESTS when a call alike was refused just now. */
  refuseForeseen?(exchange: Exchange): void;
}

/** No cache: every request is forwarded, and says so. */
export const noCache: AnswerCache = {
  answer: async (_exchange, forward) => ({ answer: await forward(), cacheStatus: 'fwd=bypass' }),
};

/** No quota: every request is admitted at once. */
export const noQuota: QuotaGate = { admit: async () => {} };
