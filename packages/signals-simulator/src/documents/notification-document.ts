/** A notification as it is pulled and as it is pushed; the switch picks the shape of the specification. */
import type { Json, JsonObject } from '../json.ts';
import type { Notification } from '../tenant/notifications.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { includedEntity } from './entity-document.ts';
import { includedUser } from './user-document.ts';

/** The guide has text or null; the specification an object, empty without a comment. */
const commentOf = (tenant: Tenant, comment: string | undefined): Json => {
  if (!tenant.switches.specNotifications) return comment ?? null;
  return comment === undefined ? {} : { comment };
};

export const notificationResource = (tenant: Tenant, base: string, notification: Notification): JsonObject => {
  const entity = tenant.entities.get(notification.entityId);
  const type = tenant.switches.specNotifications ? (entity?.type ?? 'entity') : 'entity';
  return {
    type: 'notification',
    id: notification.id,
    links: { self: `${base}/notifications/${notification.id}` },
    attributes: {
      id: notification.id,
      eid: notification.id,
      type: notification.type,
      createdAt: new Date(notification.createdAtMillis).toISOString(),
      isDismissed: notification.isDismissed,
      isRead: notification.isRead,
      isFlagged: notification.isFlagged,
      comment: commentOf(tenant, notification.comment),
    },
    relationships: {
      createdBy: {
        links: { self: `${base}/users/${notification.createdBy}` },
        data: { type: 'user', id: notification.createdBy },
      },
      entity: {
        links: { self: `${base}/entities/${notification.entityId}` },
        data: { type, id: notification.entityId },
      },
    },
  };
};

/** Users and entities that these notifications speak of, each once. */
export const notificationIncluded = (tenant: Tenant, base: string, notifications: readonly Notification[]): Json[] => {
  const users = [...new Set(notifications.map(({ createdBy }) => createdBy))].flatMap(
    (id) => tenant.people.users.get(id) ?? [],
  );
  const entities = [...new Set(notifications.map(({ entityId }) => entityId))].flatMap(
    (id) => tenant.entities.get(id) ?? [],
  );
  return [
    ...users.map((user) => includedUser(base, user)),
    ...entities.map((entity) => includedEntity({ base, tenant }, entity)),
  ];
};

export const notificationDocument = (tenant: Tenant, base: string, notification: Notification): Json => ({
  links: { self: `${base}/notifications/${notification.id}` },
  data: notificationResource(tenant, base, notification),
  included: notificationIncluded(tenant, base, [notification]),
});
