/** /v1/materials and /v1/inventory: what the tenant has no single call for. */
import { inventoryRoutes } from '../shared/inventory/routes.ts';
import { materialRoutes } from '../shared/materials/routes.ts';
import { delegate } from './edge/delegate.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createInventoryRoutes } from './edge/inventory-routes.ts';
import { createMaterialRoutes } from './edge/material-routes.ts';
import { createHouse, once } from './house.ts';
import { identifierOf } from './wiring/consumers.ts';
import { NativeEnv, parseEnv } from './wiring/env.ts';
import { beginEnvelope } from './wiring/envelope.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { idempotencyOf } from './wiring/idempotency.ts';
import { nativePipelineOf } from './wiring/native.ts';
import { requestLogOf } from './wiring/requests.ts';

const house = createHouse(parseEnv(NativeEnv));
beginEnvelope();
sendFacadeEvents(house);

const parts = () => ({ pipeline: nativePipelineOf(house), identifier: identifierOf(house) });
const materials = once(() => createMaterialRoutes(parts()));
const inventory = once(() => createInventoryRoutes({ ...parts(), idempotency: idempotencyOf(house) }));

const routes = delegate(
  { routes: materialRoutes, handle: (request, facts) => materials()(request, facts) },
  { routes: inventoryRoutes, handle: (request, facts) => inventory()(request, facts) },
);

export const handler = httpHandler(house.env, routes, requestLogOf(house));
