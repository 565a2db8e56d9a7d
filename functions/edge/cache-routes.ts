/** The routes of /v1/cache: request in, domain call, reply out. Reading needs the scope cache:read, purging cache:write. */
import { type CacheAdmin, Purge } from '../../shared/cache/admin.ts';
import type { ScopeKind } from '../../shared/catalogue/operation.ts';
import { holdsScope } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { documentReply, type Handle } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { readBody } from './read-body.ts';

export const createCacheRoutes = (identifier: Identifier, admin: CacheAdmin): Handle => {
  const authorise = async (request: HttpRequest, kind: ScopeKind): Promise<void> => {
    const keys = request.headers.filter(([name]) => name === 'x-api-key').map(([, value]) => value);
    const consumer = await identifier.identify(keys);
    if (holdsScope(consumer, 'cache', kind)) return;
    throw new AppError('SCOPE_MISSING', { detail: `This needs the scope cache:${kind}.` });
  };

  return async (request) => {
    if (request.method === 'POST') {
      await authorise(request, 'write');
      return documentReply(200, await admin.purge(readBody(request, Purge).data.attributes));
    }
    await authorise(request, 'read');
    return documentReply(200, await admin.report());
  };
};
