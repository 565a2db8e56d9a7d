/**
 * GET /v1/requests/{requestId}: for the consumer that made the request. Others need the scope requests:read, named
 * explicitly: `*:read` does not count, because every reader of the tenant holds it.
 */
import { toRequestDocument } from '../../shared/requests/request-document.ts';
import { findRequest, type RequestStore } from '../../shared/requests/request-log.ts';
import { requestRoutes } from '../../shared/requests/routes.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { type CapabilityParts, capability } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type RequestParts = CapabilityParts & { readonly store: RequestStore; readonly clock: Clock };

export const createRequestRoutes = (parts: RequestParts): Handle =>
  capability(requestRoutes)(parts, {
    readRequest: async ({ caller: { consumer }, isAdmin, path, request }) => {
      const reader = { consumerId: consumer.id, seesAll: isAdmin };
      const record = await findRequest(parts.store, path.requestId, reader, parts.clock.nowMillis());
      return { status: 200, document: toRequestDocument(record, request.publicUrl) };
    },
  });
