/** The routes of /v1/audit: who changed what, newest first. */
import { toAuditDocument, toAuditQuery } from '../../shared/audit/audit-document.ts';
import { readAuditPage } from '../../shared/audit/page.ts';
import type { AuditLog } from '../../shared/audit/record.ts';
import { auditRoutes } from '../../shared/audit/routes.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type CapabilityParts, capability } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type AuditParts = CapabilityParts & { readonly log: AuditLog; readonly clock: Clock };

export const createAuditRoutes = ({ log, clock, ...parts }: AuditParts): Handle =>
  capability(auditRoutes)(parts, {
    readAudit: async ({ query, request }) => {
      const nowMillis = clock.nowMillis();
      const page = await readAuditPage(log, toAuditQuery(query, nowMillis), nowMillis);
      return { status: 200, document: toAuditDocument(page, `${request.publicUrl}/v1/audit`, request.query) };
    },
  });
