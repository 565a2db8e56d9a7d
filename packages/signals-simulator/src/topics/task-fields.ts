/** The fields of tasks: numbers 1 to 13 in every tenant, then those of the template (client-shapes, section 6). */
import { iso } from '../documents/entity-document.ts';
import type { Call } from '../http/call.ts';
import { at, type Json, textOf } from '../json.ts';
import type { Entity, Field } from '../tenant/model.ts';
import { renderField } from './field-values.ts';
import { attachedDocs, systemField } from './system-fields.ts';

const ancestorOf = (call: Call, task: Entity, type: string): string =>
  call.tenant.entities.ancestorsOf(task).find((ancestor) => ancestor.type === type)?.id ?? '';

/** Fields that only the tenant writes. */
const systemFields = (call: Call, task: Entity): Field[] => [
  systemField('1', 'Task ID', 'link', task.id),
  systemField('2', 'Task Type', 'text', call.tenant.entities.get(task.templateId ?? '')?.name ?? ''),
  systemField('8', 'Experiment Link', 'link', ancestorOf(call, task, 'experiment')),
  systemField('9', 'Request Link', 'link', ancestorOf(call, task, 'request')),
  systemField('10', 'Status', 'text', task.state ?? ''),
  systemField('11', 'Attached Docs', 'text', attachedDocs(call.tenant, task)),
  systemField('12', 'Creator', 'user', task.createdBy),
  systemField('13', 'Created Date', 'datetime', iso(task.createdAtMillis)),
];

export const taskSystemNames: Readonly<Record<string, string>> = {
  1: 'Task ID',
  2: 'Task Type',
  8: 'Experiment Link',
  9: 'Request Link',
  10: 'Status',
  11: 'Attached Docs',
  12: 'Creator',
  13: 'Created Date',
};

export const taskFieldsOf = (call: Call, task: Entity): Field[] =>
  [...systemFields(call, task), ...task.fields].toSorted((a, b) => Number(a.definition.id) - Number(b.definition.id));

const linkContent = (call: Call, value: Json): Json => {
  const eid = String(value);
  return {
    type: eid.slice(0, Math.max(0, eid.indexOf(':'))),
    display: call.tenant.entities.get(eid)?.name ?? eid,
    value: eid,
  };
};

/** The user as a whole; a caller may send that back, or the id alone. */
const userContent = (call: Call, value: Json): Json => {
  const user = call.tenant.people.users.get(textOf(at(value, 'userId')) ?? String(value));
  if (user === undefined) return { display: String(value), value };
  const { id: userId, userName, email, firstName, lastName } = user;
  return {
    userInfo: { links: { self: `${call.base}/users/${userId}` }, data: { type: 'user', id: userId } },
    value: { userId, userName, email, firstName, lastName, picture: {} },
  };
};

/** The display text of a field. */
export const taskDisplay = (call: Call, field: Field): string => {
  const value = field.value ?? '';
  if (field.values !== undefined) return field.values.map(String).join(', ');
  if (value === '') return '';
  if (field.definition.type === 'link') return call.tenant.entities.get(String(value))?.name ?? String(value);
  if (field.definition.type === 'user') {
    const user = call.tenant.people.users.get(textOf(at(value, 'userId')) ?? String(value));
    return user === undefined ? String(value) : `${user.firstName} ${user.lastName}`;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Links and users in their own form, other values with their text; an empty list of links has its members. */
export const taskContent = (call: Call, task: Entity, field: Field): Json => {
  const { type, id } = field.definition;
  if (type === 'multiLink' || field.values !== undefined) return renderField(field, null);
  const value = field.value ?? '';
  if (value === '' || value === null) return {};
  if (type === 'link') return linkContent(call, value);
  if (type === 'user') return userContent(call, value);
  const display = taskDisplay(call, field);
  return id === '11' ? { display, value: display, eid: task.id } : { display, value };
};
