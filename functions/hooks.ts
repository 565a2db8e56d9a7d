/** POST /hooks/signals: push notifications of the tenant. */
import { createHookRoutes } from './edge/hook-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createHouse, once } from './house.ts';
import { parseEnv } from './wiring/env.ts';
import { HooksEnv } from './wiring/notification-env.ts';
import { intakeOf, readHookHeaderOf } from './wiring/notifications.ts';

const house = createHouse(parseEnv(HooksEnv));

const routes = once(() =>
  createHookRoutes({ readHeader: readHookHeaderOf(house), intake: intakeOf(house), putMetrics }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
