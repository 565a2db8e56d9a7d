/** Notebook entities as JSON:API resources, single and in lists, with the resources that `include` names. */
import { type Call, isEditable } from '../http/call.ts';
import { type Page, pageLinks, type Slice } from '../http/paging.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Entity, Field } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { listContent } from '../topics/field-values.ts';
import { includedUser } from './user-document.ts';

/** Children named in a single document; more must be read from `/children` (the bound is invented). */
const namedChildren = 100;

export const iso = (millis: number): string => new Date(millis).toISOString();

/** Recorded times of libraries and samples have nanoseconds. */
export const nanoseconds = (millis: number): string => iso(millis).replace('Z', '000000Z');

const fieldContent = (field: Field): Json => listContent(field) ?? { value: field.value ?? '' };

/** `fields` by name; tables keep theirs in their own endpoints. */
const fieldsOf = (entity: Entity): JsonObject => {
  const fields: { [name: string]: Json } = {
    Name: { value: entity.name },
    Description: { value: entity.description },
  };
  for (const field of entity.fields) fields[field.definition.name] = fieldContent(field);
  return fields;
};

/** The template's own Description, as samples have one. */
export const descriptionField = ({ fields }: Entity): Field | undefined =>
  fields.find(({ definition }) => definition.name === 'Description');

const descriptionOf = (entity: Entity): Json => {
  const field = descriptionField(entity);
  return field === undefined ? entity.description : String(field.value ?? '');
};

const flagsOf = (tenant: Tenant, entity: Entity): JsonObject => ({
  canEdit: isEditable(tenant, entity),
  ...(entity.isTrashed ? { isTrashed: true } : {}),
  ...(entity.isTemplate ? { isTemplate: true } : {}),
  ...(entity.isSystemTemplate ? { isSystemTemplate: true } : {}),
});

const entityAttributes = (tenant: Tenant, entity: Entity): JsonObject => ({
  id: entity.id,
  eid: entity.id,
  type: entity.type,
  name: entity.name,
  description: descriptionOf(entity),
  ...(tenant.ados.has(entity.id) ? { ado: tenant.ados.get(entity.id) ?? {} } : {}),
  ...(entity.state === undefined ? {} : { state: entity.state }),
  createdAt: iso(entity.createdAtMillis),
  editedAt: iso(entity.editedAtMillis),
  digest: entity.digest,
  fields: fieldsOf(entity),
  flags: flagsOf(tenant, entity),
});

const entitySelf = (base: string, id: string) => `${base}/entities/${id}`;

const userLink = (base: string, id: string): Json => ({
  links: { self: `${base}/users/${id}` },
  data: { type: 'user', id },
});

/** A resource identifier of an entity, with its address in `meta`. */
export const entityReference = (base: string, id: string): Json => ({
  type: 'entity',
  id,
  meta: { links: { self: entitySelf(base, id) } },
});

const tableTypes: ReadonlySet<string> = new Set(['grid', 'materialsTable', 'samplesContainer', 'variationsGrid']);
const printedTypes: ReadonlySet<string> = new Set(['experiment', 'request', 'sample', 'task']);

const typeRelationships = (base: string, entity: Entity): JsonObject => {
  const self = entitySelf(base, entity.id);
  const exported = (format: string): Json => ({ links: { self: `${self}/export${format}` } });
  if (entity.type === 'chemicalDrawing')
    return {
      source: exported(''),
      cdxml: exported('?format=cdxml'),
      svg: exported('?format=svg'),
      mol: exported('?format=mol'),
      mol3k: exported('?format=mol-v3000'),
      stoichiometry: { links: { self: `${base}/stoichiometry/${entity.id}` } },
    };
  if (entity.type === 'sample')
    return {
      properties: { links: { self: `${base}/samples/${entity.id}/properties` } },
      pdf: { links: { self: `${self}/pdf` } },
    };
  if (tableTypes.has(entity.type)) return { csv: exported('?format=csv') };
  if (entity.content !== undefined) return { source: exported('') };
  return printedTypes.has(entity.type) ? { pdf: { links: { self: `${self}/pdf` } } } : {};
};

const ancestorsLink = (call: Call, entity: Entity): Json => ({
  links: { self: `${entitySelf(call.base, entity.id)}/ancestors` },
  data: call.tenant.entities.ancestorsOf(entity).map(({ id }) => entityReference(call.base, id)),
});

/** Untrashed children in layout order. */
export const visibleChildren = (call: Call, entity: Entity): Entity[] =>
  call.tenant.entities.childrenOf(entity.id).filter((child) => !child.isTrashed);

const childrenLink = (call: Call, entity: Entity, children: readonly Entity[] | undefined): Json => ({
  links: { self: `${entitySelf(call.base, entity.id)}/children` },
  ...(children === undefined ? {} : { data: children.map(({ id }) => ({ type: 'entity', id })) }),
});

const templateLink = (base: string, templateId: string | undefined): JsonObject =>
  templateId === undefined
    ? {}
    : { template: { links: { self: entitySelf(base, templateId) }, data: { type: 'entity', id: templateId } } };

/** The full resource. `children` names them in the relationship; lists leave them out. */
export const entityResource = (call: Call, entity: Entity, children?: readonly Entity[]): JsonObject => ({
  type: 'entity',
  id: entity.id,
  links: { self: entitySelf(call.base, entity.id) },
  attributes: entityAttributes(call.tenant, entity),
  relationships: {
    createdBy: userLink(call.base, entity.createdBy),
    editedBy: userLink(call.base, entity.editedBy),
    owner: userLink(call.base, entity.ownerId),
    ancestors: ancestorsLink(call, entity),
    children: childrenLink(call, entity, children),
    ...templateLink(call.base, entity.templateId),
    ...typeRelationships(call.base, entity),
  },
});

/** Members of `included` have no relationships. */
export const includedEntity = ({ base, tenant }: Pick<Call, 'base' | 'tenant'>, entity: Entity): Json => ({
  type: 'entity',
  id: entity.id,
  links: { self: entitySelf(base, entity.id) },
  attributes: entityAttributes(tenant, entity),
});

/** The resources to include: all allowed ones if `include` is absent, else only the named ones. */
export const includesOf = (call: Call, allowed: readonly string[]): ReadonlySet<string> => {
  const include = call.query.get('include');
  if (include === null) return new Set(allowed);
  const wanted = new Set(include.split(','));
  return new Set(allowed.filter((name) => wanted.has(name)));
};

const userIdsOf = (entity: Entity, includes: ReadonlySet<string>): string[] => [
  ...(includes.has('createdBy') ? [entity.createdBy] : []),
  ...(includes.has('editedBy') ? [entity.editedBy] : []),
  ...(includes.has('owner') ? [entity.ownerId] : []),
];

/** Users of these entities, each once. */
export const includedUsers = (call: Call, entities: readonly Entity[], includes: ReadonlySet<string>): Json[] => {
  const ids = new Set(entities.flatMap((entity) => userIdsOf(entity, includes)));
  return [...ids].flatMap((id) => {
    const user = call.tenant.people.users.get(id);
    return user === undefined ? [] : [includedUser(call.base, user)];
  });
};

const includedEntities = (call: Call, ids: readonly (string | undefined)[]): Json[] =>
  [...new Set(ids)].flatMap((id) => {
    const entity = id === undefined ? undefined : call.tenant.entities.get(id);
    return entity === undefined ? [] : [includedEntity(call, entity)];
  });

const singleIncludes = ['createdBy', 'editedBy', 'children', 'owner', 'systemTemplate', 'template'];

/** One entity as `GET /entities/{eid}` and every write that returns it answer. */
export const entityDocument = (call: Call, entity: Entity): Json => {
  const includes = includesOf(call, singleIncludes);
  const children = visibleChildren(call, entity).slice(0, namedChildren);
  const included = [
    ...includedUsers(call, [entity], includes),
    ...(includes.has('children') ? children.map((child) => includedEntity(call, child)) : []),
    ...(includes.has('template') ? includedEntities(call, [entity.templateId]) : []),
  ];
  return {
    links: { self: entitySelf(call.base, entity.id) },
    data: entityResource(call, entity, children),
    ...(included.length > 0 ? { included } : {}),
  };
};

const listIncludes = ['createdBy', 'editedBy', 'owner'];

/** A page of entities. The plain list has no `meta`. */
export const entityListDocument = (
  call: Call,
  page: Page,
  slice: Slice<Entity>,
  allowed: readonly string[] = listIncludes,
): Json => {
  const includes = includesOf(call, allowed);
  const ancestorIds = includes.has('ancestors')
    ? slice.items.flatMap((entity) => call.tenant.entities.ancestorsOf(entity).map(({ id }) => id))
    : [];
  const included = [...includedUsers(call, slice.items, includes), ...includedEntities(call, ancestorIds)];
  return {
    links: pageLinks(call, page, slice.hasMore),
    data: slice.items.map((entity) => entityResource(call, entity)),
    ...(included.length > 0 ? { included } : {}),
  };
};
