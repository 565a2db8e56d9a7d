/** The cache of native answers. */
import type { BodySpill } from '../../shared/cache/adapters/spill.ts';
import { createAnswerCache } from '../../shared/cache/answer-cache.ts';
import { createFigures } from '../../shared/cache/figures.ts';
import { createNativePlanner } from '../../shared/cache/plan-native.ts';
import { defaultPolicy } from '../../shared/cache/policy.ts';
import { createScarcity } from '../../shared/cache/scarcity.ts';
import { type AnswerCache, noCache } from '../../shared/exchange/exchange.ts';
import { defaultProfile } from '../../shared/exchange/quota-profile.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import { cacheFiguresOf, createStore, warnOfCache } from './cache-store.ts';
import type { AnswerCacheEnv } from './env.ts';
import { loadLater } from './load-later.ts';
import { quotaOf } from './quota.ts';

/** Large answers are rare, so the S3 client is loaded with the first one. */
const lazySpill = (bucket: string): BodySpill => {
  const open = loadLater('The client of S3', async () =>
    (await import('./s3-spill.ts')).openSpill(bucket, (error) => warnOfCache('load of a body', error)),
  );
  return {
    put: async (name, bytes) => (await open()).put(name, bytes),
    get: async (name) => (await open()).get(name),
    remove: async (name) => (await open()).remove(name),
  };
};

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
    onFailure: warnOfCache,
  });
  return {
    async answer(exchange, forward) {
      const outcome = await cache.answer(exchange, forward);
      // A hit writes nothing, and a call upstream takes longer than this.
      if (!outcome.cacheStatus.startsWith('hit'))
        await figures.handIn().catch((error) => warnOfCache('figures', error));
      return outcome;
    },
  };
};

/** The cache in front of the tenant. */
export const answerCacheOf = (house: House<AnswerCacheEnv>) => house.part(makeAnswerCache);
