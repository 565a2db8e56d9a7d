/** The cache of native answers, its sweep and its administration. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createDynamoFiguresStore } from '../../shared/cache/adapters/figures.ts';
import { createDynamoPurgeLog } from '../../shared/cache/adapters/purge-log.ts';
import type { BodySpill } from '../../shared/cache/adapters/spill.ts';
import { createCacheAdmin } from '../../shared/cache/admin.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createFigures } from '../../shared/cache/figures.ts';
import { createNativePlanner, tenantOf } from '../../shared/cache/plan-native.ts';
import { defaultPolicy } from '../../shared/cache/policy.ts';
import { createPurgeLimit } from '../../shared/cache/purge-limit.ts';
import { createScarcity } from '../../shared/cache/scarcity.ts';
import type { CacheStore } from '../../shared/cache/store.ts';
import { createSignalsFeed } from '../../shared/cache/sweep/signals-feed.ts';
import { createSweeper, type Sweeper } from '../../shared/cache/sweep/sweep.ts';
import { type AnswerCache, noCache } from '../../shared/exchange/exchange.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { askUpstream } from '../../shared/pipeline/ask-upstream.ts';
import { createSignalsUpstream } from '../../shared/signals/signals.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { createNodeHttpTransport } from '../../shared/upstream/adapters/node-http.ts';
import type { CacheParts } from '../edge/cache-routes.ts';
import { logger } from '../edge/logger.ts';
import { tellOfSecret } from '../edge/secret-events.ts';
import { wireAudit } from './audit.ts';
import { wireIdentifier } from './consumers.ts';
import { wireServiceKeys } from './credentials.ts';
import { createDocumentClient } from './dynamo.ts';
import type { CacheEnv, NativeEnv, UpstreamEnv } from './env.ts';
import { wireQuota } from './quota.ts';
import { requestHandler } from './time-outs.ts';

const warn = (what: string, error: unknown): void => logger.warn(`cache: ${what} failed`, { error: error as Error });

/** Large answers are rare: the S3 client is loaded with the first. */
const lazySpill = (bucket: string): BodySpill => {
  let opened: Promise<BodySpill> | undefined;
  const open = (): Promise<BodySpill> => {
    opened ??= Promise.all([import('@aws-sdk/client-s3'), import('../../shared/cache/adapters/s3.ts')]).then(
      ([{ S3Client }, { createS3Spill }]) =>
        // The twin's S3 has one host for all buckets.
        createS3Spill(
          new S3Client({
            maxAttempts: 2,
            requestHandler: requestHandler(5_000, 1_000),
            forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
          }),
          bucket,
          { onFailure: (error) => warn('load of a body', error) },
        ),
    );
    return opened;
  };
  return {
    put: async (name, bytes) => (await open()).put(name, bytes),
    get: async (name) => (await open()).get(name),
    remove: async (name) => (await open()).remove(name),
  };
};

/** For those who read and write no answers: they have no right to the bucket. */
const noSpill: BodySpill = {
  put: () => Promise.reject(new Error('this function stores no answers')),
  get: async () => undefined,
  remove: async () => {},
};

const wireStore = (
  signalsUrl: string,
  tableName: string,
  spill: BodySpill,
  dynamo: DynamoDBDocumentClient,
): CacheStore =>
  createDynamoCacheStore(dynamo, {
    tableName,
    tenant: tenantOf(createSignalsUpstream(signalsUrl)),
    spill,
    clock: systemClock,
    onFailure: warn,
  });

/**
 * With a client of its own: a call goes upstream without the cache when the table does not answer, and need not wait long for that.
 * @param shortage 0 = the budget is plenty, 1 = it is spent.
 */
export const wireCache = (env: z.infer<typeof NativeEnv>, shortage: () => number): AnswerCache => {
  if (env.CACHE === 'off') return noCache;
  const dynamo = createDocumentClient({ maxAttempts: 2, requestMillis: 3_000, connectionMillis: 1_000 });
  const store = wireStore(env.SIGNALS_URL, env.CACHE_TABLE, lazySpill(env.CACHE_BUCKET), dynamo);
  const tenant = tenantOf(createSignalsUpstream(env.SIGNALS_URL));
  const figures = createFigures(createDynamoFiguresStore(dynamo, env.CACHE_TABLE, tenant), systemClock);
  const cache = createAnswerCache({
    store,
    clock: systemClock,
    plan: createNativePlanner(store, defaultPolicy),
    scarcity: createScarcity({
      shortage,
      priorityOf: ({ consumer }) => (consumer.quota ?? defaultProfile).priority,
      policy: defaultPolicy,
    }),
    observe: figures.observe,
    onFailure: warn,
  });
  return {
    async answer(exchange, forward) {
      const outcome = await cache.answer(exchange, forward);
      // A hit writes nothing; whatever went upstream has taken longer than this.
      if (!outcome.cacheStatus.startsWith('hit')) await figures.handIn().catch((error) => warn('figures', error));
      return outcome;
    },
  };
};

/** The change sweep, as work of the facade itself. */
export const wireSweeper = (env: z.infer<typeof UpstreamEnv>, dynamo: DynamoDBDocumentClient): Sweeper => {
  const upstream = createSignalsUpstream(env.SIGNALS_URL);
  const quota = wireQuota(env, dynamo);
  const dependencies = {
    onSecret: tellOfSecret,
    transport: createNodeHttpTransport(),
    quota: quota.gate,
    onSend: quota.onSend,
    firstByteMillis: env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  };
  // A few calls a minute that save many: they do not wait until everybody else has been served.
  const ask = askUpstream(upstream, wireServiceKeys(env, dynamo), 'change-sweep', dependencies, defaultProfile);
  const store = wireStore(env.SIGNALS_URL, env.CACHE_TABLE, noSpill, dynamo);
  return createSweeper(store, createSignalsFeed(ask), systemClock);
};

/** What /v1/cache needs: who calls, and the cache as operators see it. */
export const wireCacheAdmin = (env: z.infer<typeof CacheEnv>, dynamo: DynamoDBDocumentClient): CacheParts => {
  const upstream = createSignalsUpstream(env.SIGNALS_URL);
  const limit = createPurgeLimit(createDynamoPurgeLog(dynamo, env.CACHE_TABLE, tenantOf(upstream)), systemClock, {
    wide: env.CACHE_PURGES_PER_MINUTE,
    entity: env.CACHE_ENTITY_PURGES_PER_MINUTE,
  });
  return {
    identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
    acts: wireAudit(env),
    admin: createCacheAdmin({
      store: wireStore(env.SIGNALS_URL, env.CACHE_TABLE, noSpill, dynamo),
      figures: createDynamoFiguresStore(dynamo, env.CACHE_TABLE, tenantOf(upstream)),
      policy: defaultPolicy,
      clock: systemClock,
      limit,
      groups: [...new Set(upstream.catalogue.operations.map(({ group }) => group))].sort(),
    }),
  };
};
