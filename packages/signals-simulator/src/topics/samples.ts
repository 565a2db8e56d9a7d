/** Samples: fields, the two digests of registration, status. */
import { createHash } from 'node:crypto';
import { entityDocument, nanoseconds } from '../documents/entity-document.ts';
import { badRequest, conflict, forbidden } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, entityOfType, type Routes } from '../http/call.ts';
import { ok } from '../http/reply.ts';
import { at, ownOf, textOf } from '../json.ts';
import type { Entity, Field } from '../tenant/model.ts';
import { changed, type Tenant } from '../tenant/tenant.ts';
import { createItemHandlers, type ItemKind } from './item-properties.ts';
import { attachedDocs, systemField } from './system-fields.ts';

/** State of a sample in 64 hex digits: moves with its fields, name and status, not with `digests.external`. */
export const selfDigest = ({ id, name, state, fields }: Entity): string =>
  createHash('sha256')
    .update(
      JSON.stringify([id, name, state, fields.map(({ definition, value, values }) => [definition.id, value, values])]),
    )
    .digest('hex');

const digestField = (id: string, value: string, canEdit: boolean): Field => ({
  definition: { id, name: id, type: 'text', canEdit },
  value,
});

const idKey = '5a17e000-0000-4000-8000-000000000001';
export const templateKey = '5a17e000-0000-4000-8000-000000000002';

/** ID, template and digests first, then the fields with numbers (client-shapes, section 5). */
export const sampleFieldsOf = (tenant: Tenant, sample: Entity): Field[] => [
  systemField(idKey, 'ID', 'text', sample.name),
  systemField(templateKey, 'Template', 'link', tenant.entities.get(sample.templateId ?? '')?.name ?? ''),
  digestField('digests.self', selfDigest(sample), false),
  digestField('digests.external', tenant.externalDigests.get(sample.id) ?? '', true),
  systemField('1', 'Created Date', 'datetime', nanoseconds(sample.createdAtMillis)),
  ...sample.fields,
  systemField('9', 'Attached Docs', 'text', attachedDocs(tenant, sample)),
];

const systemKeys: ReadonlySet<string> = new Set([idKey, templateKey, 'digests.self', '1', '9']);

const statusActions: Readonly<Record<string, { readonly from: readonly string[]; readonly to: string }>> = {
  close: { from: ['Active'], to: 'Closed' },
  cancel: { from: ['Active'], to: 'Cancelled' },
  reopen: { from: ['Closed', 'Cancelled'], to: 'Active' },
};

/** @throws 400 for an unknown action, 409 when the status does not allow it. */
export const actOnSample = (tenant: Tenant, sample: Entity, action: string, userId: string): void => {
  const step = ownOf(statusActions, action);
  if (step === undefined) throw badRequest('action must be close, cancel or reopen.');
  if (!step.from.includes(sample.state ?? ''))
    throw conflict(`${sample.id} is ${sample.state}; ${action} is not possible.`);
  sample.state = step.to;
  changed(tenant, sample, userId, action);
};

/** @throws 403 for closed and cancelled samples. */
export const checkActive = (tenant: Tenant, sample: Entity): void => {
  checkEditable(tenant, sample);
  if (sample.state !== 'Active') throw forbidden(`${sample.id} is ${sample.state}.`);
};

export const sampleKind: ItemKind = {
  entityType: 'sample',
  idParam: 'sampleId',
  pathOf: ({ id }) => `/samples/${id}/properties`,
  fieldsOf: ({ tenant }, sample) => sampleFieldsOf(tenant, sample),
  render({ tenant }, sample, { definition, value }) {
    if (value === '') return undefined;
    if (definition.id === '9') return { display: value ?? '', value: value ?? '', eid: sample.id };
    const template = tenant.entities.get(sample.templateId ?? '');
    if (definition.id !== templateKey || template === undefined) return undefined;
    return { value: template.name, name: template.name, eid: template.id };
  },
  writeSystem({ tenant }, sample, id, content) {
    if (systemKeys.has(id)) throw badRequest(`Field ${id} is not editable.`);
    if (id !== 'digests.external') return false;
    tenant.externalDigests.set(sample.id, textOf(at(content, 'value')) ?? '');
    return true;
  },
  /** Registration sends neither digest nor force, as the vendor's examples do; that other fields need one is the general rule. */
  checkWrite(call, sample, ids) {
    checkActive(call.tenant, sample);
    const isRegistration = ids.every((id) => id === 'digests.external');
    if (!isRegistration || call.query.has('digest')) checkDigest(call, sample);
  },
  guard: (_call, sample) => sample,
};

const status = (call: Call) => {
  const sample = entityOfType(call, 'sampleId', 'sample');
  checkEditable(call.tenant, sample);
  checkDigest(call, sample);
  actOnSample(call.tenant, sample, textOf(at(bodyJson(call), 'data', 'attributes', 'action')) ?? '', call.user.id);
  return ok(entityDocument(call, sample));
};

const properties = createItemHandlers(sampleKind);

export const sampleRoutes: Routes = {
  'GET /samples/{sampleId}/properties': properties.list,
  'PATCH /samples/{sampleId}/properties': properties.patchMany,
  'GET /samples/{sampleId}/properties/{propertyId}': properties.readOne,
  'PATCH /samples/{sampleId}/properties/{propertyId}': properties.patchOne,
  'PUT /samples/{sampleId}/status': status,
};
