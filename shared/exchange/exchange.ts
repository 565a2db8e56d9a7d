/** A native request on its way through the facade, and the ports of the cache and the quota. */
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
  /** When the function must have answered (epoch milliseconds). No wait lasts longer. */
  readonly deadlineMillis: number;
  /** Registers work that continues after the answer has left. The function must not be frozen before it ends. The work must not reject. */
  readonly background?: (work: Promise<void>) => void;
};

/** A request after the caller was identified and the operation found and allowed. */
export type Exchange = OperationMatch & {
  readonly request: NativeRequest;
  readonly upstream: Upstream;
  readonly consumer: Consumer;
  /** The person for whom the consumer calls, if it names one; unique within the consumer. */
  readonly subject?: string | undefined;
  /** Whose rights the answer has. Two exchanges may share an answer only if they have the same principal. */
  readonly principal: string;
  /** Path and query as they go upstream, base path included. */
  readonly target: string;
  /** The decision about the request, filled on the way. */
  readonly decision?: Decision;
};

/** An answer of the upstream. Small documents are read to their end. to-caller.ts turns it into the caller's answer. */
export type NativeAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array | Readable | undefined;
  /** As whom the facade called; set after the credential is chosen. */
  readonly actedAs?: CredentialKind | undefined;
  /** Whether the document parses; undefined = not yet checked. */
  readonly isWellFormed?: boolean | undefined;
  /** True if the credential was masked in it. Such an answer goes only to its own caller and is never stored. */
  readonly isMasked?: boolean;
};

/** Parts that replace those of the request when it is sent. */
export type ForwardChanges = {
  readonly headers?: Headers;
  /** Runs once, after the quota has admitted the call and before it is sent. If it fails, nothing is sent. */
  readonly beforeSend?: () => Promise<void>;
};
/** Calls the upstream. The answer is unchanged, so it is valid for callers on every base URL. */
export type Forward = (changes?: ForwardChanges) => Promise<NativeAnswer>;

/** Port: the cache's place in the pipeline. */
export interface AnswerCache {
  /** Answers from the cache or with the result of `forward`, which it may store. A write purges the entries that it changes. */
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
  /** Must be called right before the admitted send. False = the admission is too old, and the call must be admitted again. */
  departs?(exchange: Exchange): boolean;
  /** A cheap check before costly work. @throws AppError TOO_MANY_REQUESTS if a call of the same kind was refused just now. */
  refuseForeseen?(exchange: Exchange): void;
}

/** No cache: every request is forwarded, and `Cache-Status` says so. */
export const noCache: AnswerCache = {
  answer: async (_exchange, forward) => ({ answer: await forward(), cacheStatus: 'fwd=bypass' }),
};

/** No quota: every request is admitted at once. */
export const noQuota: QuotaGate = { admit: async () => {} };
