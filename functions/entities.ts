/** /v1/entities, /v1/templates and /v1/scim: routes that clients of Signals look for, and that the tenant has under other names. */
import { setTimeout as sleep } from 'node:timers/promises';
import { entityRoutes } from '../shared/entities/routes.ts';
import { templateRoutes } from '../shared/entities/template-routes.ts';
import { scimRoutes } from '../shared/scim/routes.ts';
import { delegate } from './edge/delegate.ts';
import { createEntityRoutes } from './edge/entity-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createScimRoutes } from './edge/scim-routes.ts';
import { withSeedAliases } from './edge/seed-aliases.ts';
import { createTemplateRoutes } from './edge/template-routes.ts';
import { createHouse, once } from './house.ts';
import { identifierOf } from './wiring/consumers.ts';
import { NativeEnv, parseEnv } from './wiring/env.ts';
import { beginEnvelope } from './wiring/envelope.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { idempotencyOf } from './wiring/idempotency.ts';
import { nativePipelineOf } from './wiring/native.ts';
import { requestLogOf } from './wiring/requests.ts';
import { upstreamOf } from './wiring/upstream.ts';

const house = createHouse(parseEnv(NativeEnv));
beginEnvelope();
sendFacadeEvents(house);

const routes = once(() => {
  const parts = { pipeline: nativePipelineOf(house), identifier: identifierOf(house) };
  const idempotency = idempotencyOf(house);
  return delegate(
    {
      routes: entityRoutes,
      handle: createEntityRoutes({
        ...parts,
        idempotency,
        pause: async (millis) => void (await sleep(millis)),
      }),
    },
    { routes: templateRoutes, handle: createTemplateRoutes(parts) },
    { routes: scimRoutes, handle: createScimRoutes({ ...parts, idempotency }) },
  );
});

export const handler = httpHandler(
  house.env,
  withSeedAliases(upstreamOf(house).basePath, (request, facts) => routes()(request, facts)),
  requestLogOf(house),
);
