/** The audit log: around writes and admin acts, and for who reads it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { createDynamoAuditLog } from '../../shared/audit/adapters/dynamodb.ts';
import { type Audit, createAudit } from '../../shared/audit/audit.ts';
import type { AuditRecord } from '../../shared/audit/record.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { AuditParts } from '../edge/audit-routes.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import { wireIdentifier } from './consumers.ts';
import { createDocumentClient } from './dynamo.ts';
import type { AuditEnv, AuditWriterEnv } from './env.ts';

/** The record itself goes to the log: it holds nothing that the audit table may hold and the log may not. */
const reportLost = (record: AuditRecord, cause: unknown): void => {
  logger.error('audit: a record was lost', { audit: record, error: cause as Error });
  putMetrics({ AuditRecordsLost: 1 });
};

/** For `aroundWrite` of the native pipeline, and as `Acts` of the admin routes. */
export const wireAudit = (env: z.infer<typeof AuditWriterEnv>): Audit => {
  // A client of its own: every write waits for the log, and a store that hangs must not hold it for minutes.
  const dynamo = createDocumentClient({ maxAttempts: 2, requestMillis: 1_500, connectionMillis: 1_000 });
  return createAudit({
    log: createDynamoAuditLog(dynamo, env.AUDIT_TABLE, Date.now),
    clock: systemClock,
    newId: randomUUID,
    retentionDays: env.AUDIT_RETENTION_DAYS,
    whenStoreFails: env.AUDIT_WHEN_STORE_FAILS,
    onLost: reportLost,
    pause: sleep,
  });
};

export const wireAuditReader = (env: z.infer<typeof AuditEnv>, dynamo: DynamoDBDocumentClient): AuditParts => ({
  identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
  log: createDynamoAuditLog(dynamo, env.AUDIT_TABLE, Date.now),
  clock: systemClock,
});
