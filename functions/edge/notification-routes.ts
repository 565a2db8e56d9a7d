/** The handlers of /v1/notifications. An event of the facade that concerns one consumer is there for that one only. */
import { AppError } from '../../shared/errors/app-error.ts';
import type { Caller } from '../../shared/exchange/consumer.ts';
import { nextPageOf } from '../../shared/http/next-page.ts';
import type { Entry, Ledger } from '../../shared/notifications/ledger.ts';
import { isFor } from '../../shared/notifications/notification.ts';
import {
  toDeliveriesDocument,
  toNotificationDocument,
  toNotificationsDocument,
  toPullDocument,
} from '../../shared/notifications/notification-document.ts';
import type { PullRequests } from '../../shared/notifications/pull-lease.ts';
import type { notificationRoutes } from '../../shared/notifications/routes.ts';
import { searchLedger } from '../../shared/notifications/search.ts';
import type { Subscriptions } from '../../shared/subscriptions/subscriptions.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Handlers } from './capability.ts';
import type { HttpRequest } from './http-request.ts';

export type NotificationParts = {
  readonly ledger: Pick<Ledger, 'list' | 'read'>;
  readonly subscriptions: Pick<Subscriptions, 'list'>;
  readonly pullRequests: PullRequests;
  readonly clock: Clock;
};

type Reader = { readonly isAdmin: boolean; readonly caller: Caller };

/** Whether a caller may know of a notification: of one that concerns a consumer, that one and administrators. */
export const maySee = ({ isAdmin, caller }: Reader, { notification }: Entry): boolean =>
  isAdmin || isFor(notification, caller.consumer);

/** The address of the page behind this one; undefined where this is the last. */
export const nextPage = ({ publicUrl, path, query }: HttpRequest, cursor: string | undefined): string | undefined =>
  cursor === undefined ? undefined : nextPageOf(`${publicUrl}${path}`, query, cursor);

export const notificationHandlers = ({
  ledger,
  subscriptions,
  pullRequests,
  clock,
}: NotificationParts): Handlers<typeof notificationRoutes> => {
  const read = async (id: string, reader: Reader): Promise<Entry> => {
    const entry = await ledger.read(id);
    if (entry && maySee(reader, entry)) return entry;
    throw new AppError('NOTIFICATION_UNKNOWN', { detail: 'No notification has this id. They are kept for 180 days.' });
  };

  return {
    listNotifications: async ({ query, request, ...reader }) => {
      const { 'filter[type]': type, 'filter[entity]': entity } = query;
      const isWanted = (entry: Entry): boolean =>
        maySee(reader, entry) &&
        (type === undefined || entry.notification.type === type) &&
        (entity === undefined || entry.notification.entity === entity);
      const search = {
        fromMillis: query['filter[from]'],
        untilMillis: query['filter[until]'],
        limit: query['page[limit]'],
        cursor: query['page[cursor]'],
        isWanted,
      };
      const { entries, cursor } = await searchLedger(ledger, search, clock.nowMillis());
      return { status: 200, document: toNotificationsDocument(entries, nextPage(request, cursor)) };
    },

    readNotification: async ({ path: { notificationId }, ...reader }) => ({
      status: 200,
      document: toNotificationDocument(await read(notificationId, reader)),
    }),

    pullNotifications: async ({ act }) => {
      const document = toPullDocument(clock.nowMillis());
      await act('notifications', () => pullRequests.add());
      return { status: 202, document };
    },

    listNotificationDeliveries: async ({ path: { notificationId }, ...reader }) => {
      const { dispatched } = await read(notificationId, reader);
      const own = new Set((await subscriptions.list(reader.caller.consumer)).map(({ id }) => id));
      const shown = (dispatched?.deliveries ?? []).filter(
        ({ subscriptionId }) => reader.isAdmin || own.has(subscriptionId),
      );
      return { status: 200, document: toDeliveriesDocument(shown.map((one) => ({ ...one, notificationId }))) };
    },
  };
};
