/** The routes of /v1/notifications: what happened in the tenant, and what was sent to whom. */
import * as z from 'zod';
import { route } from '../routes/route.ts';
import {
  DeliveriesDocument,
  NotificationDocument,
  NotificationParameters,
  NotificationsDocument,
  PullDocument,
} from './notification-document.ts';

const common = {
  capability: 'notifications',
  method: 'GET',
  scope: 'notifications:read',
  adminScope: 'notifications-admin:read',
} as const;
const parameters = z.object({ notificationId: z.string().describe('Id of the notification.') });

const listNotifications = route({
  ...common,
  id: 'listNotifications',
  path: '/v1/notifications',
  summary: 'Notifications by time, type and entity, the newest first',
  description:
    'A page may hold fewer notifications than asked for, or none, and still have a `links.next`: read on until there is none. Those of the last second may be missing.',
  query: NotificationParameters,
  answers: { 200: NotificationsDocument, 503: 'NOTIFICATIONS_UNAVAILABLE' },
});

const readNotification = route({
  ...common,
  id: 'readNotification',
  path: '/v1/notifications/{notificationId}',
  summary: 'One notification with its native document',
  parameters,
  answers: { 200: NotificationDocument, 404: 'NOTIFICATION_UNKNOWN', 503: 'NOTIFICATIONS_UNAVAILABLE' },
});

const listNotificationDeliveries = route({
  ...common,
  id: 'listNotificationDeliveries',
  path: '/v1/notifications/{notificationId}/deliveries',
  summary: 'To which of your subscriptions a notification was sent, and with what outcome',
  description:
    'With the scope `notifications-admin:read`, which `*` does not cover, those of all consumers. Replays and redrives are logged with the subscription.',
  parameters,
  answers: {
    200: DeliveriesDocument,
    404: 'NOTIFICATION_UNKNOWN',
    503: ['NOTIFICATIONS_UNAVAILABLE', 'SUBSCRIPTIONS_UNAVAILABLE'],
  },
});

const pullNotifications = route({
  capability: 'notifications',
  id: 'pullNotifications',
  method: 'POST',
  path: '/v1/notifications/pulls',
  scope: 'notifications-admin:write',
  fresh: true,
  summary: 'Have what no push has brought pulled now',
  description:
    'The answer does not wait for the pull, which begins within seconds as a rule. One runs at a time: asked for while another one runs, it is left to that one, or to the next scheduled one, which comes within five minutes. `*` does not cover the scope.',
  audit: 'notifications.pull',
  answers: { 202: PullDocument, 503: 'NOTIFICATIONS_UNAVAILABLE' },
});

export const notificationRoutes = [
  pullNotifications,
  listNotifications,
  readNotification,
  listNotificationDeliveries,
] as const;
