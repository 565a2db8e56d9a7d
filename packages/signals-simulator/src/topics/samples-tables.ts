/** Samples of an experiment as one table: rows whose columns are a map, batches, CSV updates, hidden columns. */
import { entityListDocument, includedEntity } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, checkDigest, checkEditable, entityOfType, param, type Routes } from '../http/call.ts';
import { readPage, selfLinks, slicePage } from '../http/paging.ts';
import { accepted, ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, textOf } from '../json.ts';
import type { Entity, FieldDefinition } from '../tenant/model.ts';
import { changed } from '../tenant/tenant.ts';
import { csvRows } from './csv.ts';
import { renderField } from './field-values.ts';
import { writeItemField } from './item-properties.ts';
import { actOnSample, checkActive, sampleKind } from './samples.ts';

const largestBatch = 50;
const kind = 'samplesUpdate';

const open = (call: Call, name = 'samplesTableId') => entityOfType(call, name, 'samplesContainer');

const samplesIn = (call: Call, container: Entity): Entity[] =>
  call.tenant.entities.childrenOf(container.id).filter((child) => child.type === 'sample' && !child.isTrashed);

const chosen = (call: Call, container: Entity): Entity[] => {
  const ids = call.query.get('sampleIds')?.split(',');
  return samplesIn(call, container).filter(({ id }) => ids === undefined || ids.includes(id));
};

const hiddenOf = (call: Call, container: Entity): Set<string> => {
  const hidden = call.tenant.hiddenColumns.get(container.id) ?? new Set<string>();
  call.tenant.hiddenColumns.set(container.id, hidden);
  return hidden;
};

const rowResource = (call: Call, container: Entity, sample: Entity): Json => {
  const wanted = call.query.get('fields[samplesTableColumn]')?.split(',');
  const hidden = hiddenOf(call, container);
  const shown = sample.fields.filter(
    ({ definition: { id } }) => !hidden.has(id) && (wanted === undefined || wanted.includes(id)),
  );
  return {
    type: 'sampleTableRow',
    id: sample.id,
    attributes: {
      id: sample.id,
      name: sample.name,
      status: sample.state ?? '',
      columns: Object.fromEntries(
        shown.map((field) => [field.definition.id, { name: field.definition.name, content: renderField(field, null) }]),
      ),
    },
  };
};

const rows = (call: Call) => {
  const container = open(call);
  return ok({
    links: selfLinks(call),
    data: chosen(call, container).map((sample) => rowResource(call, container, sample)),
    included: [includedEntity(call, container)],
  });
};

const writeColumns = (call: Call, sample: Entity, columns: Json | undefined) => {
  if (!isObject(columns)) throw badRequest('columns must be a map by key.');
  for (const [key, column] of Object.entries(columns))
    writeItemField(call, sampleKind, sample, key, at(column, 'content') ?? null);
};

const act = (call: Call, sample: Entity, item: Json): void => {
  const action = textOf(at(item, 'attributes', 'action')) ?? 'update';
  if (action === 'close' || action === 'cancel' || action === 'reopen')
    actOnSample(call.tenant, sample, action, call.user.id);
  else if (action === 'delete') call.tenant.entities.trash(sample, call.user.id);
  else if (action === 'update') {
    checkActive(call.tenant, sample);
    writeColumns(call, sample, at(item, 'attributes', 'columns'));
    changed(call.tenant, sample, call.user.id, 'update', 'row');
  } else throw badRequest(`Action "${action}" is unknown.`);
};

/** Rows travel out as `sampleTableRow` and in as `samplesTableRow`; without an id a row means every sample. */
const patchRows = (call: Call) => {
  const container = open(call);
  checkEditable(call.tenant, container);
  checkDigest(call, container);
  const data = at(bodyJson(call), 'data');
  const items = Array.isArray(data) ? arrayOf(data) : isObject(data) ? [data] : [];
  if (items.length === 0 || items.length > largestBatch) throw badRequest(`Send 1 to ${largestBatch} rows.`);
  for (const item of items) {
    if (at(item, 'type') !== 'samplesTableRow') throw badRequest('Each row must have the type samplesTableRow.');
    const id = textOf(at(item, 'id'));
    const targets =
      id === undefined ? chosen(call, container) : samplesIn(call, container).filter((sample) => sample.id === id);
    if (targets.length === 0) throw notFound(`Sample ${id ?? ''} is not in this table.`);
    for (const sample of targets) act(call, sample, item);
  }
  changed(call.tenant, container, call.user.id, 'update', `${items.length} rows`);
  return ok({
    links: selfLinks(call),
    data: chosen(call, container).map((sample) => rowResource(call, container, sample)),
    included: [includedEntity(call, container)],
  });
};

interface UpdateJob {
  readonly error: string | undefined;
}

/** First column `ID` (a sample's id or name), the others titles of fields. Applied at once, reported when the job is ready. */
const applyCsv = (call: Call, container: Entity): string | undefined => {
  const [titles = [], ...lines] = csvRows(call.body.toString('utf8'));
  try {
    for (const line of lines) {
      const sample = samplesIn(call, container).find(({ id, name }) => id === line[0] || name === line[0]);
      if (sample === undefined) return `Sample ${line[0] ?? ''} is not in this table.`;
      checkActive(call.tenant, sample);
      titles.slice(1).forEach((title, index) => {
        const field = sample.fields.find(({ definition }) => definition.name === title);
        if (field !== undefined)
          writeItemField(call, sampleKind, sample, field.definition.id, { value: line[index + 1] ?? '' });
      });
      changed(call.tenant, sample, call.user.id, 'update', 'csv');
    }
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
};

const startUpdate = (call: Call) => {
  const container = open(call);
  checkEditable(call.tenant, container);
  checkDigest(call, container);
  const payload: UpdateJob = { error: applyCsv(call, container) };
  const job = call.tenant.jobs.start(kind, payload, call.tenant.nextNumber());
  return accepted({
    links: selfLinks(call),
    data: { type: 'asyncUpdateResult', id: job.id, attributes: { jobId: Number(job.id), status: 'READY' } },
  });
};

const updateState = (call: Call) => {
  open(call);
  const job = call.tenant.jobs.get<UpdateJob>(kind, param(call, 'jobId'));
  if (job === undefined) throw notFound('The job is not found.');
  const { error } = job.payload;
  const status = call.tenant.jobs.isReady(job) ? (error === undefined ? 'SUCCESS' : 'FAILED') : 'READY';
  return ok({
    links: selfLinks(call),
    data: {
      type: 'asyncUpdateResult',
      id: job.id,
      attributes: { jobId: Number(job.id), status, ...(status === 'FAILED' ? { error: error ?? '' } : {}) },
    },
  });
};

const columnsDocument = (call: Call, container: Entity): Json => {
  const definitions = new Map<string, FieldDefinition>();
  for (const { fields } of samplesIn(call, container))
    for (const { definition } of fields) definitions.set(definition.id, definition);
  const hidden = hiddenOf(call, container);
  return {
    links: selfLinks(call),
    data: {
      type: 'columnDefinitions',
      id: container.id,
      attributes: {
        columns: [...definitions.values()].map(({ id, name, type }) => ({
          key: id,
          title: name,
          type,
          isHidden: hidden.has(id),
        })),
      },
    },
    included: [includedEntity(call, container)],
  };
};

const hideColumns = (call: Call) => {
  const container = open(call);
  checkEditable(call.tenant, container);
  checkDigest(call, container);
  const attributes = at(bodyJson(call), 'data', 'attributes');
  const action = textOf(at(attributes, 'action'));
  if (action !== 'hide' && action !== 'unhide') throw badRequest('action must be hide or unhide.');
  const hidden = hiddenOf(call, container);
  for (const item of arrayOf(at(attributes, 'columns'))) {
    const key = textOf(at(item, 'key')) ?? '';
    if (action === 'hide') hidden.add(key);
    else hidden.delete(key);
  }
  changed(call.tenant, container, call.user.id, 'update', 'columns');
  return ok(columnsDocument(call, container));
};

const summary = (call: Call) => {
  const container = open(call, 'sampleSummaryId');
  const page = readPage(call, { defaultLimit: 5000, maxLimit: Number.MAX_SAFE_INTEGER });
  return ok(entityListDocument(call, page, slicePage(samplesIn(call, container), page)));
};

export const samplesTableRoutes: Routes = {
  'GET /sampleSummary/{sampleSummaryId}/samples': summary,
  'GET /samplesTables/{samplesTableId}/rows': rows,
  'PATCH /samplesTables/{samplesTableId}/rows': patchRows,
  'POST /samplesTables/{samplesTableId}/bulkUpdate': startUpdate,
  'GET /samplesTables/{samplesTableId}/bulkUpdate/{jobId}': updateState,
  'GET /samplesTables/{samplesTableId}/_column': (call) => ok(columnsDocument(call, open(call))),
  'PATCH /samplesTables/{samplesTableId}/_column': hideColumns,
};
