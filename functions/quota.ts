/** /v1/quota and /v1/quota/bookings: how the tenant's budget stands, and calls reserved for tonight. */

import { httpHandler } from './edge/http-handler.ts';
import { createQuotaRoutes } from './edge/quota-routes.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { parseEnv, QuotaEnv } from './wiring/env.ts';
import { wireQuotaAdmin } from './wiring/quota.ts';

const env = parseEnv(QuotaEnv);

export const handler = httpHandler(env, createQuotaRoutes(wireQuotaAdmin(env, createDocumentClient())));
