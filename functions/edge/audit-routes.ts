/** The route of /v1/audit: who has changed what, newest first. Needs the scope audit:read. */
import { parseAuditQuery, toAuditDocument } from '../../shared/audit/audit-document.ts';
import { readAuditPage } from '../../shared/audit/page.ts';
import type { AuditLog } from '../../shared/audit/record.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { authorise } from './authorise.ts';
import { documentReply, type Handle } from './http-handler.ts';

export type AuditParts = { readonly identifier: Identifier; readonly log: AuditLog; readonly clock: Clock };

export const createAuditRoutes =
  ({ identifier, log, clock }: AuditParts): Handle =>
  async (request, facts) => {
    facts.consumer = (await authorise(identifier, request, 'audit', 'read', { fresh: true })).consumer.id;
    const nowMillis = clock.nowMillis();
    const page = await readAuditPage(log, parseAuditQuery(request.query, nowMillis), nowMillis);
    return documentReply(200, toAuditDocument(page, `${request.publicUrl}/v1/audit`, request.query));
  };
