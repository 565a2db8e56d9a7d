/**
 * The way of one native request, in one order and one place: identify the consumer, match the operation, authorise the
 * scope, choose the credential, then cache, quota, upstream and links.
 */

import { type Consumer, mayCall, scopeOf } from '../consumers/consumer.ts';
import type { Identifier } from '../consumers/identify.ts';
import type { CredentialChooser } from '../credentials/credential.ts';
import { AppError } from '../errors/app-error.ts';
import type { Headers, Upstream } from '../upstream/upstream.ts';
import { type CallDependencies, callUpstream } from './call-upstream.ts';
import type { AnswerCache, Exchange, NativeAnswer, NativeRequest } from './exchange.ts';
import { toUpstreamPath, toUpstreamQuery } from './native-path.ts';
import { toCallerAnswer } from './to-caller.ts';

export type PipelineDependencies = CallDependencies & {
  readonly upstream: Upstream;
  readonly identifier: Identifier;
  readonly credentials: CredentialChooser;
  readonly cache: AnswerCache;
  /** Header fields that tell a consumer how the budget stands. */
  readonly rateLimit?: (consumer: Consumer) => Headers;
};

/** What was decided on the way, for the log. Holds nothing secret. */
export type Decision = { consumer?: string; operation?: string; group?: string; scope?: string; cacheStatus?: string };

/** The key header's values: the facade's own key comes where the upstream's would. */
const keysOf = (request: Pick<NativeRequest, 'headers'>): string[] =>
  request.headers.filter(([name]) => name === 'x-api-key').map(([, value]) => value);

export const createNativePipeline = (dependencies: PipelineDependencies) => {
  const { upstream, identifier, credentials, cache } = dependencies;

  const identify = (request: Pick<NativeRequest, 'headers'>): Promise<Consumer> => identifier.identify(keysOf(request));

  const authorise = async (request: NativeRequest, decision: Decision): Promise<Omit<Exchange, 'principal'>> => {
    const consumer = await identify(request);
    decision.consumer = consumer.id;
    const target = upstream.basePath + toUpstreamPath(request.path) + toUpstreamQuery(request.query);
    const match = upstream.catalogue.match(request.method, request.path);
    Object.assign(decision, {
      operation: `${match.operation.method} ${match.operation.path}`,
      group: match.operation.group,
    });
    decision.scope = scopeOf(match.operation);
    const needed = match.lookalike ? [match.operation, match.lookalike] : [match.operation];
    const missing = needed.filter((operation) => !mayCall(consumer, operation)).map(scopeOf);
    if (missing.length > 0) {
      throw new AppError('SCOPE_MISSING', {
        detail: `This operation needs the scope ${missing.join(' and ')}; ${consumer.id} has ${consumer.scopes.join(', ') || 'none'}.`,
      });
    }
    return { ...match, request, upstream, consumer, target };
  };

  return {
    /**
     * Answers one native request; `decision` is filled on the way, also when it fails.
     * @throws AppError for everything that the facade refuses or cannot do.
     */
    async answer(request: NativeRequest, decision: Decision = {}): Promise<NativeAnswer> {
      const authorised = await authorise(request, decision);
      const credential = await credentials.choose(upstream.name);
      const exchange: Exchange = { ...authorised, principal: credential.principal };
      const { answer, cacheStatus } = await cache.answer(exchange, async (changes = {}) => {
        const { headers = request.headers, target = exchange.target } = changes;
        try {
          return await callUpstream(
            { ...exchange, request: { ...request, headers }, target },
            credential,
            dependencies,
          );
        } catch (error) {
          if (error instanceof AppError && error.code === 'CREDENTIAL_UNAVAILABLE') credentials.forget(upstream.name);
          throw error;
        }
      });
      decision.cacheStatus = cacheStatus;
      const { headers, ...rest } = await toCallerAnswer(exchange, answer);
      const rateLimit = dependencies.rateLimit?.(exchange.consumer) ?? [];
      return { ...rest, headers: [...headers, ...rateLimit, ['cache-status', `signals-facade; ${cacheStatus}`]] };
    },
    /** Who calls. @throws AppError CONSUMER_UNKNOWN. */
    identify,
    /** The checks of `answer` without the call: consumer, path, scope. @throws AppError as `answer` does. */
    authorise: (request: NativeRequest) => authorise(request, {}),
  };
};
export type NativePipeline = ReturnType<typeof createNativePipeline>;
