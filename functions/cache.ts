/** GET /v1/cache, POST /v1/cache/purges: what the cache does, and emptying it. */

import { createCacheRoutes } from './edge/cache-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { wireCacheAdmin } from './wiring/cache.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { CacheEnv, parseEnv } from './wiring/env.ts';

const env = parseEnv(CacheEnv);

export const handler = httpHandler(env, createCacheRoutes(wireCacheAdmin(env, createDocumentClient())));
