/** Lists of tasks as the JSON text that their export gives (client-shapes S19, section 6). */

import type { Call } from '../http/call.ts';
import { exported } from '../http/reply.ts';
import type { Json, JsonObject } from '../json.ts';
import { textContent } from '../tenant/content.ts';
import type { Entity, Field, FieldDefinition } from '../tenant/model.ts';
import { type Exporter, noFormat, withExtension } from './exporter.ts';
import { taskDisplay, taskFieldsOf } from './task-fields.ts';
import { tasksIn } from './tasks.ts';

const columnTypes: Readonly<Record<string, string>> = {
  link: 'link',
  multiLink: 'link',
  datetime: 'datetime',
  user: 'user',
};

/** Which side may edit a column is not recorded beyond the system's own columns: what a caller can change is editable on both. */
const columnOf = ({ id, name, type, canEdit }: FieldDefinition): Json => ({
  key: id,
  title: name,
  type: columnTypes[type] ?? 'text',
  isEditableInRequest: canEdit !== false,
  isEditableInExperiment: canEdit !== false,
  isTaskIdField: id === '1',
});

/** `auto` is what the tenant wrote, `user` what a person typed; links have their type. */
const cellOf = (call: Call, field: Field): JsonObject => {
  const display = taskDisplay(call, field);
  const value = field.value ?? '';
  if (display === '') return {};
  const isLink = field.definition.type === 'link';
  return {
    [field.definition.canEdit === false ? 'auto' : 'user']: display,
    value: field.values ?? (typeof value === 'object' ? display : value),
    ...(isLink ? { type: String(value).split(':')[0] ?? '' } : {}),
  };
};

interface Step {
  readonly status: string;
  readonly transitions: readonly string[];
}

/** Recorded for new tasks and those in progress; the others are invented. */
const steps: Readonly<Record<string, Step>> = {
  Open: { status: 'new', transitions: ['delete', 'submit'] },
  Submitted: { status: 'submitted', transitions: ['assign', 'cancel'] },
  'In Progress': { status: 'inProgress', transitions: ['unassign', 'complete'] },
  Completed: { status: 'completed', transitions: ['reopen'] },
  Cancelled: { status: 'cancelled', transitions: ['reopen'] },
};

const rowOf = (call: Call, list: Entity, task: Entity): Json => {
  const { status, transitions } = steps[task.state ?? 'Open'] ?? { status: 'new', transitions: [] };
  return {
    _id: task.id.slice(task.id.indexOf(':') + 1),
    ...(task.templateId === undefined ? {} : { sourceEid: task.templateId }),
    eid: task.id,
    ...Object.fromEntries(taskFieldsOf(call, task).map((field) => [field.definition.id, cellOf(call, field)])),
    status,
    validStateTransitions: transitions,
    requestTaskContainerEid: task.parentId ?? list.id,
    ...(status === 'inProgress' ? { experimentTaskContainerEid: list.id } : {}),
  };
};

export const exportTasks: Exporter = (call, entity, format) => {
  if (format !== '') throw noFormat(entity, format);
  const tasks = tasksIn(call, entity);
  const columns = new Map<string, FieldDefinition>();
  for (const task of tasks)
    for (const { definition } of taskFieldsOf(call, task)) columns.set(definition.id, definition);
  const cols = [...columns.values()].toSorted((a, b) => Number(a.id) - Number(b.id)).map(columnOf);
  const text = JSON.stringify({ cols, rows: tasks.map((task) => rowOf(call, entity, task)) });
  return exported(textContent('text/plain', text), withExtension(entity.name, '.txt'));
};
