/** The audit log of writes and administrative acts. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDynamoAuditLog } from '../../shared/audit/adapters/dynamodb.ts';
import { type Audit, createAudit } from '../../shared/audit/audit.ts';
import type { AuditRecord } from '../../shared/audit/record.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { AuditWriterEnv } from './env.ts';

/** The record itself may go to the log, because it contains nothing that only the audit table may contain. */
export const reportLostRecord = (record: AuditRecord, cause: unknown): void => {
  logger.error('audit: a record was lost', { audit: record, error: cause as Error });
  putMetrics({ AuditRecordsLost: 1 });
};

const makeAudit = (house: House<AuditWriterEnv>): Audit =>
  createAudit({
    log: createDynamoAuditLog(dynamoOf(house, 'audit'), house.env.AUDIT_TABLE, Date.now),
    clock: systemClock,
    newId: randomUUID,
    retentionDays: house.env.AUDIT_RETENTION_DAYS,
    whenStoreFails: house.env.AUDIT_WHEN_STORE_FAILS,
    onLost: reportLostRecord,
    pause: sleep,
  });

/** For `aroundWrite` of the native pipeline, and as `Acts` of the admin routes. */
export const auditOf = (house: House<AuditWriterEnv>) => house.part(makeAudit);
