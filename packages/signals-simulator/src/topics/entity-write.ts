/** Reading, creating, moving and trashing entities. */
import { entityDocument } from '../documents/entity-document.ts';
import { badRequest, conflict, forbidden, notFound, unprocessable } from '../errors.ts';
import {
  bodyJson,
  type Call,
  checkDigest,
  checkEditable,
  checkNotTrashed,
  entityOf,
  type Routes,
} from '../http/call.ts';
import { created, noContent, ok } from '../http/reply.ts';
import { at, isObject, type JsonObject, objectOf, textOf } from '../json.ts';
import type { Entity, Field } from '../tenant/model.ts';
import { type AdoKind, changed, type Tenant } from '../tenant/tenant.ts';
import { containerTypes, creatableTypes, recordTypes, templateRequired } from '../tenant/types.ts';
import { addBlankDrawing, copyChildren, copyTable } from './copy.ts';
import { parseField } from './field-values.ts';

interface Creation {
  readonly type: string;
  readonly attributes: JsonObject;
  readonly ancestor: Entity | undefined;
  readonly template: Entity | undefined;
  readonly adoName: string | undefined;
}

const readAncestor = (call: Call, relationships: JsonObject): Entity | undefined => {
  if (relationships.parent !== undefined) throw badRequest('relationships.parent is unknown; use ancestors.');
  if (relationships.ancestors === undefined) return undefined;
  const data = at(relationships, 'ancestors', 'data');
  if (!Array.isArray(data) || data.length !== 1)
    throw badRequest('ancestors.data must be a list with the direct parent.');
  const id = textOf(at(data[0], 'id')) ?? '';
  const ancestor = call.tenant.entities.get(id);
  if (ancestor === undefined) throw notFound(`Ancestor ${id} is not found.`);
  return ancestor;
};

const readTemplate = (call: Call, type: string, relationships: JsonObject, hasName: boolean): Entity | undefined => {
  const id = textOf(at(relationships, 'template', 'data', 'id'));
  if (id === undefined) {
    if (relationships.template !== undefined) throw badRequest('template.data must name one template.');
    if (templateRequired.has(type)) throw badRequest(`A template is required to create a ${type}.`);
    return undefined;
  }
  const template = call.tenant.entities.get(id);
  if (template === undefined) throw notFound(`Template ${id} is not found.`);
  if (call.tenant.autoNumbered.has(id) && hasName) throw badRequest(autoNamed);
  if (!template.isTemplate || template.type !== type) throw badRequest(`${id} is not a template of type ${type}.`);
  return template;
};

/** Clients compare this text, and then leave the name out (client-shapes, section 0). */
const autoNamed = 'According to template, name is auto generated, can not be specified';

const allowedAttributes: Readonly<Record<string, readonly string[]>> = {
  grid: ['name'],
  worksheet: ['name'],
  materialsTable: ['libraryName', 'name'],
  sample: ['fields', 'stoicRef'],
  task: ['fields'],
  parasubexp: ['description'],
};

const checkAttributes = (call: Call, type: string, attributes: JsonObject, body: unknown) => {
  const allowed = allowedAttributes[type];
  const wrong = Object.keys(attributes).find((name) => allowed !== undefined && !allowed.includes(name));
  if (wrong !== undefined) throw badRequest(`Attribute ${wrong} cannot be given for a ${type}.`);
  if (type === 'ado' && textOf(at(body, 'data', 'meta', 'adoTypeName')) === undefined)
    throw badRequest('data.meta.adoTypeName is required for an ado.');
  if (type === 'referenceTable' && at(attributes, 'referenceTableConfig', 'libraryName') === undefined)
    throw badRequest('referenceTableConfig with libraryName and entityType is required.');
  if (attributes.name !== undefined && typeof attributes.name !== 'string') throw badRequest('name must be text.');
  if (
    type === 'experiment' &&
    call.tenant.switches.notebookRequired &&
    at(body, 'data', 'relationships', 'ancestors') === undefined
  )
    throw badRequest('This tenant requires a notebook for each experiment.');
};

const readCreation = (call: Call): Creation => {
  const body = bodyJson(call);
  const type = textOf(at(body, 'data', 'type'));
  const attributes = at(body, 'data', 'attributes');
  if (type === undefined || !creatableTypes.has(type)) throw badRequest(`data.type "${type ?? ''}" cannot be created.`);
  if (!isObject(attributes)) throw badRequest('data.attributes is required.');
  checkAttributes(call, type, attributes, body);
  const relationships = objectOf(at(body, 'data', 'relationships'));
  const ancestor = readAncestor(call, relationships);
  return {
    type,
    attributes,
    ancestor,
    template: readTemplate(call, type, relationships, attributes.name !== undefined),
    adoName: type === 'ado' ? textOf(at(body, 'data', 'meta', 'adoTypeName')) : undefined,
  };
};

const blankFields = (call: Call, type: string): Field[] =>
  (call.tenant.defaultFields.get(type) ?? []).map((definition) => ({ definition, value: '' }));

const copiedFields = (template: Entity): Field[] => template.fields.map((field) => ({ ...field }));

/** `fields:[{id, content}]`; a plain map is refused. */
const setFields = (fields: Field[], given: unknown) => {
  if (given === undefined) return;
  if (!Array.isArray(given)) throw badRequest('fields must be a list of {id, content}.');
  for (const item of given) {
    const id = textOf(at(item, 'id'));
    const field = fields.find(({ definition }) => definition.id === id);
    if (field === undefined) throw badRequest(`Field ${id ?? ''} is unknown.`);
    if (field.definition.canEdit === false) throw badRequest(`Field "${field.definition.name}" is not editable.`);
    Object.assign(field, parseField(field.definition, at(item, 'content')));
  }
};

const headers = ['organization', 'department', 'project', 'modality'] as const;

/** Header attributes fill the properties of the same name. One without such a property is left out, as no source shows a refusal. */
const setHeaders = (fields: Field[], attributes: JsonObject) => {
  for (const name of headers) {
    const value = attributes[name];
    const field = fields.find(({ definition }) => definition.name.toLowerCase() === name);
    if (field !== undefined && value !== undefined && value !== null)
      Object.assign(field, parseField(field.definition, { value }));
  }
};

const autoName = (tenant: Tenant, type: string, parentId: string | undefined): string => {
  const siblings =
    parentId === undefined ? 0 : tenant.entities.childrenOf(parentId).filter((child) => child.type === type).length;
  if (type === 'sample') return `Sample-${siblings + 1}`;
  if (type === 'task') return `Task-${siblings + 1}`;
  return `${type.charAt(0).toUpperCase()}${type.slice(1)} ${tenant.nextNumber()}`;
};

const initialState = (type: string): string | undefined => {
  if (recordTypes.has(type)) return 'open';
  return type === 'sample' ? 'Active' : type === 'task' ? 'Open' : undefined;
};

/** Found or made under the record that was named as ancestor. */
const containerFor = (call: Call, type: string, ancestor: Entity | undefined): Entity | undefined => {
  const containerType = containerTypes[type];
  if (containerType === undefined || ancestor === undefined || ancestor.type === containerType) return ancestor;
  const known = call.tenant.entities
    .childrenOf(ancestor.id)
    .find((child) => child.type === containerType && !child.isTrashed);
  return (
    known ??
    call.tenant.entities.create({
      id: `${containerType}:${call.tenant.random.uuid()}`,
      type: containerType,
      name: type === 'sample' ? 'Samples' : 'Tasks',
      createdBy: call.user.id,
      parentId: ancestor.id,
    })
  );
};

const build = (call: Call, { type, attributes, ancestor, template }: Creation): Entity => {
  const { tenant, user } = call;
  const fields = template === undefined ? blankFields(call, type) : copiedFields(template);
  setFields(fields, attributes.fields);
  setHeaders(fields, attributes);
  const parent = containerFor(call, type, ancestor);
  const givenName = textOf(attributes.name) ?? textOf(attributes.libraryName);
  return tenant.entities.create({
    id: `${type}:${tenant.random.uuid()}`,
    type,
    name: givenName ?? autoName(tenant, type, parent?.id),
    description: textOf(attributes.description) ?? '',
    createdBy: user.id,
    state: initialState(type),
    parentId: parent?.id,
    templateId: template?.id,
    fields,
  });
};

/** Kinds of admin-defined objects get numbers in the order in which they appear; no source says who defines them. */
const adoKindOf = ({ tenant }: Call, adoName: string): AdoKind => {
  const known = [...tenant.ados.values()];
  const id =
    known.find((kind) => kind.adoName === adoName)?.id ?? String(new Set(known.map((kind) => kind.adoName)).size + 1);
  return { id, baseType: 'experiment', adoName };
};

const create = (call: Call) => {
  const creation = readCreation(call);
  const { tenant, user } = call;
  if (creation.ancestor !== undefined) {
    checkEditable(tenant, creation.ancestor);
    checkDigest(call, creation.ancestor);
  }
  const entity = build(call, creation);
  if (creation.template !== undefined) {
    copyTable(tenant, creation.template, entity);
    copyChildren(tenant, creation.template, entity, user.id);
  }
  if (creation.adoName !== undefined) tenant.ados.set(entity.id, adoKindOf(call, creation.adoName));
  if (entity.type === 'parasubexp') addBlankDrawing(tenant, entity, user.id);
  tenant.history.record(entity, 'create', user.id);
  if (notifiedOnCreate.has(entity.type))
    tenant.notifications.emit({ type: 'create', createdBy: user.id, entityId: entity.id });
  return created(entityDocument(call, entity));
};

/** The subjects of a `create` notification, as the developer guide lists them. */
const notifiedOnCreate: ReadonlySet<string> = new Set([
  'journal',
  'experiment',
  'request',
  'paraexp',
  'parasubexp',
  'ado',
  'sample',
  'task',
]);

const read = (call: Call) => ok(entityDocument(call, entityOf(call)));

const goneForGood: ReadonlySet<string> = new Set(['grid', 'chemicalDrawing', 'sample']);

const remove = (call: Call) => {
  const entity = entityOf(call);
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  call.tenant.entities.trash(entity, call.user.id);
  call.tenant.history.record(entity, 'delete', call.user.id);
  if (call.tenant.switches.hardDelete && goneForGood.has(entity.type)) call.tenant.entities.remove(entity);
  return noContent;
};

const move = (call: Call) => {
  const entity = entityOf(call);
  const targetId = textOf(at(bodyJson(call), 'data', 'attributes', 'target', 'eid'));
  if (targetId === undefined) throw badRequest('data.attributes.target.eid is required.');
  const target = call.tenant.entities.get(targetId);
  if (target === undefined) throw notFound(`Entity ${targetId} is not found.`);
  if (entity.type !== 'experiment' || target.type !== 'journal')
    throw unprocessable('Only an experiment can be moved, and only into a notebook.');
  checkNotTrashed(call.tenant, entity);
  checkNotTrashed(call.tenant, target);
  if (entity.parentId === target.id) throw conflict(`${entity.id} is in ${target.id} already.`);
  call.tenant.entities.move(entity, target.id, call.user.id);
  call.tenant.history.record(entity, 'move', call.user.id, target.id);
  return ok(entityDocument(call, entity));
};

const syncWithTemplate = (call: Call) => {
  const entity = entityOf(call);
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  const template = entity.templateId === undefined ? undefined : call.tenant.entities.get(entity.templateId);
  if (template === undefined) throw forbidden(`${entity.id} was not made from a template.`);
  entity.fields = copiedFields(template);
  copyTable(call.tenant, template, entity);
  changed(call.tenant, entity, call.user.id, 'syncWithTemplate');
  return ok(entityDocument(call, entity));
};

/** The address ends in the id, colon raw or encoded. */
const webdav = (call: Call) => {
  const url = call.query.get('url');
  if (url === null) throw badRequest('url is required.');
  const id = (url.split('/').at(-1) ?? '').replace(/%3a/i, ':');
  const entity = call.tenant.entities.get(id);
  if (entity === undefined) throw notFound('No entity has this WebDAV address.');
  return ok(entityDocument(call, entity));
};

export const entityWriteRoutes: Routes = {
  'GET /entities/{eid}': read,
  'POST /entities': create,
  'DELETE /entities/{eid}': remove,
  'PATCH /entities/{eid}/move': move,
  'POST /entities/{eid}/syncWithTemplate': syncWithTemplate,
  'GET /entities/webdav/info': webdav,
};
