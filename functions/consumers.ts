/** /v1/consumers and /v1/me: who may call, with which keys, and who one is. */

import { httpHandler } from './edge/http-handler.ts';
import { wireConsumerRoutes } from './wiring/consumer-routes.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { ConsumersEnv, parseEnv } from './wiring/env.ts';

const env = parseEnv(ConsumersEnv);

export const handler = httpHandler(env, wireConsumerRoutes(env, createDocumentClient()));
