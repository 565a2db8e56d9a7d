/**
 * The routes of /v1/quota: how the budget stands, and bookings. Reading needs the scope quota:read, booking quota:write. A
 * consumer sees and cancels its own; with quota-admin it sees, and with quota-admin:write it cancels, those of all.
 */
import { changesBetween } from '../../shared/audit/changes.ts';
import { type Caller, holdsScope } from '../../shared/consumers/consumer.ts';
import type { Identifier } from '../../shared/consumers/identify.ts';
import { scopeMissing } from '../../shared/consumers/scope-missing.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import {
  BookingBody,
  bookingFacts,
  bookingRefusal,
  toBookingDocument,
  toBookingRequest,
  toBookingsDocument,
} from '../../shared/quota/booking-document.ts';
import type { createBookings } from '../../shared/quota/booking-store.ts';
import type { QuotaPolicy } from '../../shared/quota/policy.ts';
import type { QuotaStore } from '../../shared/quota/quota-store.ts';
import { ofConsumer, takeSnapshot, toQuotaDocument } from '../../shared/quota/snapshot.ts';
import { emptyState } from '../../shared/quota/state.ts';
import { type Acts, gatherChanges, noActs } from './acts.ts';
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
  /** Everywhere but for a new booking the record decides as it is now: it may have lost the rights of an administrator. */
  const allow = async (request: HttpRequest, kind: 'read' | 'write'): Promise<{ caller: Caller; seesAll: boolean }> => {
    const caller = await identifier.identify(request.headers, { fresh: true });
    const seesAll = holdsScope(caller.consumer, 'quota-admin', kind);
    if (seesAll || holdsScope(caller.consumer, 'quota', kind)) return { caller, seesAll };
    throw scopeMissing(caller.consumer, [`quota:${kind}`]);
  };

  const readQuota = async ({ caller, seesAll }: { caller: Caller; seesAll: boolean }): Promise<HttpReply> => {
    const { value } = await store.read();
    const snapshot = takeSnapshot(value?.state ?? emptyState, policy, nowMillis());
    return documentReply(200, toQuotaDocument(seesAll ? snapshot : ofConsumer(snapshot, caller.consumer.id), name));
  };

  const book = async (request: HttpRequest): Promise<HttpReply> => {
    const caller = await authorise(identifier, request, 'quota', 'write');
    const { id } = caller.consumer;
    const wanted = toBookingRequest(readBody(request, BookingBody), id);
    const { note, changes } = gatherChanges();
    const asked = bookingFacts(wanted);
    const act = { caller, requestId: request.requestId, act: 'bookings.create', target: id, asked, changes };
    return acts.around(act, async () => {
      const answer = await bookings.book(wanted);
      if (answer.kind === 'admitted') {
        note(changesBetween(undefined, bookingFacts(answer.booking), answer.booking.id));
        return documentReply(201, toBookingDocument(answer.booking));
      }
      throw new AppError('BOOKING_REFUSED', { detail: bookingRefusal(answer) ?? '' });
    });
  };

  const cancel = async (request: HttpRequest): Promise<HttpReply> => {
    const { caller, seesAll } = await allow(request, 'write');
    const target = request.pathParameters.bookingId ?? '';
    const { note, changes } = gatherChanges();
    const act = { caller, requestId: request.requestId, act: 'bookings.cancel', target, changes };
    return acts.around(act, async () => {
      const whose = seesAll ? undefined : caller.consumer.id;
      const before = (await bookings.list(whose)).find((booking) => booking.id === target);
      const isCancelled = await bookings.cancel(target, whose);
      if (isCancelled) {
        note(changesBetween(before && bookingFacts(before), undefined));
        return { status: 204, headers: [], body: undefined };
      }
      const named = seesAll ? 'No booking' : 'No booking of yours';
      throw new AppError('BOOKING_UNKNOWN', { detail: `${named} that is still to end has this id.` });
    });
  };

  return async (request) => {
    if (request.method === 'POST') return book(request);
    if (request.method === 'DELETE') return cancel(request);
    const reader = await allow(request, 'read');
    if (request.route === '/v1/quota') return readQuota(reader);
    return documentReply(
      200,
      toBookingsDocument(await bookings.list(reader.seesAll ? undefined : reader.caller.consumer.id)),
    );
  };
};
