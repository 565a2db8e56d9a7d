/** /v1/requests and /v1/usage: why requests were answered as they were, and what consumers used. */

import { createDynamoRequestStore } from '../shared/requests/adapters/dynamodb.ts';
import { systemClock } from '../shared/time/clock.ts';
import { createDynamoUsageStore } from '../shared/usage/adapters/dynamodb.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createRequestRoutes } from './edge/request-routes.ts';
import { createHouse, once } from './house.ts';
import { identifierOf } from './wiring/consumers.ts';
import { dynamoOf } from './wiring/dynamo.ts';
import { parseEnv, RequestsEnv } from './wiring/env.ts';

const house = createHouse(parseEnv(RequestsEnv));

const routes = once(() =>
  createRequestRoutes({
    identifier: identifierOf(house),
    store: createDynamoRequestStore(dynamoOf(house), house.env.REQUESTS_TABLE),
    usage: createDynamoUsageStore(dynamoOf(house), house.env.REQUESTS_TABLE, 0),
    clock: systemClock,
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
