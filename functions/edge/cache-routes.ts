/** The routes of /v1/cache: request in, domain call, reply out. Reading needs the scope cache:read, purging cache:write. */
import { type CacheAdmin, Purge } from '../../shared/cache/admin.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { type Acts, noActs } from './acts.ts';
import { authorise } from './authorise.ts';
import { documentReply, type Handle } from './http-handler.ts';
import { readBody } from './read-body.ts';

export const createCacheRoutes =
  (identifier: Identifier, admin: CacheAdmin, acts: Acts = noActs): Handle =>
  async (request) => {
    if (request.method === 'POST') {
      const caller = await authorise(identifier, request, 'cache', 'write', { fresh: true });
      const wanted = readBody(request, Purge).data.attributes;
      const target = wanted.entity ?? wanted.group ?? 'all';
      const act = { caller, requestId: request.requestId, act: 'cache.purge', target };
      return documentReply(200, await acts.around(act, () => admin.purge(wanted)));
    }
    await authorise(identifier, request, 'cache', 'read');
    return documentReply(200, await admin.report());
  };
