/** Updates of many sub-experiments, and their samples, in jobs (client-shapes S24). */
import { badRequest, notFound } from '../errors.ts';
import { bodyJson, type Call, type Handler, param } from '../http/call.ts';
import { selfLinks } from '../http/paging.ts';
import { accepted, ok } from '../http/reply.ts';
import { arrayOf, at, isObject, type Json, objectOf, textOf } from '../json.ts';
import type { Job } from '../tenant/jobs.ts';
import { changed } from '../tenant/tenant.ts';
import { parseField } from './field-values.ts';
import { openObjectToWrite } from './plain-objects.ts';
import {
  parentOf,
  rowIdOf,
  subexperiments,
  summaryColumns,
  summaryKind,
  type Values,
  valuesOf,
} from './subexp-summary.ts';

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
