/** GET /v1/cache, POST /v1/cache/purges: the state of the cache, and purges. */

import { createDynamoPurgeLog } from '../shared/cache/adapters/purge-log.ts';
import { createCacheAdmin } from '../shared/cache/admin.ts';
import { tenantOf } from '../shared/cache/plan-native.ts';
import { defaultPolicy } from '../shared/cache/policy.ts';
import { createPurgeLimit } from '../shared/cache/purge-limit.ts';
import { systemClock } from '../shared/time/clock.ts';
import { createCacheRoutes } from './edge/cache-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { cacheFiguresOf, purgedStoreOf } from './wiring/cache-store.ts';
import { identifierOf } from './wiring/consumers.ts';
import { dynamoOf } from './wiring/dynamo.ts';
import { CacheEnv, parseEnv } from './wiring/env.ts';
import { upstreamOf } from './wiring/upstream.ts';

const house = createHouse(parseEnv(CacheEnv));

const createLimit = () => {
  const { CACHE_TABLE, CACHE_PURGES_PER_MINUTE: wide, CACHE_ENTITY_PURGES_PER_MINUTE: entity } = house.env;
  const purgeLog = createDynamoPurgeLog(dynamoOf(house), CACHE_TABLE, tenantOf(upstreamOf(house)));
  return createPurgeLimit(purgeLog, systemClock, { wide, entity });
};

const createAdmin = () =>
  createCacheAdmin({
    store: purgedStoreOf(house),
    figures: cacheFiguresOf(house),
    policy: defaultPolicy,
    clock: systemClock,
    limit: createLimit(),
    upstream: upstreamOf(house),
  });

const routes = once(() =>
  createCacheRoutes({ identifier: identifierOf(house), acts: auditOf(house), admin: createAdmin() }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
