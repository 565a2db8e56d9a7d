/** /v1/subscriptions, /v1/notifications and /v1/events: what is sent to whom, and what was. */
import { systemClock } from '../shared/time/clock.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createSubscriberRoutes } from './edge/subscriber-routes.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { parseEnv } from './wiring/env.ts';
import { idempotencyOf } from './wiring/idempotency.ts';
import { SubscriptionsEnv } from './wiring/notification-env.ts';
import { subscriberPartsOf } from './wiring/subscriptions.ts';

const house = createHouse(parseEnv(SubscriptionsEnv));

const routes = once(() =>
  createSubscriberRoutes({
    ...subscriberPartsOf(house),
    identifier: identifierOf(house),
    acts: auditOf(house),
    idempotency: idempotencyOf(house),
    clock: systemClock,
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
