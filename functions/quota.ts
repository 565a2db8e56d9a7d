/** /v1/quota and /v1/quota/bookings: the tenant's budget, and bookings. */

import { namingFailures } from '../shared/errors/store-failure.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createQuotaRoutes } from './edge/quota-routes.ts';
import { createHouse, once } from './house.ts';
import { auditOf } from './wiring/audit.ts';
import { identifierOf } from './wiring/consumers.ts';
import { parseEnv, QuotaEnv } from './wiring/env.ts';
import { idempotencyOf } from './wiring/idempotency.ts';
import { budgetName, createBookingsFor, quotaPolicyOf, quotaReaderOf } from './wiring/quota.ts';

const house = createHouse(parseEnv(QuotaEnv));
const bounds = {
  perConsumer: house.env.BOOKINGS_PER_CONSUMER,
  consumerShare: house.env.BOOKING_CONSUMER_SHARE,
  longestDays: house.env.BOOKING_DAYS,
  inAll: house.env.BOOKINGS_IN_ALL,
};

const routes = once(() =>
  createQuotaRoutes({
    identifier: identifierOf(house),
    // The governor itself turns failures of its store into errors.
    store: namingFailures('QUOTA_UNAVAILABLE', quotaReaderOf(house)),
    bookings: createBookingsFor(house, bounds),
    policy: quotaPolicyOf(house),
    name: budgetName,
    acts: auditOf(house),
    idempotency: idempotencyOf(house),
    nowMillis: Date.now,
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
