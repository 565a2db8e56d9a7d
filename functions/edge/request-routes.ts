/**
 * GET /v1/requests/{requestId}: for the consumer that made the request. Others need the scope requests:read by that name:
 * `*:read` is what every reader of the tenant holds, and does not count.
 */
import * as z from 'zod';
import type { Consumer } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { toRequestDocument } from '../../shared/requests/request-document.ts';
import { findRequest, type RequestStore } from '../../shared/requests/request-log.ts';
import type { Clock } from '../../shared/time/clock.ts';
import { documentReply, type Handle } from './http-handler.ts';

/** Lambda gives every invocation a UUID; the header X-Request-Id and every error document show it. */
const RequestId = z.guid().transform((id) => id.toLowerCase());

const parseId = (text: string): string => {
  const result = RequestId.safeParse(text);
  if (result.success) return result.data;
  throw new AppError('REQUEST_INVALID', {
    detail: 'A request id is the UUID in the X-Request-Id header of an answer.',
    source: { parameter: 'requestId' },
  });
};

const seesAll = ({ scopes }: Consumer): boolean =>
  scopes.some((scope) => scope === 'requests:read' || scope === 'requests:*');

export type RequestParts = { readonly identifier: Identifier; readonly store: RequestStore; readonly clock: Clock };

export const createRequestRoutes =
  ({ identifier, store, clock }: RequestParts): Handle =>
  async (request, facts) => {
    const { consumer } = await identifier.identify(request.headers);
    facts.consumer = consumer.id;
    const id = parseId(request.pathParameters.requestId ?? '');
    const reader = { consumerId: consumer.id, seesAll: seesAll(consumer) };
    const record = await findRequest(store, id, reader, clock.nowMillis());
    return documentReply(200, toRequestDocument(record, request.publicUrl));
  };
