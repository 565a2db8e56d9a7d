/** /v1/quota and /v1/quota/bookings: how the tenant's budget stands, and calls reserved for tonight. */
import { parseEnv, QuotaEnv } from '../shared/config/env.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createQuotaRoutes } from './edge/quota-routes.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { wireQuotaAdmin } from './wiring/quota.ts';

const env = parseEnv(QuotaEnv);

export const handler = httpHandler(env, createQuotaRoutes(wireQuotaAdmin(env, createDocumentClient())));
