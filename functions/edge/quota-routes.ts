/**
 * The routes of /v1/quota. A consumer sees and cancels its own bookings; with quota-admin it sees, and with quota-admin:write
 * it cancels, those of all.
 */
import { changesBetween } from '../../shared/audit/changes.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import type { Booking } from '../../shared/quota/booking.ts';
import {
  bookingFacts,
  bookingRefusal,
  toBookingDocument,
  toBookingRequest,
  toBookingsDocument,
} from '../../shared/quota/booking-document.ts';
import type { createBookings } from '../../shared/quota/booking-store.ts';
import type { QuotaPolicy } from '../../shared/quota/policy.ts';
import { toQuotaDocument } from '../../shared/quota/quota-document.ts';
import type { QuotaStore } from '../../shared/quota/quota-store.ts';
import { quotaRoutes } from '../../shared/quota/routes.ts';
import { ofConsumer, takeSnapshot } from '../../shared/quota/snapshot.ts';
import { emptyState } from '../../shared/quota/state.ts';
import { type CapabilityParts, capability, done, type Note } from './capability.ts';
import type { Handle } from './http-handler.ts';

export type QuotaParts = CapabilityParts & {
  readonly store: Pick<QuotaStore, 'read'>;
  readonly bookings: ReturnType<typeof createBookings>;
  readonly policy: QuotaPolicy;
  /** The upstream whose budget it is. */
  readonly name: string;
  readonly nowMillis: () => number;
};

/** The consumer whose bookings a call is about; undefined = those of all. */
const ownerFor = (isAdmin: boolean, { consumer }: Caller): string | undefined => (isAdmin ? undefined : consumer.id);

export const createQuotaRoutes = ({ store, bookings, policy, name, nowMillis, ...parts }: QuotaParts): Handle =>
  capability(quotaRoutes)(parts, {
    readQuota: async ({ isAdmin, caller }) => {
      const { value } = await store.read();
      const snapshot = takeSnapshot(value?.state ?? emptyState, policy, nowMillis());
      const shown = isAdmin ? snapshot : ofConsumer(snapshot, caller.consumer.id);
      return { status: 200, document: toQuotaDocument(shown, name) };
    },

    listBookings: async ({ isAdmin, caller }) => ({
      status: 200,
      document: toBookingsDocument(await bookings.list(ownerFor(isAdmin, caller))),
    }),

    createBooking: async ({ act, body, caller: { consumer } }) => {
      const wanted = toBookingRequest(body, consumer.id);
      const book = async (note: Note): Promise<Booking> => {
        const answer = await bookings.book(wanted);
        if (answer.kind !== 'admitted') throw new AppError('BOOKING_REFUSED', { detail: bookingRefusal(answer) ?? '' });
        note(changesBetween(undefined, bookingFacts(answer.booking), answer.booking.id));
        return answer.booking;
      };
      return { status: 201, document: toBookingDocument(await act(consumer.id, book, bookingFacts(wanted))) };
    },

    cancelBooking: async ({ act, isAdmin, caller, path: { bookingId } }) =>
      act(bookingId, async (note) => {
        const owner = ownerFor(isAdmin, caller);
        const before = (await bookings.list(owner)).find((booking) => booking.id === bookingId);
        if (!(await bookings.cancel(bookingId, owner))) {
          const named = isAdmin ? 'No booking' : 'No booking of yours';
          throw new AppError('BOOKING_UNKNOWN', { detail: `${named} that is still to end has this id.` });
        }
        note(changesBetween(before && bookingFacts(before), undefined));
        return done;
      }),
  });
