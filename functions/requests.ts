/** GET /v1/requests/{requestId}: why one request was answered as it was. */

import { httpHandler } from './edge/http-handler.ts';
import { createRequestRoutes } from './edge/request-routes.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { parseEnv, RequestsEnv } from './wiring/env.ts';
import { wireRequests } from './wiring/requests.ts';

const env = parseEnv(RequestsEnv);

export const handler = httpHandler(env, createRequestRoutes(wireRequests(env, createDocumentClient())));
