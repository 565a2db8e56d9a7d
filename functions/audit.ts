/** GET /v1/audit: the audit log by time, consumer and entity. */

import { createAuditRoutes } from './edge/audit-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { wireAuditReader } from './wiring/audit.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { AuditEnv, parseEnv } from './wiring/env.ts';

const env = parseEnv(AuditEnv);

export const handler = httpHandler(env, createAuditRoutes(wireAuditReader(env, createDocumentClient())));
