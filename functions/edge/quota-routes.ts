/** The routes of /v1/quota: how the budget stands, and bookings. Reading needs the scope quota:read, booking quota:write. */
import type { ScopeKind } from '../../shared/catalogue/operation.ts';
import type { Caller } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  BookingBody,
  bookingRefusal,
  toBookingDocument,
  toBookingRequest,
  toBookingsDocument,
} from '../../shared/quota/booking-document.ts';
import type { createBookings } from '../../shared/quota/booking-store.ts';
import type { QuotaPolicy } from '../../shared/quota/policy.ts';
import type { QuotaStore } from '../../shared/quota/quota-store.ts';
import { takeSnapshot, toQuotaDocument } from '../../shared/quota/snapshot.ts';
import { emptyState } from '../../shared/quota/state.ts';
import { type Acts, noActs } from './acts.ts';
import { authorise } from './authorise.ts';
import { documentReply, type Handle, type HttpReply } from './http-handler.ts';
import type { HttpRequest } from './http-request.ts';
import { readBody } from './read-body.ts';

export type QuotaParts = {
  readonly identifier: Identifier;
  readonly store: QuotaStore;
  readonly bookings: ReturnType<typeof createBookings>;
  readonly policy: QuotaPolicy;
  /** Which upstream's budget. */
  readonly name: string;
  readonly nowMillis: () => number;
  /** Records bookings; without it nothing is recorded. */
  readonly acts?: Acts;
};

export const createQuotaRoutes = ({
  identifier,
  store,
  bookings,
  policy,
  name,
  nowMillis,
  acts = noActs,
}: QuotaParts): Handle => {
  const allow = (request: HttpRequest, kind: ScopeKind): Promise<Caller> =>
    authorise(identifier, request, 'quota', kind);

  const readQuota = async (): Promise<HttpReply> => {
    const { value } = await store.read();
    return documentReply(200, toQuotaDocument(takeSnapshot(value?.state ?? emptyState, policy, nowMillis()), name));
  };

  const book = async (request: HttpRequest): Promise<HttpReply> => {
    const caller = await allow(request, 'write');
    const { id } = caller.consumer;
    const wanted = toBookingRequest(readBody(request, BookingBody), id);
    const act = { caller, requestId: request.requestId, act: 'bookings.create', target: id };
    return acts.around(act, async () => {
      const answer = await bookings.book(wanted);
      if (answer.kind === 'admitted') return documentReply(201, toBookingDocument(answer.booking));
      throw new AppError('BOOKING_REFUSED', { detail: bookingRefusal(answer) ?? '' });
    });
  };

  const cancel = async (request: HttpRequest): Promise<HttpReply> => {
    const caller = await allow(request, 'write');
    const target = request.pathParameters.bookingId ?? '';
    const act = { caller, requestId: request.requestId, act: 'bookings.cancel', target };
    return acts.around(act, async () => {
      if (await bookings.cancel(target, caller.consumer.id)) return { status: 204, headers: [], body: undefined };
      throw new AppError('BOOKING_UNKNOWN', { detail: 'No booking of yours that is still to end has this id.' });
    });
  };

  return async (request) => {
    if (request.method === 'POST') return book(request);
    if (request.method === 'DELETE') return cancel(request);
    await allow(request, 'read');
    return request.route === '/v1/quota' ? readQuota() : documentReply(200, toBookingsDocument(await bookings.list()));
  };
};
