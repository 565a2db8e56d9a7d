/** The routes of /v1/cache: state of the cache, and purges. */
import { route } from '../routes/route.ts';
import { CacheDocument, Purge, PurgeDocument } from './cache-document.ts';

const readCache = route({
  id: 'readCache',
  method: 'GET',
  path: '/v1/cache',
  capability: 'cache',
  scope: 'cache:read',
  summary: 'Figures of the cache by class, and how the change sweep fares',
  answers: { 200: CacheDocument, 503: 'CACHE_UNAVAILABLE' },
});

const purgeCache = route({
  id: 'purgeCache',
  method: 'POST',
  path: '/v1/cache/purges',
  capability: 'cache',
  scope: 'cache:write',
  // A purge of one entity needs only cache:write. Any other purge needs this scope.
  adminScope: 'cache-admin:write',
  fresh: true,
  summary: 'Empty the cache for an entity, a group or all',
  description:
    'Every instance sees it with its next request. A soft purge keeps copies for when the tenant fails. A purge of a group or of all needs the scope `cache-admin:write`, which `*` does not cover, and there are few a minute of them, by all consumers together: more get 429.',
  body: Purge,
  examples: [
    {
      summary: 'What is kept of one experiment',
      value: {
        data: {
          type: 'cache-purge',
          attributes: { entity: 'experiment:00000000-0000-4000-a000-000000000003', kind: 'soft' },
        },
      },
    },
  ],
  audit: 'cache.purge',
  answers: { 200: PurgeDocument, 503: 'CACHE_UNAVAILABLE' },
});

export const cacheRoutes = [readCache, purgeCache] as const;
