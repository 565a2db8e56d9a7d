/** Compliance hashes of a drawing: of its present state, and of the last state that the outside system confirmed. */
import { createHash } from 'node:crypto';
import { includedEntity } from '../documents/entity-document.ts';
import { badRequest } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, entityOfType, type Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { at, type Json, textOf } from '../json.ts';
import { contentBytes } from '../tenant/content.ts';
import type { Entity } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';

const document = (call: Call, entity: Entity): Json => ({
  links: selfLinks(call),
  data: {
    type: 'compliance',
    id: entity.id,
    attributes: {
      internalHash: createHash('sha256')
        .update(entity.content === undefined ? '' : contentBytes(entity.content))
        .digest('hex'),
      externalHash: call.tenant.complianceHashes.get(entity.id) ?? '',
    },
  },
  included: [includedEntity(call, entity)],
});

const patch = (call: Call) => {
  const entity = entityOfType(call, 'eid', 'chemicalDrawing');
  checkEditable(call.tenant, entity);
  checkDigest(call, entity);
  const hash = textOf(at(bodyJson(call), 'data', 'attributes', 'externalHash'));
  if (hash === undefined) throw badRequest('data.attributes.externalHash is required.');
  call.tenant.complianceHashes.set(entity.id, hash);
  changed(call.tenant, entity, call.user.id, 'update', 'compliance');
  return ok(document(call, entity));
};

export const complianceRoutes: Routes = {
  'GET /entities/{eid}/compliance': (call) => ok(document(call, entityOfType(call, 'eid', 'chemicalDrawing'))),
  'PATCH /entities/{eid}/compliance': patch,
};
