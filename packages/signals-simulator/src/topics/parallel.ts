/** Parallel experiments: enumerators, the summary of sub-experiments and their layout. The products of enumeration are invented. */
import { entityListDocument } from '../documents/entity-document.ts';
import type { Call, Routes } from '../http/call.ts';
import { readPage, selfLinks, slicePage } from '../http/paging.ts';
import { ok } from '../http/reply.ts';
import { arrayOf } from '../json.ts';
import type { Entity } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';
import {
  mergeObject,
  type ObjectKind,
  objectDocument,
  objectOfEntity,
  openObject,
  openObjectToWrite,
  readObject,
  timedJob,
} from './plain-objects.ts';

const paraexp: ObjectKind = { entityType: 'paraexp', idParam: 'eid', dataType: 'parallelExperiment' };
const enumerator: ObjectKind = { entityType: 'paraenum', idParam: 'eid', dataType: 'enumerator' };
const external: ObjectKind = { entityType: 'extparaenum', idParam: 'eid', dataType: 'externalEnumerator' };
const summary: ObjectKind = { entityType: 'paragrid', idParam: 'subexpSummaryId', dataType: 'subexpSummary' };
const layout: ObjectKind = { entityType: 'paraLayout', idParam: 'layoutId', dataType: 'subexpLayout' };

const parentOf = (call: Call, entity: Entity): Entity =>
  (entity.parentId === undefined ? undefined : call.tenant.entities.get(entity.parentId)) ?? entity;

const subexperiments = (call: Call, parent: Entity): Entity[] =>
  call.tenant.entities.childrenOf(parent.id).filter((child) => child.type === 'parasubexp' && !child.isTrashed);

const addSubexperiments = (call: Call, entity: Entity) => {
  const parent = parentOf(call, entity);
  const first = subexperiments(call, parent).length;
  for (let index = 1; index <= 4; index += 1)
    call.tenant.entities.create({
      id: `parasubexp:${call.tenant.random.uuid()}`,
      type: 'parasubexp',
      name: `Sub ${first + index} ${call.tenant.nextNumber()}`,
      createdBy: call.user.id,
      parentId: parent.id,
      state: 'open',
    });
};

const reset = timedJob({
  kind: paraexp,
  name: 'reset',
  work(call, entity) {
    for (const child of subexperiments(call, entity)) call.tenant.entities.trash(child, call.user.id);
  },
});
const enumerate = timedJob({ kind: enumerator, name: 'enumerate', work: addSubexperiments });
const enumerateOutside = timedJob({ kind: external, name: 'extEnumerate', work: addSubexperiments });
const updateSummary = timedJob({ kind: summary, name: 'summaryUpdate', jobParam: 'bulkUpdateId' });
const createSamples = timedJob({ kind: summary, name: 'samplesCreate' });
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

const rows = (call: Call) => {
  const entity = openObject(call, summary);
  const page = readPage(call, { defaultLimit: 100 });
  return ok(entityListDocument(call, page, slicePage(subexperiments(call, parentOf(call, entity)), page)));
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
  'GET /subexpSummary/{subexpSummaryId}/rows': rows,
  'PATCH /subexpSummary/{subexpSummaryId}/bulkUpdate': updateSummary.start,
  'GET /subexpSummary/{subexpSummaryId}/bulkUpdate/{bulkUpdateId}': updateSummary.status,
  'POST /subexpSummary/{subexpSummaryId}/samples/bulkCreate': createSamples.start,
  'GET /subexpSummary/{subexpSummaryId}/samples/bulkCreate/{jobId}': createSamples.status,
  'GET /subexpLayout/{layoutId}': readObject(layout),
  'PATCH /subexpLayout/{layoutId}': mergeObject(layout, 'layout'),
  'PATCH /subexpLayout/{layoutId}/reset': resetLayout.start,
  'GET /subexpLayout/{layoutId}/reset/{jobId}': resetLayout.status,
};
