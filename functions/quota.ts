/** /v1/quota and /v1/quota/bookings: how the tenant's budget stands, and calls reserved for tonight. */
import { parseEnv, QuotaEnv } from '../shared/config/env.ts';
import { idempotently } from '../shared/idempotency/on-routes.ts';
import { authorise } from './edge/authorise.ts';
import { httpHandler } from './edge/http-handler.ts';
import type { HttpRequest } from './edge/http-request.ts';
import { createQuotaRoutes } from './edge/quota-routes.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { wireIdempotency } from './wiring/idempotency.ts';
import { wireQuotaAdmin } from './wiring/quota.ts';

const env = parseEnv(QuotaEnv);
const dynamo = createDocumentClient();
const parts = wireQuotaAdmin(env, dynamo);
const callerOf = (request: HttpRequest) => authorise(parts.identifier, request, 'quota', 'write');

export const handler = httpHandler(
  env,
  idempotently(wireIdempotency(env), callerOf, () => 'keep', createQuotaRoutes(parts)),
);
