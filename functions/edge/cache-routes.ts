/** The routes of /v1/cache. A purge of one entity needs the scope cache:write, any other cache-admin:write. */
import { changesBetween } from '../../shared/audit/changes.ts';
import { type CacheAdmin, isWide } from '../../shared/cache/admin.ts';
import { cacheRoutes } from '../../shared/cache/routes.ts';
import { scopeMissing } from '../../shared/consumers/scope-missing.ts';
import { type CapabilityParts, capability, type Note } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type CacheParts = CapabilityParts & { readonly admin: CacheAdmin };

export const createCacheRoutes = ({ admin, ...parts }: CacheParts): Handle =>
  capability(cacheRoutes)(parts, {
    readCache: async () => ({ status: 200, document: await admin.report() }),

    purgeCache: async ({ act, body, isAdmin, caller: { consumer } }) => {
      const wanted = body.data.attributes;
      if (!isAdmin && isWide(wanted)) throw scopeMissing(consumer, ['cache-admin:write']);
      const purge = async (note: Note): ReturnType<CacheAdmin['purge']> => {
        const document = await admin.purge(wanted, consumer.id);
        note(changesBetween(undefined, document.data.attributes));
        return document;
      };
      return { status: 200, document: await act(wanted.entity ?? wanted.group ?? 'all', purge, wanted) };
    },
  });
