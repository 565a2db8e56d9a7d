/** GET /v1/audit: the audit log by time, consumer and entity. */

import { createDynamoAuditLog } from '../shared/audit/adapters/dynamodb.ts';
import { systemClock } from '../shared/time/clock.ts';
import { createAuditRoutes } from './edge/audit-routes.ts';
import { httpHandler } from './edge/http-handler.ts';
import { createHouse, once } from './house.ts';
import { identifierOf } from './wiring/consumers.ts';
import { dynamoOf } from './wiring/dynamo.ts';
import { AuditEnv, parseEnv } from './wiring/env.ts';

const house = createHouse(parseEnv(AuditEnv));

const routes = once(() =>
  createAuditRoutes({
    identifier: identifierOf(house),
    log: createDynamoAuditLog(dynamoOf(house), house.env.AUDIT_TABLE, Date.now),
    clock: systemClock,
  }),
);

export const handler = httpHandler(house.env, (request, facts) => routes()(request, facts));
