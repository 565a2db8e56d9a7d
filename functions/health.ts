/** GET /v1/health: whether what the facade leans on works. */
import { systemClock } from '../shared/time/clock.ts';
import { createHealthRoutes } from './edge/health-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse, once } from './house.ts';
import { identifierOf } from './wiring/consumers.ts';
import { HealthEnv, parseEnv } from './wiring/env.ts';
import { healthLooksOf } from './wiring/health.ts';
import { healthStoreOf } from './wiring/outcomes.ts';

const house = createHouse(parseEnv(HealthEnv));

const routes = once(() =>
  createHealthRoutes({
    identifier: identifierOf(house),
    looks: healthLooksOf(house),
    store: healthStoreOf(house),
    clock: systemClock,
    stage: house.env.STAGE,
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
