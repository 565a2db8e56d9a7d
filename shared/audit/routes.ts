/** The routes of /v1/audit. */
import { route } from '../routes/route.ts';
import { AuditDocument, AuditParameters } from './audit-document.ts';

export const readAudit = route({
  id: 'readAudit',
  method: 'GET',
  path: '/v1/audit',
  capability: 'audit',
  scope: 'audit:read',
  fresh: true,
  summary: 'Writes and admin acts, newest first',
  description:
    'A page may hold fewer entries than asked for, or none, and still have a `links.next`: read on until there is none. Entries of the last seconds may be missing where a consumer or an entity is named.',
  query: AuditParameters,
  answers: { 200: AuditDocument, 503: 'AUDIT_UNAVAILABLE' },
});

export const auditRoutes = [readAudit] as const;
