/** The table of the cache, and its figures. In a file of its own, so that functions which answer nothing from the cache do without S3. */
import { createDynamoCacheStore } from '../../shared/cache/adapters/dynamodb.ts';
import { createDynamoFiguresStore } from '../../shared/cache/adapters/figures.ts';
import type { BodySpill } from '../../shared/cache/adapters/spill.ts';
import { tenantOf } from '../../shared/cache/plan-native.ts';
import type { CacheStore } from '../../shared/cache/store.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { CacheTableEnv } from './env.ts';
import type { Profile } from './time-outs.ts';
import { upstreamOf } from './upstream.ts';

export const warnOfCache = (what: string, error: unknown): void =>
  logger.warn(`cache: ${what} failed`, { error: error as Error });

/** For functions that neither read nor write answers: they have no right to the bucket. */
const noSpill: BodySpill = {
  put: () => Promise.reject(new Error('this function stores no answers')),
  get: async () => undefined,
  remove: async () => {},
};

export const createStore = (house: House<CacheTableEnv>, profile: Profile, spill: BodySpill): CacheStore =>
  createDynamoCacheStore(dynamoOf(house, profile), {
    tableName: house.env.CACHE_TABLE,
    tenant: tenantOf(upstreamOf(house)),
    spill,
    clock: systemClock,
    onFailure: warnOfCache,
  });

const makePurgedStore = (house: House<CacheTableEnv>) => createStore(house, 'usual', noSpill);

/** For functions that purge and read no answers. */
export const purgedStoreOf = (house: House<CacheTableEnv>) => house.part(makePurgedStore);

export const cacheFiguresOf = (house: House<CacheTableEnv>, profile?: Profile) =>
  createDynamoFiguresStore(dynamoOf(house, profile), house.env.CACHE_TABLE, tenantOf(upstreamOf(house)));
