/** Calls that the facade makes for itself, without a consumer and past the cache. */
import type { ServiceKeys } from '../credentials/credential.ts';
import { AppError } from '../errors/app-error.ts';
import type { Credential } from '../exchange/credential.ts';
import type { Exchange, NativeAnswer } from '../exchange/exchange.ts';
import { backgroundProfile, type QuotaProfile } from '../exchange/quota-profile.ts';
import type { Upstream } from '../exchange/upstream.ts';
import type { Headers } from '../http/headers.ts';
import { readStart } from '../streams/read-start.ts';
import { type CallDependencies, callUpstream } from './call-upstream.ts';
import { mostOwnMillis, type OwnRead, toOwnExchange } from './own-exchange.ts';

type Asked = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Whose rights the answer has. */
  readonly principal: string;
};

/** Far above any page that the facade asks for itself. */
const mostBytes = 16_777_216;

/** @throws AppError UPSTREAM_UNREADABLE for a body that is too large. */
const readWhole = async (body: NativeAnswer['body']): Promise<Uint8Array> => {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array();
  const read = await readStart(body, mostBytes);
  if ('whole' in read) return read.whole;
  read.rest.destroy();
  throw new AppError('UPSTREAM_UNREADABLE', { detail: `The upstream answered with more than ${mostBytes} bytes.` });
};

/**
 * A function that gets a path and query below the base path, as work of `purpose`, or changes it by PATCH. When the upstream refuses the key, the
 * next one is tried, once.
 * @throws AppError as callUpstream does.
 */
export const askUpstream = (
  upstream: Upstream,
  serviceKeys: ServiceKeys,
  purpose: string,
  dependencies: CallDependencies,
  quota: QuotaProfile = backgroundProfile,
) => {
  const exchangeFor = (
    read: Pick<OwnRead, 'pathAndQuery' | 'deadlineMillis' | 'patch'>,
    credential: Credential,
  ): Exchange => toOwnExchange(upstream, { purpose, quota, ...read }, credential);

  const askAs = async (credential: Credential, exchange: Exchange): Promise<Asked> => {
    const observed: Promise<void>[] = [];
    const call = callUpstream(exchange, credential, {
      ...dependencies,
      onSend(sent, sentStatus, retryAfterMillis, mayArrive) {
        dependencies.onSend?.(sent, sentStatus, retryAfterMillis, mayArrive);
        if (!mayArrive) return;
        observed.push(serviceKeys.observe(upstream.name, credential, { status: sentStatus, retryAfterMillis }));
      },
    });
    const { status, headers, body } = await call.finally(() => Promise.all(observed));
    return { status, headers, body: await readWhole(body), principal: credential.principal };
  };

  return async (pathAndQuery: string, patch?: unknown): Promise<Asked> => {
    const read = { pathAndQuery, patch, deadlineMillis: Date.now() + mostOwnMillis };
    const first = await serviceKeys.choose(upstream.name);
    try {
      return await askAs(first, exchangeFor(read, first));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'CREDENTIAL_UNAVAILABLE') throw error;
      const next = await serviceKeys.choose(upstream.name);
      if (next.secret === first.secret) throw error;
      return askAs(next, exchangeFor(read, next));
    }
  };
};
