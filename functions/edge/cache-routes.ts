/**
 * The routes of /v1/cache: request in, domain call, reply out. Reading needs the scope cache:read. A purge of one entity needs
 * cache:write, any other cache-admin:write, which covers those of one entity too.
 */
import { changesBetween } from '../../shared/audit/changes.ts';
import { type CacheAdmin, isWide, Purge } from '../../shared/cache/admin.ts';
import { type Caller, holdsScope } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { scopeMissing } from '../../shared/consumers/scope-missing.ts';
import { type Acts, gatherChanges, noActs } from './acts.ts';
import { authorise } from './authorise.ts';
import { documentReply, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { readBody } from './read-body.ts';

const mayPurge = ({ consumer }: Caller, group: 'cache' | 'cache-admin'): boolean =>
  holdsScope(consumer, group, 'write');

export const createCacheRoutes = (identifier: Identifier, admin: CacheAdmin, acts: Acts = noActs): Handle => {
  const purge = async (request: HttpRequest): Promise<HttpReply> => {
    const caller = await identifier.identify(request.headers, { fresh: true });
    const mayPurgeAll = mayPurge(caller, 'cache-admin');
    if (!mayPurgeAll && !mayPurge(caller, 'cache')) throw scopeMissing(caller.consumer, ['cache:write']);
    const wanted = readBody(request, Purge).data.attributes;
    if (!mayPurgeAll && isWide(wanted)) throw scopeMissing(caller.consumer, ['cache-admin:write']);
    const target = wanted.entity ?? wanted.group ?? 'all';
    const { note, changes } = gatherChanges();
    const act = { caller, requestId: request.requestId, act: 'cache.purge', target, asked: wanted, changes };
    const run = async () => {
      const document = await admin.purge(wanted, caller.consumer.id);
      note(changesBetween(undefined, document.data.attributes));
      return document;
    };
    return documentReply(200, await acts.around(act, run));
  };

  return async (request) => {
    if (request.method === 'POST') return purge(request);
    await authorise(identifier, request, 'cache', 'read');
    return documentReply(200, await admin.report());
  };
};
