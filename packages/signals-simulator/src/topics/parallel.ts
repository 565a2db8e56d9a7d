/** Parallel experiments: enumerators, the summary of sub-experiments and their layout. The products of enumeration are invented. */
import type { Call, Routes } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { arrayOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';
import { addBlankDrawing } from './copy.ts';
import {
  mergeObject,
  type ObjectKind,
  objectDocument,
  objectOfEntity,
  openObjectToWrite,
  readObject,
  timedJob,
} from './plain-objects.ts';
import { samplesCreation, summaryUpdate } from './subexp-jobs.ts';
import { parentOf, subexperiments, summaryRows } from './subexp-summary.ts';

const paraexp: ObjectKind = { entityType: 'paraexp', idParam: 'eid', dataType: 'parallelExperiment' };
const enumerator: ObjectKind = { entityType: 'paraenum', idParam: 'eid', dataType: 'enumerator' };
const external: ObjectKind = { entityType: 'extparaenum', idParam: 'eid', dataType: 'externalEnumerator' };
const layout: ObjectKind = { entityType: 'paraLayout', idParam: 'layoutId', dataType: 'subexpLayout' };

const addSubexperiments = (call: Call, entity: Entity) => {
  const parent = parentOf(call.tenant, entity);
  const first = subexperiments(call.tenant, parent).length;
  for (let index = 1; index <= 4; index += 1) {
    const made = call.tenant.entities.create({
      id: `parasubexp:${call.tenant.random.uuid()}`,
      type: 'parasubexp',
      name: `Sub ${first + index} ${call.tenant.nextNumber()}`,
      createdBy: call.user.id,
      parentId: parent.id,
      state: 'open',
    });
    addBlankDrawing(call.tenant, made, call.user.id);
  }
};

const reset = timedJob({
  kind: paraexp,
  name: 'reset',
  work(call, entity) {
    for (const child of subexperiments(call.tenant, entity)) call.tenant.entities.trash(child, call.user.id);
  },
});
const enumerate = timedJob({ kind: enumerator, name: 'enumerate', work: addSubexperiments });
const enumerateOutside = timedJob({ kind: external, name: 'extEnumerate', work: addSubexperiments });
const resetLayout = timedJob({
  kind: layout,
  name: 'layoutReset',
  work(call, entity) {
    objectOfEntity(call, entity).wells = [];
  },
});

const uploadTo = (kind: ObjectKind, member: string) => (call: Call) => {
  const entity = openObjectToWrite(call, kind);
  const object = objectOfEntity(call, entity);
  object[member] = [
    ...arrayOf(object[member]),
    { groupId: call.query.get('groupId'), sizeBytes: call.body.byteLength },
  ];
  changed(call.tenant, entity, call.user.id, 'update', member);
  return ok(objectDocument(call, kind, entity));
};

const mappingTemplate = (call: Call) =>
  ok({
    links: selfLinks(call),
    data: { type: 'mapping', id: 'template', attributes: { mapping: [{ column: 'A', field: '' }] } },
  });

export const parallelRoutes: Routes = {
  'POST /paraexp/{eid}/reset': reset.start,
  'GET /paraexp/{eid}/reset/{jobId}': reset.status,
  'GET /enumerator/{eid}': readObject(enumerator),
  'POST /enumerator/{eid}/addCompound': uploadTo(enumerator, 'compounds'),
  'POST /enumerator/{eid}/refreshGroups': mergeObject(enumerator, 'refreshGroups'),
  'POST /enumerator/{eid}/enumerate': enumerate.start,
  'GET /enumerator/{eid}/enumerate/{jobId}': enumerate.status,
  'POST /extenumerator/{eid}/upload': uploadTo(external, 'files'),
  'GET /extenumerator/mapping/template': mappingTemplate,
  'PATCH /extenumerator/{eid}/mapping': mergeObject(external, 'mapping'),
  'GET /extenumerator/{eid}': readObject(external),
  'POST /extenumerator/{eid}/enumerate': enumerateOutside.start,
  'GET /extenumerator/{eid}/enumerate/{jobId}': enumerateOutside.status,
  'GET /subexpSummary/{subexpSummaryId}/rows': summaryRows,
  'PATCH /subexpSummary/{subexpSummaryId}/bulkUpdate': summaryUpdate.start,
  'GET /subexpSummary/{subexpSummaryId}/bulkUpdate/{bulkUpdateId}': summaryUpdate.status,
  'POST /subexpSummary/{subexpSummaryId}/samples/bulkCreate': samplesCreation.start,
  'GET /subexpSummary/{subexpSummaryId}/samples/bulkCreate/{jobId}': samplesCreation.status,
  'GET /subexpLayout/{layoutId}': readObject(layout),
  'PATCH /subexpLayout/{layoutId}': mergeObject(layout, 'layout'),
  'PATCH /subexpLayout/{layoutId}/reset': resetLayout.start,
  'GET /subexpLayout/{layoutId}/reset/{jobId}': resetLayout.status,
};
