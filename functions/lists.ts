/** /lists and /sources, which the tenant calls, and /v1/lists and /v1/sources, by which administrators set them up. */
import { listAdminRoutes } from '../shared/lists/admin/routes.ts';
import { listRoutes } from '../shared/lists/routes.ts';
import { systemClock } from '../shared/time/clock.ts';
import { delegate } from './edge/delegate.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createListAdminRoutes } from './edge/list-admin-routes.ts';
import { createListRoutes } from './edge/list-routes.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { parseEnv } from './wiring/env.ts';
import { ListsEnv } from './wiring/list-env.ts';
import { definitionsOf, listAdminOf, listsOf, sourcesOf } from './wiring/lists.ts';

const house = createHouse(parseEnv(ListsEnv));

const serving = () => ({ lists: listsOf(house), sources: sourcesOf(house) });
const calls = once(() =>
  createListRoutes({ ...serving(), definitions: definitionsOf(house), putMetrics, audit: auditOf(house) }),
);
const administration = once(() =>
  createListAdminRoutes({
    ...{ ...serving(), admin: listAdminOf(house), clock: systemClock },
    ...{ identifier: identifierOf(house), acts: auditOf(house) },
  }),
);

const routes = delegate(
  { routes: listRoutes, handle: (request, facts) => calls()(request, facts) },
  { routes: listAdminRoutes, handle: (request, facts) => administration()(request, facts) },
);

export const handler = httpHandler(house.env, routes);
