/** Notifications on demand: in any order, several times, broken, pushed or only to be pulled. */
import { badRequest } from '../errors.ts';
import { arrayOf, type Json, type JsonObject, numberOf, objectOf, ownOf, textOf } from '../json.ts';
import type { Notification } from '../tenant/notifications.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { ControlState } from './act.ts';

const record = (tenant: Tenant, event: JsonObject): Notification => {
  const entityId = textOf(event.entityId);
  const createdAt = textOf(event.createdAt);
  if (entityId === undefined) throw badRequest('Each event needs an entityId.');
  return tenant.notifications.record({
    type: textOf(event.type) ?? 'create',
    createdBy: textOf(event.createdBy) ?? '101',
    entityId,
    isDismissed: event.isDismissed === true,
    ...(createdAt === undefined ? {} : { createdAtMillis: Date.parse(createdAt) }),
    ...(typeof event.comment === 'string' ? { comment: event.comment } : {}),
  });
};

const orders: Readonly<Record<string, (notifications: Notification[], tenant: Tenant) => Notification[]>> = {
  given: (notifications) => notifications,
  reversed: (notifications) => notifications.toReversed(),
  shuffled: (notifications, { random }) => {
    const keyed = notifications.map((notification) => ({ notification, key: random.next() }));
    return keyed.toSorted((a, b) => a.key - b.key).map(({ notification }) => notification);
  },
};

/** `{events:[{type, entityId, …}], order?, copies?, malformed?, push?}`; answers the ids once every push was answered. */
export const emitEvents = async (state: ControlState, body: JsonObject): Promise<Json> => {
  const tenant = state.tenant();
  const given = body.events === undefined ? [body] : arrayOf(body.events);
  const order = ownOf(orders, textOf(body.order) ?? 'given');
  if (order === undefined) throw badRequest(`order must be one of ${Object.keys(orders).join(', ')}.`);
  const { malformed } = body;
  if (malformed !== undefined && malformed !== 'json' && malformed !== 'noId')
    throw badRequest('malformed must be json or noId.');
  const notifications = given.map((event) => record(tenant, objectOf(event)));
  const copies = numberOf(body.copies) ?? 1;
  if (body.push !== false)
    for (const notification of order(notifications, tenant))
      await state.pusher.push(tenant, notification, { copies, ...(malformed === undefined ? {} : { malformed }) });
  return { ids: notifications.map(({ id }) => id) };
};
