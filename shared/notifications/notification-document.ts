/** Notifications and what was sent to whom, as JSON:API documents: `/v1/notifications`. */
import * as z from 'zod';
import { instantParameter } from '../http/instant-parameter.ts';
import { pageSize } from '../http/page-size.ts';
import { toIso } from '../time/iso.ts';
import { type Delivery, type Entry, keptDays } from './ledger.ts';

/** Query parameters of `GET /v1/notifications`. */
export const NotificationParameters = z.strictObject({
  'filter[type]': z.string().min(1).max(100).optional().describe('Native type, such as `close`.'),
  'filter[entity]': z.string().min(1).max(256).optional().describe('Id of the entity.'),
  'filter[from]': instantParameter
    .optional()
    .describe(`Received at this instant or later; at most ${keptDays} days back.`),
  'filter[until]': instantParameter.optional().describe('Received before this instant.'),
  'page[limit]': pageSize(50, 100).describe('Notifications on a page.'),
  'page[cursor]': z.string().max(500).optional().describe('From `links.next`.'),
});

const NotificationResource = z.strictObject({
  type: z.literal('notification'),
  id: z.string(),
  attributes: z.strictObject({
    type: z.string().describe('Native type, such as `close`.'),
    entity: z.string(),
    createdAt: z.iso.datetime().describe("By the tenant's clock."),
    receivedAt: z.iso.datetime().describe('When the facade stored it.'),
    origin: z
      .enum(['push', 'mirror', 'pull', 'reconstructed', 'facade'])
      .describe(
        '`mirror`: another facade has forwarded its push. `reconstructed`: the tenant has no notification of a change that the facade has seen.',
      ),
    state: z
      .enum(['waiting', 'dispatched'])
      .describe('`waiting`: not every subscription that matches has been served.'),
    sequence: z.int().optional().describe('Place in the order of the entity.'),
    late: z.boolean().optional().describe('It came after a later one of its entity.'),
    document: z.unknown().optional().describe('The native document; on the notification alone, not in lists.'),
  }),
});
export const PullDocument = z.strictObject({
  data: z.strictObject({
    type: z.literal('notification-pull'),
    id: z.iso.datetime().describe('When it was asked for.'),
    attributes: z.strictObject({
      state: z.literal('under-way').describe('What it finds is in `/v1/notifications`, with the origin `pull`.'),
    }),
  }),
});

export const toPullDocument = (nowMillis: number): z.infer<typeof PullDocument> => ({
  data: { type: 'notification-pull', id: toIso(nowMillis), attributes: { state: 'under-way' } },
});

export const NotificationDocument = z
  .strictObject({ data: NotificationResource })
  .meta({ id: 'NotificationDocument', description: 'The notification.' });
export const NotificationsDocument = z
  .strictObject({ links: z.strictObject({ next: z.url().optional() }), data: z.array(NotificationResource) })
  .meta({ id: 'NotificationsDocument', description: 'A page of notifications, the newest first.' });

const DeliveryResource = z.strictObject({
  type: z.literal('delivery'),
  id: z.string(),
  attributes: z.strictObject({
    notificationId: z.string(),
    subscriptionId: z.string(),
    outcome: z
      .enum(['attempting', 'sent', 'pending', 'unknown', 'dead-letter', 'coalesced'])
      .describe('`pending`: it is tried again. `unknown`: no answer came, so it may be in the queue.'),
    at: z.iso.datetime(),
    messageId: z.string().optional().describe("SQS's id of the message."),
    reason: z.string().optional().describe('Why it was not sent.'),
  }),
});
export const DeliveriesDocument = z
  .strictObject({ links: z.strictObject({ next: z.url().optional() }), data: z.array(DeliveryResource) })
  .meta({ id: 'DeliveriesDocument', description: 'What was sent, or is still to be sent.' });

const toResource = ({ notification, dispatched }: Entry, isWhole: boolean): z.input<typeof NotificationResource> => ({
  type: 'notification',
  id: notification.id,
  attributes: {
    type: notification.type,
    entity: notification.entity,
    createdAt: toIso(notification.createdAtMillis),
    receivedAt: toIso(notification.receivedAtMillis),
    origin: notification.origin,
    state: dispatched ? 'dispatched' : 'waiting',
    ...(dispatched && dispatched.sequence > 0 ? { sequence: dispatched.sequence } : {}),
    ...(dispatched?.isLate ? { late: true } : {}),
    ...(isWhole ? { document: notification.document } : {}),
  },
});

export const toNotificationDocument = (entry: Entry) => ({ data: toResource(entry, true) });
export const toNotificationsDocument = (entries: readonly Entry[], next: string | undefined) => ({
  links: next === undefined ? {} : { next },
  data: entries.map((entry) => toResource(entry, false)),
});

export type DeliveryOf = Delivery & { readonly notificationId: string };

export const toDeliveriesDocument = (deliveries: readonly DeliveryOf[], next?: string) => ({
  links: next === undefined ? {} : { next },
  data: deliveries.map(({ notificationId, subscriptionId, outcome, atMillis, messageId, reason }) => ({
    type: 'delivery' as const,
    id: `${notificationId}:${subscriptionId}`,
    attributes: {
      notificationId,
      subscriptionId,
      outcome,
      at: toIso(atMillis),
      ...(messageId === undefined ? {} : { messageId }),
      ...(reason === undefined ? {} : { reason }),
    },
  })),
});
