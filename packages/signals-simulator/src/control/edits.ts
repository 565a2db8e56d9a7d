/** Changes that a person makes in the web page, without an API request: edits, signatures, trash and restore. */
import { badRequest, notFound } from '../errors.ts';
import { type Json, objectOf, textOf } from '../json.ts';
import { textContent } from '../tenant/content.ts';
import type { Entity } from '../tenant/model.ts';
import { actOnRecord, isRecordAction } from '../tenant/records.ts';
import { changed, type Tenant } from '../tenant/tenant.ts';

type Edit = (tenant: Tenant, entity: Entity, userId: string, value: string) => void;

const edits: Readonly<Record<string, Edit>> = {
  rename(tenant, entity, userId, value) {
    tenant.entities.rename(entity, value);
    changed(tenant, entity, userId, 'update', 'Name');
  },
  describe(tenant, entity, userId, value) {
    entity.description = value;
    changed(tenant, entity, userId, 'update', 'Description');
  },
  addText(tenant, entity, userId, value) {
    const text = tenant.entities.create({
      id: `text:${tenant.random.uuid()}`,
      type: 'text',
      name: value,
      createdBy: userId,
      parentId: entity.id,
      content: textContent('text/html', `<p>${value}</p>`),
    });
    tenant.history.record(text, 'create', userId);
  },
  comment(tenant, entity, userId, value) {
    const comments = tenant.comments.get(entity.id) ?? [];
    const comment = {
      id: tenant.nextNumber(),
      entityId: entity.id,
      userId,
      text: value,
      createdAtMillis: tenant.clock.nowMillis(),
    };
    tenant.comments.set(entity.id, [...comments, comment]);
    tenant.history.record(entity, 'comment', userId, value);
  },
  star(_tenant, entity, userId) {
    entity.starredBy = [...new Set([...entity.starredBy, userId])];
  },
  trash(tenant, entity, userId) {
    tenant.entities.trash(entity, userId);
    tenant.history.record(entity, 'delete', userId);
  },
  restore(tenant, entity, userId) {
    tenant.entities.restore(entity, userId);
    tenant.history.record(entity, 'restore', userId);
  },
  move(tenant, entity, userId, value) {
    if (tenant.entities.get(value) === undefined) throw badRequest('value must be the id of the new parent.');
    tenant.entities.move(entity, value, userId);
    tenant.history.record(entity, 'move', userId, value);
  },
};

/** Carries out `{entityId, action, value?, userId?}`; record actions such as `close` and `sign` are actions too. */
export const editByPerson = (tenant: Tenant, body: Json): Json => {
  const { entityId, action, value, userId } = objectOf(body);
  const entity = tenant.entities.get(textOf(entityId) ?? '');
  if (entity === undefined) throw notFound(`Entity ${String(entityId)} is not found.`);
  const name = textOf(action) ?? '';
  const person = textOf(userId) ?? '101';
  if (isRecordAction(name)) actOnRecord(tenant, entity, name, person, textOf(value));
  else if (Object.hasOwn(edits, name)) edits[name]?.(tenant, entity, person, textOf(value) ?? '');
  else throw badRequest(`A person cannot "${name}"; use one of ${Object.keys(edits).join(', ')} or a record action.`);
  return { id: entity.id, digest: entity.digest, state: entity.state ?? null };
};
