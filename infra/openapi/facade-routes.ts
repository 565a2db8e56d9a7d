/** Every route of the facade's own. */
import { auditRoutes } from '../../shared/audit/routes.ts';
import { cacheRoutes } from '../../shared/cache/routes.ts';
import { documentRoutes } from '../../shared/documents/routes.ts';
import type { RouteDefinition } from '../../shared/http/route.ts';
import { quotaRoutes } from '../../shared/quota/routes.ts';
import { requestRoutes } from '../../shared/requests/routes.ts';

export const facadeRoutes: readonly RouteDefinition[] = [
  ...cacheRoutes,
  ...quotaRoutes,
  ...requestRoutes,
  ...auditRoutes,
  ...documentRoutes,
];
