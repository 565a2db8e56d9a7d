/** The cache of native answers. */
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createDynamoFiguresStore } from '../../shared/cache/adapters/figures.ts';
import type { BodySpill } from '../../shared/cache/adapters/spill.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createFigures } from '../../shared/cache/figures.ts';
import { createNativePlanner, tenantOf } from '../../shared/cache/plan-native.ts';
import { defaultPolicy } from '../../shared/cache/policy.ts';
import { createScarcity } from '../../shared/cache/scarcity.ts';
import type { CacheStore } from '../../shared/cache/store.ts';
import { type AnswerCache, noCache } from '../../shared/exchange/exchange.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { AnswerCacheEnv, CacheTableEnv } from './env.ts';
import { loadLater } from './load-later.ts';
import { quotaOf } from './quota.ts';
import { s3Addressing } from './s3.ts';
import { clientSettings, type Profile } from './time-outs.ts';
import { upstreamOf } from './upstream.ts';

const warn = (what: string, error: unknown): void => logger.warn(`cache: ${what} failed`, { error: error as Error });

/** Large answers are rare, so the S3 client is loaded with the first one. */
const lazySpill = (bucket: string): BodySpill => {
  const open = loadLater('The client of S3', async (): Promise<BodySpill> => {
    const [{ S3Client }, { createS3Spill }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('../../shared/cache/adapters/s3.ts'),
    ]);
    const settings = clientSettings({ maxAttempts: 2, requestMillis: 5_000, connectionMillis: 1_000 });
    return createS3Spill(new S3Client({ ...settings, ...s3Addressing() }), bucket, {
      onFailure: (error) => warn('load of a body', error),
    });
  });
  return {
    put: async (name, bytes) => (await open()).put(name, bytes),
    get: async (name) => (await open()).get(name),
    remove: async (name) => (await open()).remove(name),
  };
};

/** For functions that neither read nor write answers: they have no right to the bucket. */
const noSpill: BodySpill = {
  put: () => Promise.reject(new Error('this function stores no answers')),
  get: async () => undefined,
  remove: async () => {},
};

const createStore = (house: House<CacheTableEnv>, profile: Profile, spill: BodySpill): CacheStore =>
  createDynamoCacheStore(dynamoOf(house, profile), {
    tableName: house.env.CACHE_TABLE,
    tenant: tenantOf(upstreamOf(house)),
    spill,
    clock: systemClock,
    onFailure: warn,
  });

const makePurgedStore = (house: House<CacheTableEnv>) => createStore(house, 'usual', noSpill);

/** For functions that purge and read no answers. */
export const purgedStoreOf = (house: House<CacheTableEnv>) => house.part(makePurgedStore);

export const cacheFiguresOf = (house: House<CacheTableEnv>, profile?: Profile) =>
  createDynamoFiguresStore(dynamoOf(house, profile), house.env.CACHE_TABLE, tenantOf(upstreamOf(house)));

const makeAnswerCache = (house: House<AnswerCacheEnv>): AnswerCache => {
  if (house.env.CACHE === 'off') return noCache;
  const store = createStore(house, 'cache', lazySpill(house.env.CACHE_BUCKET));
  const figures = createFigures(cacheFiguresOf(house, 'cache'), systemClock);
  const { CACHE_MEMORY_MIB: memoryMiB } = house.env;
  const cache = createAnswerCache({
    ...(memoryMiB === undefined ? {} : { memoryBytes: memoryMiB * 1_048_576 }),
    store,
    clock: systemClock,
    plan: createNativePlanner(store, defaultPolicy),
    scarcity: createScarcity({
      shortage: quotaOf(house).shortage,
      priorityOf: ({ consumer }) => (consumer.quota ?? defaultProfile).priority,
      policy: defaultPolicy,
    }),
    observe: figures.observe,
    onFailure: warn,
  });
  return {
    async answer(exchange, forward) {
      const outcome = await cache.answer(exchange, forward);
      // A hit writes nothing, and a call upstream takes longer than this.
      if (!outcome.cacheStatus.startsWith('hit')) await figures.handIn().catch((error) => warn('figures', error));
      return outcome;
    },
  };
};

/** The cache in front of the tenant. */
export const answerCacheOf = (house: House<AnswerCacheEnv>) => house.part(makeAnswerCache);
