/** Pull notifications: outstanding ones by default, 180 days back, marks that are set by name. */
import {
  notificationDocument,
  notificationIncluded,
  notificationResource,
} from '../documents/notification-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, param, type Routes } from '../http/call.ts';
import { pagedDocument, readPage, slicePage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { at, textOf } from '../json.ts';
import type { Notification } from '../tenant/notifications.ts';

const readStatuses = (call: Call): ReadonlySet<string> => {
  const statuses = (call.query.get('status') ?? 'notdismissed').split(',');
  const wrong = statuses.find((status) => status !== 'dismissed' && status !== 'notdismissed');
  if (wrong !== undefined) throw badRequest(`status does not know "${wrong}".`);
  return new Set(statuses);
};

const readInstant = (call: Call, name: string): number | undefined => {
  const text = call.query.get(name);
  if (text === null) return undefined;
  const millis = Date.parse(text);
  if (Number.isNaN(millis)) throw badRequest(`${name} must be an ISO time.`);
  return millis;
};

const list = (call: Call) => {
  const page = readPage(call);
  const statuses = readStatuses(call);
  const from = readInstant(call, 'from') ?? Number.NEGATIVE_INFINITY;
  const to = readInstant(call, 'to') ?? Number.POSITIVE_INFINITY;
  const found = call.tenant.notifications
    .recent()
    .filter(({ isDismissed }) => statuses.has(isDismissed ? 'dismissed' : 'notdismissed'))
    .filter(({ createdAtMillis }) => createdAtMillis >= from && createdAtMillis <= to);
  const { items, hasMore } = slicePage(found, page);
  const data = items.map((item) => notificationResource(call.tenant, call.base, item));
  const included = notificationIncluded(call.tenant, call.base, items);
  return ok(pagedDocument(call, page, { items: data, hasMore }, included.length > 0 ? { included } : {}));
};

const notificationOf = (call: Call): Notification => {
  const notification = call.tenant.notifications.get(param(call, 'id'));
  if (notification === undefined) throw notFound(`Notification ${param(call, 'id')} is not found.`);
  return notification;
};

const marks = ['isRead', 'isDismissed', 'isFlagged'] as const;

const patch = (call: Call) => {
  const notification = notificationOf(call);
  const data = at(bodyJson(call), 'data');
  if (!Array.isArray(data)) throw badRequest('data must be a list of marks.');
  for (const item of data) {
    const mark = marks.find((name) => name === textOf(at(item, 'attributes', 'name')));
    const value = at(item, 'attributes', 'value');
    if (mark === undefined || (value !== 'true' && value !== 'false'))
      throw badRequest('Each mark is isRead, isDismissed or isFlagged with "true" or "false".');
    notification[mark] = value === 'true';
  }
  return ok(notificationDocument(call.tenant, call.base, notification));
};

export const notificationRoutes: Routes = {
  'GET /notifications': list,
  'GET /notifications/{id}': (call) => ok(notificationDocument(call.tenant, call.base, notificationOf(call))),
  'PATCH /notifications/{id}': patch,
};
