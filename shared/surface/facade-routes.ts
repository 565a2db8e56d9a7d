/** Every route of the facade's own. */
import { actionRoutes } from '../actions/routes.ts';
import { backfillRoutes } from '../archive/backfills/routes.ts';
import { holdRoutes } from '../archive/holds/routes.ts';
import { archiveRoutes } from '../archive/routes.ts';
import { auditRoutes } from '../audit/routes.ts';
import { cacheRoutes } from '../cache/routes.ts';
import { callerRoutes, consumerRoutes } from '../consumers/routes.ts';
import { credentialRoutes } from '../credentials/routes.ts';
import { documentRoutes } from '../documents/routes.ts';
import { entityRoutes } from '../entities/routes.ts';
import { templateRoutes } from '../entities/template-routes.ts';
import { exportRoutes } from '../exports/routes.ts';
import { subscriberRoutes } from '../fan-out/routes.ts';
import { healthRoutes } from '../health/routes.ts';
import { inventoryRoutes } from '../inventory/routes.ts';
import { listAdminRoutes } from '../lists/admin/routes.ts';
import { listRoutes } from '../lists/routes.ts';
import { materialRoutes } from '../materials/routes.ts';
import { hookRoutes } from '../notifications/hook-routes.ts';
import { quotaRoutes } from '../quota/routes.ts';
import { registrationRoutes } from '../registration/routes.ts';
import { requestRoutes } from '../requests/routes.ts';
import type { RouteDefinition } from '../routes/route.ts';
import { scimRoutes } from '../scim/routes.ts';
import { oauthRoutes } from '../tokens/oauth-routes.ts';
import { tokenRoutes } from '../tokens/routes.ts';
import { uploadRoutes } from '../uploads/routes.ts';
import { usageRoutes } from '../usage/routes.ts';

export const facadeRoutes: readonly RouteDefinition[] = [
  ...uploadRoutes,
  ...materialRoutes,
  ...inventoryRoutes,
  ...entityRoutes,
  ...templateRoutes,
  ...scimRoutes,
  ...registrationRoutes,
  ...cacheRoutes,
  ...quotaRoutes,
  ...callerRoutes,
  ...consumerRoutes,
  ...credentialRoutes,
  ...tokenRoutes,
  ...oauthRoutes,
  ...actionRoutes,
  ...requestRoutes,
  ...usageRoutes,
  ...healthRoutes,
  ...auditRoutes,
  ...exportRoutes,
  ...archiveRoutes,
  ...holdRoutes,
  ...backfillRoutes,
  ...subscriberRoutes,
  ...hookRoutes,
  ...listRoutes,
  ...listAdminRoutes,
  ...documentRoutes,
];

const scopesOf = ({ scope, adminScope }: RouteDefinition): readonly string[] =>
  [scope, adminScope ?? ''].filter((one) => one.includes(':'));

/** Groups of the scopes that these routes ask for. Calls of those that the tenant has no group for never go to it. */
export const facadeGroups: readonly string[] = [
  ...new Set(facadeRoutes.flatMap(scopesOf).map((scope) => scope.split(':')[0] ?? '')),
].sort();
