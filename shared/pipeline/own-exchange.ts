/** The exchange of a read that the facade makes for itself, without a consumer. */
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
};

export const toOwnExchange = (
  upstream: Upstream,
  { purpose, quota, pathAndQuery, deadlineMillis }: OwnRead,
  { principal }: Credential,
): Exchange => {
  const [path = '/'] = pathAndQuery.split('?');
  return {
    ...upstream.catalogue.match('GET', path),
    request: {
      requestId: purpose,
      method: 'GET',
      path,
      query: [],
      headers: [['accept', upstream.mediaType ?? 'application/json']],
      body: undefined,
      publicUrl: upstream.origin,
      deadlineMillis,
    },
    upstream,
    consumer: { id: purpose, scopes: ['*:read'], state: 'active', quota },
    principal,
    target: upstream.basePath + pathAndQuery,
  };
};
