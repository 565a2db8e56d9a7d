/** The exchange of a call that the facade makes for itself, without a consumer: a read, or a change of one of its own marks. */
import type { Credential } from '../exchange/credential.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { QuotaProfile } from '../exchange/quota-profile.ts';
import type { Upstream } from '../exchange/upstream.ts';

/** Longest such read, waiting for the budget and its body included. */
export const mostOwnMillis = 20_000;

export type OwnRead = {
  /** Whose work it is in the figures of the quota. */
  readonly purpose: string;
  readonly quota: QuotaProfile;
  /** Below the base path. */
  readonly pathAndQuery: string;
  readonly deadlineMillis: number;
  /** Sent by PATCH, instead of a GET. */
  readonly patch?: unknown;
};

export const toOwnExchange = (
  upstream: Upstream,
  { purpose, quota, pathAndQuery, deadlineMillis, patch }: OwnRead,
  { principal }: Credential,
): Exchange => {
  const [path = '/'] = pathAndQuery.split('?');
  const mediaType = upstream.mediaType ?? 'application/json';
  const method = patch === undefined ? 'GET' : 'PATCH';
  return {
    ...upstream.catalogue.match(method, path),
    request: {
      requestId: purpose,
      method,
      path,
      query: [],
      headers: [['accept', mediaType], ...(patch === undefined ? [] : [['content-type', mediaType] as const])],
      body: patch === undefined ? undefined : Buffer.from(JSON.stringify(patch)),
      publicUrl: upstream.origin,
      deadlineMillis,
    },
    upstream,
    consumer: { id: purpose, scopes: ['*:read'], state: 'active', quota },
    principal,
    target: upstream.basePath + pathAndQuery,
  };
};
