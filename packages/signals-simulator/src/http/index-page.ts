/** What answers outside the tenant: the index at `/`, which says where everything is, and `/_health` for probes. */
import { controlCalls } from '../control/control.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { version } from '../version.ts';
import { basePath } from './native.ts';
import type { Reply } from './reply.ts';

const mediaType = 'application/json';

const index = (origin: string): Reply => ({
  status: 200,
  mediaType,
  document: {
    name: 'signals-simulator',
    version,
    api: `${origin}${basePath}`,
    login: `${origin}/auth/oauth/authorize`,
    health: `${origin}/_health`,
    control: controlCalls,
  },
});

const health = (tenant: Tenant): Reply => ({
  status: 200,
  mediaType,
  document: { status: 'ok', version, entities: tenant.entities.size() },
});

/** `undefined` for another path or method. @param origin as this client named it. */
export const answerIndex = (method: string, path: string, origin: string, tenant: () => Tenant): Reply | undefined => {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  if (path === '/') return index(origin);
  return path === '/_health' ? health(tenant()) : undefined;
};
