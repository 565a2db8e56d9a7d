/** Tasks: fields under the container's digest, tables of tasks, todo lists. */
import { includedEntity } from '../documents/entity-document.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import {
  bodyJson,
  type Call,
  checkDigest,
  checkEditable,
  entityOfType,
  type Handler,
  type Routes,
} from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, ownOf, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';
import { renderField, shownType } from './field-values.ts';
import { createItemHandlers, type ItemKind } from './item-properties.ts';
import { taskContent, taskFieldsOf, taskSystemNames } from './task-fields.ts';

const containerOf = (call: Call, task: Entity): Entity =>
  (task.parentId === undefined ? undefined : call.tenant.entities.get(task.parentId)) ?? task;

const taskKind: ItemKind = {
  entityType: 'task',
  idParam: 'taskId',
  pathOf: ({ id }) => `/tasks/${id}/properties`,
  fieldsOf: taskFieldsOf,
  render: taskContent,
  writeSystem(_call, _task, id) {
    const name = ownOf(taskSystemNames, id);
    if (name !== undefined) throw badRequest(`Field "${name}" is not editable.`);
    return false;
  },
  checkWrite(call, task) {
    checkEditable(call.tenant, task);
    checkDigest(call, containerOf(call, task));
  },
  guard: containerOf,
};

const touchContainer =
  (handler: Handler): Handler =>
  async (call) => {
    const task = entityOfType(call, 'taskId', 'task');
    const container = containerOf(call, task);
    const before = container.digest;
    const reply = await handler(call);
    if (container.digest === before) call.tenant.entities.touch(container, call.user.id);
    return reply;
  };

/** States of a task, and the state after each action. */
const transitions: Readonly<Record<string, { readonly from: readonly string[]; readonly to: string | undefined }>> = {
  submit: { from: ['Open', 'In Progress'], to: 'Submitted' },
  complete: { from: ['Open', 'Submitted', 'In Progress'], to: 'Completed' },
  cancel: { from: ['Open', 'Submitted', 'In Progress'], to: 'Cancelled' },
  reopen: { from: ['Completed', 'Cancelled', 'Submitted'], to: 'Open' },
  assign: { from: ['Open', 'Submitted', 'In Progress'], to: undefined },
  unassign: { from: ['Open', 'Submitted', 'Cancelled'], to: undefined },
};

interface TaskListKind {
  readonly containerType: string;
  readonly idParam: string;
  readonly rowType: string;
  readonly actions: readonly string[];
}

const duplicate = (call: Call, task: Entity) =>
  call.tenant.entities.load({
    id: `task:${call.tenant.random.uuid()}`,
    type: 'task',
    name: `${task.name} copy ${call.tenant.nextNumber()}`,
    createdBy: call.user.id,
    parentId: task.parentId,
    templateId: task.templateId,
    fields: task.fields.map((field) => ({ ...field })),
    state: 'Open',
  });

const act = (call: Call, task: Entity, action: string, item: Json) => {
  if (action === 'duplicate') return duplicate(call, task);
  if (action === 'delete') {
    call.tenant.entities.trash(task, call.user.id);
    return task;
  }
  const step = ownOf(transitions, action);
  if (step === undefined || !step.from.includes(task.state ?? ''))
    throw conflict(`${task.id} is ${task.state}; ${action} is not possible.`);
  if (action === 'assign' && arrayOf(at(item, 'attributes', 'cells')).length === 0)
    throw badRequest('assign needs cells for the analyst or the assigned group.');
  if (action === 'assign') call.tenant.assignments.set(task.id, JSON.stringify(at(item, 'attributes', 'cells')));
  if (action === 'unassign') call.tenant.assignments.delete(task.id);
  task.state = step.to ?? task.state;
  changed(call.tenant, task, call.user.id, action);
  return task;
};

export const tasksIn = (call: Call, container: Entity): Entity[] => {
  const linked = new Set(call.tenant.linkedTasks.get(container.id));
  const own = call.tenant.entities.childrenOf(container.id);
  return [...own, ...[...linked].flatMap((id) => call.tenant.entities.get(id) ?? [])].filter(
    (task) => task.type === 'task' && !task.isTrashed,
  );
};

const rowResource = (call: Call, kind: TaskListKind, task: Entity): Json => ({
  type: kind.rowType,
  id: task.id,
  attributes: {
    id: task.id,
    name: task.name,
    status: task.state ?? '',
    isAssigned: call.tenant.assignments.has(task.id),
    cells: task.fields.map((field) => ({
      key: field.definition.id,
      name: field.definition.name,
      type: field.definition.type,
      content: renderField(field, null),
    })),
  },
});

const listHandlers = (kind: TaskListKind) => {
  const open = (call: Call) => entityOfType(call, kind.idParam, kind.containerType);
  const document = (call: Call, container: Entity): Json => ({
    links: selfLinks(call),
    data: tasksIn(call, container).map((task) => rowResource(call, kind, task)),
    included: [includedEntity(call, container)],
  });
  const openToWrite = (call: Call) => {
    const container = open(call);
    checkEditable(call.tenant, container);
    checkDigest(call, container);
    return container;
  };
  const patch: Handler = (call) => {
    const container = openToWrite(call);
    const data = at(bodyJson(call), 'data');
    const items = Array.isArray(data) ? arrayOf(data) : isObject(data) ? [data] : [];
    for (const item of items) {
      const action = textOf(at(item, 'attributes', 'action')) ?? '';
      const task = tasksIn(call, container).find(({ id }) => id === at(item, 'id'));
      if (!kind.actions.includes(action)) throw badRequest(`action must be one of ${kind.actions.join(', ')}.`);
      if (task === undefined) throw notFound('The task is not in this list.');
      act(call, task, action, item);
    }
    changed(call.tenant, container, call.user.id, 'update', `${items.length} tasks`);
    return ok(document(call, container));
  };
  const columns = (call: Call, container: Entity): Json => ({
    links: selfLinks(call),
    data: {
      type: 'columnDefinitions',
      id: container.id,
      attributes: {
        columns: (tasksIn(call, container)[0]?.fields ?? []).map(({ definition: { id, name, type } }) => ({
          key: id,
          title: name,
          type: shownType(type),
          isHidden: call.tenant.hiddenColumns.get(container.id)?.has(id) ?? false,
        })),
      },
    },
    included: [includedEntity(call, container)],
  });
  const hide: Handler = (call) => {
    const container = openToWrite(call);
    const attributes = at(bodyJson(call), 'data', 'attributes');
    const hidden = new Set(call.tenant.hiddenColumns.get(container.id));
    for (const item of arrayOf(at(attributes, 'columns'))) {
      const key = textOf(at(item, 'key')) ?? '';
      if (at(attributes, 'action') === 'hide') hidden.add(key);
      else hidden.delete(key);
    }
    call.tenant.hiddenColumns.set(container.id, hidden);
    changed(call.tenant, container, call.user.id, 'update', 'columns');
    return ok(columns(call, container));
  };
  return {
    rows: ((call) => ok(document(call, open(call)))) satisfies Handler,
    patch,
    columns: ((call) => ok(columns(call, open(call)))) satisfies Handler,
    hide,
  };
};

const properties = createItemHandlers(taskKind);
const todo = listHandlers({
  containerType: 'linkedTaskContainer',
  idParam: 'todoListId',
  rowType: 'todoListRow',
  actions: ['assign', 'unassign', 'complete', 'reopen'],
});
const table = listHandlers({
  containerType: 'taskContainer',
  idParam: 'tasksTableId',
  rowType: 'tasksTableRow',
  actions: ['duplicate', 'delete', 'submit', 'cancel', 'reopen', 'assign', 'unassign'],
});

export const taskRoutes: Routes = {
  'GET /tasks/{taskId}/properties': properties.list,
  'PATCH /tasks/{taskId}/properties': touchContainer(properties.patchMany),
  'GET /tasks/{taskId}/properties/{propertyId}': properties.readOne,
  'PATCH /tasks/{taskId}/properties/{propertyId}': touchContainer(properties.patchOne),
  'GET /tasks/todo/{todoListId}/rows': todo.rows,
  'PATCH /tasks/todo/{todoListId}/rows': todo.patch,
  'GET /tasks/todo/{todoListId}/_column': todo.columns,
  'PATCH /tasks/todo/{todoListId}/_column': todo.hide,
  'GET /tasks/tasksTable/{tasksTableId}/rows': table.rows,
  'PATCH /tasks/tasksTable/{tasksTableId}/rows': table.patch,
  'GET /tasks/tasksTable/{tasksTableId}/_column': table.columns,
  'PATCH /tasks/tasksTable/{tasksTableId}/_column': table.hide,
};
