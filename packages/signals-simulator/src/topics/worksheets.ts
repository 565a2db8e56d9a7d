/** Worksheets: forms whose fields are read and written by id. */
import { includedEntity } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, entityOfType, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { arrayOf, at, type Json, textOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import { allOrNothing, changed } from '../tenant/tenant.ts';
import { parseField, renderField } from './field-values.ts';

const open = (call: Call) => entityOfType(call, 'eid', 'worksheet');

const definitions = (entity: Entity): Json =>
  entity.fields.map(({ definition: { id, name, type, options } }) => ({
    id,
    name,
    type,
    ...(options === undefined ? {} : { options }),
  }));

const document = (call: Call, entity: Entity): Json => ({
  links: selfLinks(call),
  data: {
    type: 'worksheet',
    id: entity.id,
    attributes: {
      id: entity.id,
      name: entity.name,
      fields: entity.fields.map((field) => ({
        id: field.definition.id,
        name: field.definition.name,
        content: renderField(field, null),
      })),
    },
  },
  included: [
    includedEntity(call, entity),
    { type: 'fieldsDefinition', id: entity.id, attributes: { fields: definitions(entity) } },
  ],
});

const patch = (call: Call) => {
  const entity = open(call);
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  const fields = at(bodyJson(call), 'data', 'attributes', 'fields');
  if (!Array.isArray(fields)) throw badRequest('data.attributes.fields must be a list of {id, content}.');
  allOrNothing(call.tenant, entity, () => {
    for (const item of arrayOf(fields)) {
      const field = entity.fields.find(({ definition }) => definition.id === textOf(at(item, 'id')));
      if (field === undefined) throw notFound('The field is not found.');
      Object.assign(field, parseField(field.definition, at(item, 'content')));
    }
  });
  changed(call.tenant, entity, call.user.id, 'update', 'fields');
  return ok(document(call, entity));
};

const reasons = ['Correction', 'Late entry', 'Other'];

export const worksheetRoutes: Routes = {
  'GET /worksheet/{eid}': (call) => ok(document(call, open(call))),
  'PATCH /worksheet/{eid}': patch,
  'GET /worksheet/{eid}/_fields': (call) => {
    const entity = open(call);
    return ok({
      links: selfLinks(call),
      data: { type: 'fieldsDefinition', id: entity.id, attributes: { fields: definitions(entity) } },
    });
  },
  'GET /worksheet/settings/unlock/reasons': (call) =>
    ok({
      links: selfLinks(call),
      data: reasons.map((name, index) => ({
        type: 'unlockReason',
        id: String(index + 1),
        attributes: { id: String(index + 1), name },
      })),
    }),
};
