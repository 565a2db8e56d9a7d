/** Header fields of an entity: read with definitions, changed by name. */
import { descriptionField, includedEntity } from '../documents/entity-document.ts';
import { badRequest } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, entityOf, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { arrayOf, at, type Json, type JsonObject, textOf } from '../json.ts';
import type { Entity, Field, FieldDefinition } from '../tenant/model.ts';
import { allOrNothing, changed } from '../tenant/tenant.ts';
import { parseField } from './field-values.ts';

const nameDefinition: FieldDefinition = { id: '1', name: 'Name', type: 'text', isRequired: true };
const descriptionDefinition: FieldDefinition = { id: '2', name: 'Description', type: 'text' };

/** The id is a number, but the name itself on samples (client-shapes, section 1). */
const nameOfSample: FieldDefinition = { ...nameDefinition, id: 'Name' };

/** Name and Description first, then the fields of the template, which may have a Description of its own. */
const allFields = (entity: Entity): Field[] => [
  { definition: entity.type === 'sample' ? nameOfSample : nameDefinition, value: entity.name },
  ...(descriptionField(entity) === undefined ? [{ definition: descriptionDefinition, value: entity.description }] : []),
  ...entity.fields,
];

/** `value` is empty text without a value; `values` always is a list. Several values are one text, as in tables (S29). */
const contents = ({ definition, value, values }: Field): JsonObject => {
  const list = values ?? (value === undefined || value === null || value === '' ? [] : [value]);
  const isList = values !== undefined || definition.type === 'multiSelect' || definition.type === 'multiLink';
  return { value: isList ? list.map(String).join(', ') : (value ?? ''), values: list };
};

const propertyResource = (field: Field): Json => {
  const { definition } = field;
  return {
    type: 'property',
    id: definition.id,
    attributes: {
      id: definition.id,
      name: definition.name,
      ...contents(field),
    },
    meta: {
      definition: {
        type: definition.type,
        attribute: {
          type: definition.type,
          ...(definition.options === undefined ? {} : { options: definition.options }),
          id: definition.attributeId ?? definition.id,
          name: definition.name,
          counts: { templates: {} },
        },
        flags: {
          canEdit: definition.canEdit ?? true,
          isRequired: definition.isRequired ?? false,
          isRequiredToSign: false,
        },
      },
    },
  };
};

/** The answer of reads and writes; a write adds the entity with its new digest. */
const propertyDocument = (call: Call, entity: Entity, withEntity: boolean): Json => ({
  links: selfLinks(call),
  data: allFields(entity).map(propertyResource),
  ...(withEntity ? { included: [includedEntity(call, entity)] } : {}),
});

const contentOf = (attributes: unknown): Json => {
  const values = at(attributes, 'values');
  if (values !== undefined) return { values };
  const value = at(attributes, 'value');
  if (value === undefined) throw badRequest('Each property needs value or values.');
  return { value };
};

const isLink = (value: Json): boolean => {
  if (value === '') return true;
  try {
    return typeof value === 'string' && typeof at(JSON.parse(value), 'value') === 'string';
  } catch {
    return false;
  }
};

/** Link-type values are JSON strings: `"{\\"value\\":\\"experiment:…\\"}"`. */
const checkLinks = ({ definition }: Field, content: Json) => {
  if (definition.type !== 'link' && definition.type !== 'multiLink') return;
  const values = arrayOf(at(content, 'values') ?? [at(content, 'value') ?? '']);
  if (!values.every(isLink)) throw badRequest(`"${definition.name}" takes links as JSON strings with a value.`);
};

const setProperty = (call: Call, entity: Entity, item: Json): void => {
  const attributes = at(item, 'attributes');
  const name = textOf(at(attributes, 'name'));
  const field = allFields(entity).find(({ definition }) => definition.name === name);
  if (field === undefined) throw badRequest(`Property "${name ?? ''}" does not exist and cannot be added.`);
  if (field.definition.canEdit === false) throw badRequest(`Property "${name}" is not editable.`);
  const content = contentOf(attributes);
  checkLinks(field, content);
  const next = parseField(field.definition, content);
  if (field.definition === nameDefinition || field.definition === nameOfSample) {
    if (typeof next.value !== 'string' || next.value === '') throw badRequest('Name must be text.');
    call.tenant.entities.rename(entity, next.value);
  } else if (field.definition === descriptionDefinition) entity.description = String(next.value ?? '');
  else Object.assign(field, next);
};

const patch = (call: Call) => {
  const entity = entityOf(call);
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  const data = at(bodyJson(call), 'data');
  if (!Array.isArray(data) || data.length === 0) throw badRequest('data must be a list of properties.');
  allOrNothing(call.tenant, entity, () => {
    for (const item of data) setProperty(call, entity, item);
  });
  changed(
    call.tenant,
    entity,
    call.user.id,
    'update',
    data.map((item) => textOf(at(item, 'attributes', 'name'))).join(', '),
  );
  return ok(propertyDocument(call, entity, true));
};

export const propertyRoutes: Routes = {
  'GET /entities/{eid}/properties': (call) => ok(propertyDocument(call, entityOf(call), false)),
  'PATCH /entities/{eid}/properties': patch,
};
