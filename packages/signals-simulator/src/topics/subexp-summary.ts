/** The summary of sub-experiments: one row for each, and updates of many in a job (client-shapes S23, S24). */
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, type Handler, param } from '../http/call.ts';
import { pageLinks, readPage, selfLinks, slicePage } from '../http/paging.ts';
import { accepted, ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, type JsonObject, objectOf, textOf } from '../json.ts';
import type { Job } from '../tenant/jobs.ts';
import type { Entity, FieldDefinition } from '../tenant/model.ts';
import { changed, type Tenant } from '../tenant/tenant.ts';
import { parseField, renderField } from './field-values.ts';
import { type ObjectKind, openObject, openObjectToWrite } from './plain-objects.ts';

const summaryKind: ObjectKind = {
  entityType: 'paragrid',
  idParam: 'subexpSummaryId',
  dataType: 'subexpSummary',
};

interface SummaryColumn {
  readonly definition: FieldDefinition;
  readonly section?: 'REACTANTS' | 'PRODUCTS';
}

const nameKey = '2';

/** The link to the sub-experiment, the product's name and the reactant's mass; columns of a real template are not known. */
export const summaryColumns: readonly SummaryColumn[] = [
  { definition: { id: nameKey, name: 'Name', type: 'link', canEdit: false } },
  {
    definition: { id: 'r1:sm', name: 'R1 Mass', type: 'unit', measure: 'mass', units: ['g', 'mg', 'kg'] },
    section: 'REACTANTS',
  },
  { definition: { id: 'p1:name', name: 'P1 Name', type: 'text' }, section: 'PRODUCTS' },
];

export const parentOf = (tenant: Tenant, entity: Entity): Entity =>
  (entity.parentId === undefined ? undefined : tenant.entities.get(entity.parentId)) ?? entity;

export const subexperiments = (tenant: Tenant, parent: Entity): Entity[] =>
  tenant.entities.childrenOf(parent.id).filter((child) => child.type === 'parasubexp' && !child.isTrashed);

/** A row has the id of the sub-experiment's drawing. */
const rowIdOf = (tenant: Tenant, subexperiment: Entity): string =>
  tenant.entities.childrenOf(subexperiment.id).find(({ type }) => type === 'chemicalDrawing')?.id ?? subexperiment.id;

type Values = { [key: string]: Json };

const valuesOf = (tenant: Tenant, summary: Entity): { [rowId: string]: Values } => {
  const known = tenant.objects.get(summary.id) ?? {};
  tenant.objects.set(summary.id, known);
  known.rows ??= {};
  return known.rows as { [rowId: string]: Values };
};

/** The cells of one row; empty ones have a key only. */
export const summaryCells = (tenant: Tenant, summary: Entity, subexperiment: Entity): JsonObject[] => {
  const values = valuesOf(tenant, summary)[rowIdOf(tenant, subexperiment)] ?? {};
  return summaryColumns.map(({ definition }) => {
    if (definition.id === nameKey)
      return { key: nameKey, value: subexperiment.id, display: subexperiment.name, linkedEntityType: 'parasubexp' };
    const value = values[definition.id];
    if (value === undefined || value === '') return { key: definition.id };
    const content = renderField({ definition, value }, 'normalized');
    return { key: definition.id, display: String(content.display ?? content.value), ...content };
  });
};

const columnDefinitionId = (summary: Entity) => `${summary.id}/columns`;

const rowResource = (call: Call, summary: Entity, subexperiment: Entity): Json => {
  const id = rowIdOf(call.tenant, subexperiment);
  return {
    type: 'subexpSummaryRow',
    id,
    attributes: { id, columns: summaryCells(call.tenant, summary, subexperiment) },
    relationships: { columnDefinition: { data: { type: 'columnDefinition', id: columnDefinitionId(summary) } } },
  };
};

const columnDefinition = (summary: Entity): Json => {
  const id = columnDefinitionId(summary);
  const cols = summaryColumns.map(({ definition, section }) => ({
    key: definition.id,
    title: definition.name,
    type: definition.type,
    ...(definition.measure === undefined ? {} : { measure: definition.measure }),
    isUserDefined: false,
    ...(definition.canEdit === false ? { readOnly: true } : {}),
    ...(section === undefined ? {} : { section }),
    templateColumnKey: definition.id,
  }));
  return { type: 'columnDefinition', id, attributes: { id, cols } };
};

export const summaryRows: Handler = (call) => {
  const summary = openObject(call, summaryKind);
  const page = readPage(call, { defaultLimit: 100 });
  const { items, hasMore } = slicePage(subexperiments(call.tenant, parentOf(call.tenant, summary)), page);
  return ok({
    links: pageLinks(call, page, hasMore),
    data: items.map((item) => rowResource(call, summary, item)),
    included: [columnDefinition(summary)],
  });
};

/** `{<key>: {content}}`; a list, or a column that is not there, is refused at once. */
const readColumns = (columns: Json | undefined): Values => {
  if (!isObject(columns)) throw badRequest('columns must be a map by key.');
  const values: Values = {};
  for (const [key, column] of Object.entries(columns)) {
    const definition = summaryColumns.find((known) => known.definition.id === key)?.definition;
    if (definition === undefined) throw badRequest(`Column "${key}" is unknown.`);
    if (definition.canEdit === false) throw badRequest(`Column "${key}" is not editable.`);
    values[key] = parseField(definition, at(column, 'content') ?? null).value ?? '';
  }
  return values;
};

interface UpdateJob {
  readonly summaryId: string;
  readonly hasFailed: boolean;
}

interface SummaryJob {
  readonly name: string;
  readonly jobType: string;
  readonly param: string;
}

const updateJob: SummaryJob = { name: 'summaryUpdate', jobType: 'ASYNC_TASK', param: 'bulkUpdateId' };
const samplesJob: SummaryJob = { name: 'samplesCreate', jobType: 'BULK_SAMPLES_CREATE', param: 'jobId' };

const pathOf = (job: SummaryJob) => (job === updateJob ? 'bulkUpdate' : 'samples/bulkCreate');

const statusSelf = (call: Call, kind: SummaryJob, job: Job<UpdateJob>) =>
  `${call.base}/subexpSummary/${job.payload.summaryId}/${pathOf(kind)}/${job.id}`;

const begun = (call: Call, kind: SummaryJob, job: Job<UpdateJob>): Json => {
  const { summaryId } = job.payload;
  return {
    links: selfLinks(call),
    data: {
      type: 'bulkUpdateParagrid',
      id: summaryId,
      attributes: {
        subexpSummaryId: summaryId,
        bulkUpdateId: Number(job.id),
        description: 'The update has started.',
      },
      relationships: {
        status: {
          links: { self: statusSelf(call, kind, job) },
          data: { type: 'subexpSummaryBulkUpdateReport', id: job.id },
        },
      },
    },
  };
};

/** Rows that are not there make the job fail, and nothing is written. */
const startUpdate: Handler = (call) => {
  const { tenant, user } = call;
  const summary = openObjectToWrite(call, summaryKind);
  const data = at(bodyJson(call), 'data');
  if (!Array.isArray(data) || data.length === 0) throw badRequest('data must be a list of rows.');
  const rows = arrayOf(data).map((item) => ({
    id: textOf(at(item, 'id')) ?? '',
    values: readColumns(at(item, 'attributes', 'columns')),
  }));
  const known = new Set(subexperiments(tenant, parentOf(tenant, summary)).map((item) => rowIdOf(tenant, item)));
  const hasFailed = rows.some(({ id }) => !known.has(id));
  const kept = valuesOf(tenant, summary);
  if (!hasFailed) for (const { id, values } of rows) kept[id] = { ...objectOf(kept[id]), ...values } as Values;
  changed(tenant, summary, user.id, 'update', `${rows.length} rows`);
  const job = tenant.jobs.start<UpdateJob>(updateJob.name, { summaryId: summary.id, hasFailed }, tenant.nextNumber());
  return accepted(begun(call, updateJob, job));
};

const startSamples: Handler = (call) => {
  const { tenant, user } = call;
  const summary = openObjectToWrite(call, summaryKind);
  changed(tenant, summary, user.id, samplesJob.name);
  const payload = { summaryId: summary.id, hasFailed: false };
  return accepted(begun(call, samplesJob, tenant.jobs.start<UpdateJob>(samplesJob.name, payload, tenant.nextNumber())));
};

/** 200 while it works too; `jobStatus` is READY, then SUCCESS or FAILED. */
const statusOf =
  (kind: SummaryJob): Handler =>
  (call) => {
    const job = call.tenant.jobs.get<UpdateJob>(kind.name, param(call, kind.param));
    if (job === undefined) throw notFound('The job is not found.');
    const isReady = call.tenant.jobs.isReady(job);
    return ok({
      links: selfLinks(call),
      data: {
        type: 'subexpSummaryBulkUpdateReport',
        id: job.id,
        attributes: {
          bulkUpdateId: Number(job.id),
          subexpSummaryId: job.payload.summaryId,
          jobType: kind.jobType,
          state: isReady ? 'SCHEDULED' : 'IN_PROGRESS',
          jobStatus: isReady ? (job.payload.hasFailed ? 'FAILED' : 'SUCCESS') : 'READY',
          digest: call.tenant.entities.get(job.payload.summaryId)?.digest ?? '',
        },
      },
    });
  };

export const summaryUpdate = { start: startUpdate, status: statusOf(updateJob) };
export const samplesCreation = { start: startSamples, status: statusOf(samplesJob) };
