/** Fields of samples and tasks as `property` resources, read and written alike; who guards the write differs. */
import { includedEntity } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, entityOfType, type Handler, param } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { arrayOf, at, type Json, textOf } from '../json.ts';
import type { Entity, Field } from '../tenant/model.ts';
import { allOrNothing, changed } from '../tenant/tenant.ts';
import { parseField, renderField, shownType } from './field-values.ts';
import { valueMode } from './row-table.ts';

export interface ItemKind {
  readonly entityType: string;
  readonly idParam: string;
  /** Path of the item's properties after the base. */
  readonly pathOf: (entity: Entity) => string;
  /** All fields in their order, those of no template too. */
  readonly fieldsOf: (call: Call, entity: Entity) => Field[];
  /** The content of a field that has a form of its own. */
  readonly render?: (call: Call, entity: Entity, field: Field) => Json | undefined;
  /** Writes a system field; `false` when it is none. */
  readonly writeSystem: (call: Call, entity: Entity, id: string, content: Json) => boolean;
  /** State and digest rules. @throws */
  readonly checkWrite: (call: Call, entity: Entity, propertyIds: readonly string[]) => void;
  /** The entity whose digest the next write needs. */
  readonly guard: (call: Call, entity: Entity) => Entity;
}

const isEmpty = ({ value, values }: Field) =>
  (values ?? []).length === 0 && (value === undefined || value === null || value === '');

/** The content of a field that has no value is an empty object. */
const contentOf = (call: Call, kind: ItemKind, entity: Entity, field: Field): Json =>
  kind.render?.(call, entity, field) ?? (isEmpty(field) ? {} : renderField(field, valueMode(call)));

const resource = (call: Call, kind: ItemKind, entity: Entity, field: Field): Json => {
  const { definition } = field;
  return {
    type: 'property',
    id: definition.id,
    links: { self: `${call.base}${kind.pathOf(entity)}/${definition.id}` },
    attributes: { id: definition.id, name: definition.name, content: contentOf(call, kind, entity, field) },
    meta: {
      definition: {
        key: definition.id,
        title: definition.name,
        type: shownType(definition.type),
        ...(definition.measure === undefined ? {} : { measure: definition.measure }),
        ...(definition.canEdit === false ? { readOnly: true } : {}),
      },
    },
  };
};

/** Writes one field by id; answers the field's name. */
export const writeItemField = (call: Call, kind: ItemKind, entity: Entity, id: string, content: Json): string => {
  if (kind.writeSystem(call, entity, id, content)) return id;
  const field = entity.fields.find(({ definition }) => definition.id === id);
  if (field === undefined) throw notFound(`Property ${id} is not found.`);
  if (field.definition.canEdit === false) throw badRequest(`Field "${field.definition.name}" is not editable.`);
  Object.assign(field, parseField(field.definition, content));
  return field.definition.name;
};

export interface ItemHandlers {
  readonly list: Handler;
  readonly patchMany: Handler;
  readonly readOne: Handler;
  readonly patchOne: Handler;
}

export const createItemHandlers = (kind: ItemKind): ItemHandlers => {
  const open = (call: Call) => entityOfType(call, kind.idParam, kind.entityType);
  const wanted = (call: Call, entity: Entity) => {
    const name = call.query.get('name');
    return kind.fieldsOf(call, entity).filter(({ definition }) => name === null || definition.name === name);
  };
  const fieldOf = (call: Call, entity: Entity, id: string): Field => {
    const field = kind.fieldsOf(call, entity).find(({ definition }) => definition.id === id);
    if (field === undefined) throw notFound(`Property ${id} is not found.`);
    return field;
  };
  const included = (call: Call, entity: Entity) => [includedEntity(call, kind.guard(call, entity))];
  return {
    list(call) {
      const entity = open(call);
      return ok({
        links: selfLinks(call),
        data: wanted(call, entity).map((field) => resource(call, kind, entity, field)),
        included: included(call, entity),
      });
    },
    patchMany(call) {
      const entity = open(call);
      const items = arrayOf(at(bodyJson(call), 'data', 'attributes', 'data'));
      if (items.length === 0) throw badRequest('data.attributes.data must be a list of properties.');
      const ids = items.map((item) => textOf(at(item, 'id')) ?? '');
      kind.checkWrite(call, entity, ids);
      const names: string[] = [];
      allOrNothing(call.tenant, entity, () => {
        for (const [index, item] of items.entries())
          names.push(writeItemField(call, kind, entity, ids[index] ?? '', at(item, 'attributes', 'content') ?? null));
      });
      changed(call.tenant, entity, call.user.id, 'update', names.join(', '));
      return ok({
        links: selfLinks(call),
        data: wanted(call, entity).map((field) => resource(call, kind, entity, field)),
        included: included(call, entity),
      });
    },
    readOne(call) {
      const entity = open(call);
      const field = fieldOf(call, entity, param(call, 'propertyId'));
      return ok({
        links: selfLinks(call),
        data: resource(call, kind, entity, field),
        included: included(call, entity),
      });
    },
    patchOne(call) {
      const entity = open(call);
      const id = param(call, 'propertyId');
      kind.checkWrite(call, entity, [id]);
      const name = writeItemField(call, kind, entity, id, at(bodyJson(call), 'data', 'attributes', 'content') ?? null);
      changed(call.tenant, entity, call.user.id, 'update', name);
      const field = fieldOf(call, entity, id);
      return ok({
        links: selfLinks(call),
        data: resource(call, kind, entity, field),
        included: included(call, entity),
      });
    },
  };
};
