/** The routes of /v1/cache: request in, domain call, reply out. Reading needs the scope cache:read, purging cache:write. */
import { type CacheAdmin, Purge } from '../../shared/cache/admin.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { authorise } from './authorise.ts';
import { documentReply, type Handle } from './http-handler.ts';
import { readBody } from './read-body.ts';

export const createCacheRoutes =
  (identifier: Identifier, admin: CacheAdmin): Handle =>
  async (request) => {
    if (request.method === 'POST') {
      await authorise(identifier, request, 'cache', 'write');
      return documentReply(200, await admin.purge(readBody(request, Purge).data.attributes));
    }
    await authorise(identifier, request, 'cache', 'read');
    return documentReply(200, await admin.report());
  };
