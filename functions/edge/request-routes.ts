/**
 * The routes of /v1/requests and /v1/usage: a consumer sees its own. Others need the scope requests:read, named explicitly:
 * `*:read` does not count, because every reader of the tenant holds it.
 */
import { scopeMissing } from '../../shared/consumers/scope-missing.ts';
import type { Consumer } from '../../shared/exchange/consumer.ts';
import { listRequests } from '../../shared/requests/list.ts';
import { toRequestDocument } from '../../shared/requests/request-document.ts';
import { toRequestFilter, toRequestListDocument } from '../../shared/requests/request-list-document.ts';
import { findRequest } from '../../shared/requests/request-log.ts';
import type { RequestStore } from '../../shared/requests/request-store.ts';
import { requestRoutes } from '../../shared/requests/routes.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { listUsage } from '../../shared/usage/list.ts';
import { usageRoutes } from '../../shared/usage/routes.ts';
import { toUsageDocument, toUsageFilter } from '../../shared/usage/usage-document.ts';
import type { UsageStore } from '../../shared/usage/usage-store.ts';
import { type CapabilityParts, capability } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type RequestParts = CapabilityParts & {
  readonly store: RequestStore;
  readonly usage: UsageStore;
  readonly clock: Clock;
};

/** Whose requests a list is about; undefined = those of all. @throws AppError SCOPE_MISSING for another's. */
const subjectOf = (consumer: Consumer, isAdmin: boolean, wanted: string | undefined): string | undefined => {
  if (isAdmin) return wanted;
  if (wanted !== undefined && wanted !== consumer.id) throw scopeMissing(consumer, ['requests:read']);
  return consumer.id;
};

export const createRequestRoutes = (parts: RequestParts): Handle =>
  capability([...requestRoutes, ...usageRoutes])(parts, {
    readRequest: async ({ caller: { consumer }, isAdmin, path, request }) => {
      const reader = { consumer, seesAll: isAdmin };
      const record = await findRequest(parts.store, path.requestId, reader, parts.clock.nowMillis());
      return { status: 200, document: toRequestDocument(record, request.publicUrl) };
    },

    listRequests: async ({ caller: { consumer }, isAdmin, query, request }) => {
      const consumerId = subjectOf(consumer, isAdmin, query['filter[consumer]']);
      const owner = isAdmin ? { consumerId } : { consumerId, incarnation: consumer.incarnation ?? '' };
      const filter = toRequestFilter(query, owner, parts.clock.nowMillis());
      const page = await listRequests(parts.store, filter, query['page[limit]'], query['page[cursor]']);
      return { status: 200, document: toRequestListDocument(page, request.publicUrl, request.query) };
    },

    readUsage: async ({ caller: { consumer }, isAdmin, query, request }) => {
      const subject = subjectOf(consumer, isAdmin, query['filter[consumer]']);
      const filter = toUsageFilter(query, subject, parts.clock.nowMillis());
      const page = await listUsage(parts.usage, filter, query['page[limit]'], query['page[cursor]']);
      return { status: 200, document: toUsageDocument(page, filter, request.publicUrl, request.query) };
    },
  });
