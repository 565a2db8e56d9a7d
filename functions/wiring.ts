/** Picks the adapters: the only code that knows which store is behind which port. Runs once per cold start. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { createDynamoCacheStore } from '../shared/cache/adapters/dynamodb.ts';
import { createDynamoFiguresStore } from '../shared/cache/adapters/figures.ts';
import type { BodySpill } from '../shared/cache/adapters/spill.ts';
import { type CacheAdmin, createCacheAdmin } from '../shared/cache/admin.ts';
import { createAnswerCache } from '../shared/cache/answer-cache.ts';
import { createFigures } from '../shared/cache/figures.ts';
import { createNativePlanner, tenantOf } from '../shared/cache/plan-native.ts';
import { defaultPolicy } from '../shared/cache/policy.ts';
import type { CacheStore } from '../shared/cache/store.ts';
import { createSignalsFeed } from '../shared/cache/sweep/signals-feed.ts';
import { createSweeper, type Sweeper } from '../shared/cache/sweep/sweep.ts';
import type { CacheEnv, NativeEnv, QuotaEnv, UpstreamEnv } from '../shared/config/env.ts';
import { createDynamoConsumerRegistry } from '../shared/consumers/adapters/dynamodb.ts';
import { createIdentifier, type Identifier } from '../shared/consumers/identify.ts';
import { createDynamoKmsCredentialVault } from '../shared/credentials/adapters/dynamodb-kms.ts';
import { createCredentialChooser } from '../shared/credentials/credential.ts';
import { askUpstream } from '../shared/native/ask-upstream.ts';
import { type AnswerCache, noCache } from '../shared/native/exchange.ts';
import { createNativePipeline, type NativePipeline } from '../shared/native/pipeline.ts';
import { createDynamoQuotaStore } from '../shared/quota/adapters/dynamodb.ts';
import { createDynamoBookingStore } from '../shared/quota/adapters/dynamodb-bookings.ts';
import { createBookings } from '../shared/quota/booking-store.ts';
import { createQuotaGate } from '../shared/quota/gate.ts';
import { createGovernor } from '../shared/quota/governor.ts';
import { defaultPolicy as defaultQuotaPolicy } from '../shared/quota/policy.ts';
import { defaultProfile } from '../shared/quota/profile.ts';
import { systemTicker } from '../shared/quota/ticker.ts';
import { createSignalsUpstream } from '../shared/signals/signals.ts';
import { systemClock } from '../shared/time/clock.ts';
import { createNodeHttpTransport } from '../shared/upstream/adapters/node-http.ts';
import { logger } from './edge/http-handler.ts';
import type { QuotaParts } from './edge/quota-routes.ts';

/** Whose budget: all functions of a stage share it. */
const budgetName = 'signals';

/** The document client of every table. Numbers stay numbers; undefined members are left out. */
export const createDocumentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(), { marshallOptions: { removeUndefinedValues: true } });

/** Large answers are rare: the S3 client is loaded with the first. */
const lazySpill = (bucket: string): BodySpill => {
  let opened: Promise<BodySpill> | undefined;
  const open = (): Promise<BodySpill> => {
    opened ??= Promise.all([import('@aws-sdk/client-s3'), import('../shared/cache/adapters/s3.ts')]).then(
      ([{ S3Client }, { createS3Spill }]) =>
        // The twin's S3 has one host for all buckets.
        createS3Spill(new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined }), bucket),
    );
    return opened;
  };
  return {
    put: async (name, bytes) => (await open()).put(name, bytes),
    get: async (name) => (await open()).get(name),
  };
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
  });

type QuotaNames = Pick<z.infer<typeof UpstreamEnv>, 'QUOTA_TABLE' | 'TENANT_REQUESTS_PER_MINUTE'>;

const wireBudget = ({ QUOTA_TABLE, TENANT_REQUESTS_PER_MINUTE }: QuotaNames, dynamo: DynamoDBDocumentClient) => {
  const policy = { ...defaultQuotaPolicy, limit: TENANT_REQUESTS_PER_MINUTE };
  // A client of its own: what takes longer than a lease is of no use, and the governor repeats what may be repeated.
  const client = new DynamoDBClient({
    maxAttempts: 1,
    requestHandler: { requestTimeout: 900, connectionTimeout: 500 },
  });
  const store = createDynamoQuotaStore(client, QUOTA_TABLE, budgetName);
  const bookingStore = createDynamoBookingStore(dynamo, QUOTA_TABLE, budgetName);
  return { policy, store, bookings: createBookings(bookingStore, policy, Date.now, randomUUID) };
};

/** The tenant's budget, in front of every send of this process. */
const wireQuota = (env: z.infer<typeof UpstreamEnv>, dynamo: DynamoDBDocumentClient) => {
  const { policy, store, bookings } = wireBudget(env, dynamo);
  const governor = createGovernor({
    store,
    ticker: systemTicker,
    policy,
    mode: env.QUOTA_MODE,
    whenStoreFails: env.QUOTA_WHEN_STORE_FAILS,
    reservations: bookings.running,
  });
  return createQuotaGate({
    governor,
    policy,
    profileOf: (consumer) => consumer.quota ?? defaultProfile,
    nowMillis: Date.now,
    prepare: bookings.refresh,
  });
};

const warn = (what: string, error: unknown): void => logger.warn(`cache: ${what} failed`, { error: error as Error });

const wireCache = (env: z.infer<typeof NativeEnv>, store: CacheStore, dynamo: DynamoDBDocumentClient): AnswerCache => {
  if (env.CACHE === 'off') return noCache;
  const tenant = tenantOf(createSignalsUpstream(env.SIGNALS_URL));
  const figures = createFigures(createDynamoFiguresStore(dynamo, env.CACHE_TABLE, tenant), systemClock);
  const cache = createAnswerCache({
    store,
    clock: systemClock,
    plan: createNativePlanner(store, defaultPolicy),
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

const wireCredentials = (env: z.infer<typeof UpstreamEnv>, dynamo: DynamoDBDocumentClient) =>
  createCredentialChooser(
    createDynamoKmsCredentialVault(dynamo, new KMSClient(), {
      tableName: env.CREDENTIALS_TABLE,
      keyId: env.CREDENTIALS_KEY,
    }),
    systemClock,
  );

const wireIdentifier = (consumersTable: string, dynamo: DynamoDBDocumentClient): Identifier =>
  createIdentifier(createDynamoConsumerRegistry(dynamo, consumersTable), systemClock);

/** The pipeline of the native Signals surface on the stores that the environment names. */
export const wireNative = (env: z.infer<typeof NativeEnv>, dynamo: DynamoDBDocumentClient): NativePipeline => {
  const quota = wireQuota(env, dynamo);
  return createNativePipeline({
    upstream: createSignalsUpstream(env.SIGNALS_URL),
    identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
    credentials: wireCredentials(env, dynamo),
    cache: wireCache(env, wireStore(env.SIGNALS_URL, env.CACHE_TABLE, lazySpill(env.CACHE_BUCKET), dynamo), dynamo),
    quota: quota.gate,
    onSend: quota.onSend,
    rateLimit: quota.headersFor,
    transport: createNodeHttpTransport(),
    firstByteMillis: env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  });
};

/** The change sweep, as background work of the facade itself. */
export const wireSweeper = (env: z.infer<typeof UpstreamEnv>, dynamo: DynamoDBDocumentClient): Sweeper => {
  const upstream = createSignalsUpstream(env.SIGNALS_URL);
  const quota = wireQuota(env, dynamo);
  const ask = askUpstream(upstream, wireCredentials(env, dynamo), 'change-sweep', {
    transport: createNodeHttpTransport(),
    quota: quota.gate,
    onSend: quota.onSend,
    firstByteMillis: env.UPSTREAM_FIRST_BYTE_SECONDS * 1_000,
  });
  const store = wireStore(env.SIGNALS_URL, env.CACHE_TABLE, lazySpill(env.CACHE_BUCKET), dynamo);
  return createSweeper(store, createSignalsFeed(ask), systemClock);
};

/** What /v1/cache needs: who calls, and the cache as operators see it. */
export const wireCacheAdmin = (
  env: z.infer<typeof CacheEnv>,
  dynamo: DynamoDBDocumentClient,
): { identifier: Identifier; admin: CacheAdmin } => {
  const upstream = createSignalsUpstream(env.SIGNALS_URL);
  const noSpill: BodySpill = { put: () => Promise.reject(new Error('not here')), get: async () => undefined };
  return {
    identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
    admin: createCacheAdmin({
      store: wireStore(env.SIGNALS_URL, env.CACHE_TABLE, noSpill, dynamo),
      figures: createDynamoFiguresStore(dynamo, env.CACHE_TABLE, tenantOf(upstream)),
      policy: defaultPolicy,
      clock: systemClock,
      groups: [...new Set(upstream.catalogue.operations.map(({ group }) => group))].sort(),
    }),
  };
};

/** What /v1/quota needs: who calls, and the budget as operators see it. */
export const wireQuotaAdmin = (env: z.infer<typeof QuotaEnv>, dynamo: DynamoDBDocumentClient): QuotaParts => ({
  ...wireBudget(env, dynamo),
  identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
  name: budgetName,
  nowMillis: Date.now,
});
