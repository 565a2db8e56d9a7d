/** Every route of the facade's own. */
import { auditRoutes } from '../shared/audit/routes.ts';
import { cacheRoutes } from '../shared/cache/routes.ts';
import { consumerRoutes } from '../shared/consumers/routes.ts';
import { credentialRoutes } from '../shared/credentials/routes.ts';
import { documentRoutes } from '../shared/documents/routes.ts';
import { quotaRoutes } from '../shared/quota/routes.ts';
import { requestRoutes } from '../shared/requests/routes.ts';
import type { RouteDefinition } from '../shared/routes/route.ts';
import { oauthRoutes } from '../shared/tokens/oauth-routes.ts';
import { tokenRoutes } from '../shared/tokens/routes.ts';
import { uploadRoutes } from '../shared/uploads/routes.ts';

export const facadeRoutes: readonly RouteDefinition[] = [
  ...uploadRoutes,
  ...cacheRoutes,
  ...quotaRoutes,
  ...consumerRoutes,
  ...credentialRoutes,
  ...tokenRoutes,
  ...oauthRoutes,
  ...requestRoutes,
  ...auditRoutes,
  ...documentRoutes,
];
