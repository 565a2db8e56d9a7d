/** A call that the facade makes by itself, as a request. */
import type { Decision } from '../exchange/decision.ts';
import type { NativeRequest } from '../exchange/exchange.ts';
import type { RequestBody } from '../exchange/transport.ts';
import type { Upstream } from '../exchange/upstream.ts';
import type { Headers } from '../http/headers.ts';

export type OwnCall = {
  readonly method: string;
  /** Of the request that the call is part of, for the audit log; absent = the purpose stands in its place. */
  readonly requestId?: string;
  /** Path and query below the upstream's base path, encoded as they are sent. */
  readonly path: string;
  /** Absent = `Accept` names the upstream's media type. */
  readonly headers?: Headers;
  /** A stream is sent once and never retried. */
  readonly body?: RequestBody;
  /** When the answer must have come (epoch milliseconds); absent = in 20 s, the wait for the quota included. */
  readonly deadlineMillis?: number;
  /** True = not even a read is retried, because the caller of this function does that. */
  readonly once?: boolean;
  /** Filled on the way, also if the call fails. */
  readonly decision?: Decision;
  /** Of the request that the call is part of; absent = a refresh of the cache may be frozen with the function. */
  readonly background?: NativeRequest['background'];
};

/** Longest call without a deadline of its own. */
const usualMillis = 20_000;

/** @param publicUrl base URL for rewritten links in answers. */
export const toOwnRequest = (
  { method, path: pathAndQuery, headers, body, deadlineMillis, background }: OwnCall,
  requestId: string,
  publicUrl: string,
  { mediaType = 'application/json' }: Pick<Upstream, 'mediaType'>,
): NativeRequest => {
  const [path = '/', ...search] = pathAndQuery.split('?');
  return {
    requestId,
    method,
    path,
    query: [...new URLSearchParams(search.join('?'))],
    headers: headers ?? [['accept', mediaType]],
    body,
    publicUrl,
    deadlineMillis: deadlineMillis ?? Date.now() + usualMillis,
    ...(background ? { background } : {}),
  };
};
