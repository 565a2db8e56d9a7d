/** /v1/consumers: who may call, and with which keys. */

import { createConsumerAdmin } from '../shared/consumers/admin.ts';
import { createConsumerKeys } from '../shared/consumers/keys.ts';
import { systemClock } from '../shared/time/clock.ts';
import { createConsumerRoutes } from './edge/consumer-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { consumerStoreOf, identifierOf } from './wiring/consumers.ts';
import { ConsumersEnv, parseEnv } from './wiring/env.ts';
import { idempotencyOf } from './wiring/idempotency.ts';
import { createKnownScopes } from './wiring/scopes.ts';

const house = createHouse(parseEnv(ConsumersEnv));
const issuers = house.env.OIDC_ISSUERS.map(({ issuer }) => issuer);

const routes = once(() =>
  createConsumerRoutes({
    identifier: identifierOf(house),
    admin: createConsumerAdmin(consumerStoreOf(house), systemClock, issuers),
    keys: createConsumerKeys(consumerStoreOf(house), systemClock, issuers),
    clock: systemClock,
    issuers,
    scopes: createKnownScopes(),
    acts: auditOf(house),
    idempotency: idempotencyOf(house),
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
