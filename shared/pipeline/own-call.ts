/** A call that the facade makes by itself, as a request. */
import type { NativeRequest } from '../exchange/exchange.ts';
import type { RequestBody } from '../exchange/transport.ts';
import type { Upstream } from '../exchange/upstream.ts';
import type { Headers } from '../http/headers.ts';

export type OwnCall = {
  readonly method: string;
  /** Path and query below the upstream's base path, encoded as they are to go upstream. */
  readonly path: string;
  /** Left out = a document of the upstream's usual media type is welcome. */
  readonly headers?: Headers;
  /** A stream is sent once, and never repeated. */
  readonly body?: RequestBody;
  /** When the answer must have come (epoch milliseconds); left out = in 20 s, waiting for the budget included. */
  readonly deadlineMillis?: number;
  /** Not even a read is repeated: whoever calls does that. */
  readonly once?: boolean;
};

/** Longest call without a deadline of its own. */
const usualMillis = 20_000;

/** @param publicUrl in answers, the links of the upstream lead there. */
export const toOwnRequest = (
  { method, path: pathAndQuery, headers, body, deadlineMillis }: OwnCall,
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
  };
};
