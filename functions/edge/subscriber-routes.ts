/** The routes of subscriptions, notifications and what is sent: one function answers all of them. */
import { subscriberRoutes } from '../../shared/fan-out/routes.ts';
import { type CapabilityParts, capability } from './capability.ts';
import { type DeliveryParts, deliveryHandlers } from './delivery-routes.ts';
import type { Handle } from './http-handler.ts';
import { type NotificationParts, notificationHandlers } from './notification-routes.ts';
import { type SubscriptionParts, subscriptionHandlers } from './subscription-routes.ts';

export type SubscriberParts = CapabilityParts & SubscriptionParts & NotificationParts & DeliveryParts;

export const createSubscriberRoutes = (parts: SubscriberParts): Handle =>
  capability(subscriberRoutes)(parts, {
    ...subscriptionHandlers(parts),
    ...notificationHandlers(parts),
    ...deliveryHandlers(parts),
  });
