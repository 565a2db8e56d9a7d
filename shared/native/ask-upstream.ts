/** Reads that the facade makes for itself, without a consumer and past the cache. */
import type { ServiceKeys } from '../credentials/credential.ts';
import { backgroundProfile } from '../quota/profile.ts';
import type { Headers, Upstream } from '../upstream/upstream.ts';
import { type CallDependencies, callUpstream } from './call-upstream.ts';
import type { Exchange } from './exchange.ts';

/** Longest such read, its body included. */
const mostMillis = 20_000;

/**
 * A function that gets a path and query below the base path, as work of `purpose`.
 * @throws AppError as callUpstream does.
 */
export const askUpstream =
  (upstream: Upstream, serviceKeys: ServiceKeys, purpose: string, dependencies: CallDependencies) =>
  async (pathAndQuery: string): Promise<{ status: number; headers: Headers; body: Uint8Array }> => {
    const credential = await serviceKeys.choose(upstream.name);
    const [path = '/'] = pathAndQuery.split('?');
    const exchange: Exchange = {
      ...upstream.catalogue.match('GET', path),
      request: {
        requestId: purpose,
        method: 'GET',
        path,
        query: [],
        headers: [['accept', 'application/vnd.api+json']],
        body: undefined,
        publicUrl: upstream.origin,
        deadlineMillis: Date.now() + mostMillis,
      },
      upstream,
      consumer: { id: purpose, scopes: ['*:read'], state: 'active', quota: backgroundProfile },
      principal: credential.principal,
      target: upstream.basePath + pathAndQuery,
    };
    const { status, headers, body } = await callUpstream(exchange, credential, {
      ...dependencies,
      onSend(sent, sentStatus, retryAfterMillis, mayArrive) {
        dependencies.onSend?.(sent, sentStatus, retryAfterMillis, mayArrive);
        if (!mayArrive) return;
        void serviceKeys.observe(upstream.name, credential, { status: sentStatus, retryAfterMillis });
      },
    });
    if (body === undefined || body instanceof Uint8Array) return { status, headers, body: body ?? new Uint8Array() };
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk as Buffer);
    return { status, headers, body: Buffer.concat(chunks) };
  };
