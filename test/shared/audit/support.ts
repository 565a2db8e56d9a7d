/** Builders of audit records; a case names only what matters to it. */
import type { AuditIntent, AuditRecord } from '../../../shared/audit/record.ts';

export const noon = Date.parse('2026-06-15T12:00:00Z');
const farSeconds = 4_102_444_800; // 2100-01-01T00:00:00Z

export const intent = (parts: Partial<AuditIntent> = {}): AuditIntent => ({
  stage: 'intent',
  id: 'a1',
  kind: 'native',
  requestId: 'request-1',
  startedMillis: noon,
  deleteAtSeconds: farSeconds,
  consumer: 'app',
  credential: { kind: 'service', id: 'k1', principal: 'service:signals' },
  operation: 'PATCH /entities/{eid}/properties',
  upstream: 'signals',
  group: 'entities',
  target: '/api/rest/v1.0/entities/experiment:e1/properties',
  entity: 'experiment:e1',
  ...parts,
});

export const outcome = (parts: Partial<Extract<AuditRecord, { stage: 'outcome' }>> = {}): AuditRecord => ({
  ...intent(),
  endedMillis: (parts.startedMillis ?? noon) + 40,
  outcome: 'done',
  status: 200,
  ...parts,
  stage: 'outcome',
});
