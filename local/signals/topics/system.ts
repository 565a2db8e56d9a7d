/** What identifies the tenant and the caller. */
import { userResource } from '../documents/user-document.ts';
import type { Call, Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { ok } from '../http/reply.ts';

export const release = '26.8.0';

const version = (call: Call) =>
  ok({ links: selfLinks(call), data: { type: 'version', id: release, attributes: { release } } });

const profile = (call: Call) => {
  const user = userResource(call.tenant, call.base, call.user);
  return ok({ links: selfLinks(call), data: { ...user, type: 'profile' } });
};

export const systemRoutes: Routes = {
  'GET /version': version,
  'GET /profiles/me': profile,
};
