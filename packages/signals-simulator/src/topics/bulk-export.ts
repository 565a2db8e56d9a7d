/** Content export of entities: job, state, contents that can be fetched once and are gone after two hours. */
import { badRequest, notFound, tooManyRequests } from '../errors.ts';
import { type Call, param, type Routes } from '../http/call.ts';
import { accepted, ok, type Reply } from '../http/reply.ts';
import type { Json } from '../json.ts';
import { textContent } from '../tenant/content.ts';
import type { Job } from '../tenant/jobs.ts';
import type { Content, Entity } from '../tenant/model.ts';
import { stoichiometryContent } from './drawing-content.ts';
import { multipartContent, type Part } from './multipart.ts';
import { tableJson } from './table-export.ts';

const keptMillis = 2 * 3_600_000;
const kind = 'bulkExport';

interface BulkPayload {
  readonly entityIds: readonly string[];
  readonly depth: number;
  readonly types: ReadonlySet<string> | undefined;
  readonly hasStoichiometry: boolean;
}

const readDepth = (call: Call): number => {
  const text = call.query.get('depth');
  if (text === null || !/^(-1|0|1)$/.test(text)) throw badRequest('depth is required: 0, 1 or -1.');
  return Number(text);
};

const jobDocument = (call: Call, job: Job<BulkPayload>): Json => {
  const self = `${call.base}/entities/export/bulk/${job.id}`;
  const isReady = call.tenant.jobs.isReady(job);
  return {
    links: { self },
    data: {
      type: 'bulkExport',
      id: job.id,
      links: { self },
      attributes: { jobId: job.id, status: isReady ? 'COMPLETED' : 'IN_PROGRESS' },
      ...(isReady ? { relationships: { contents: { links: { self: `${self}/contents` } } } } : {}),
    },
  };
};

const start = (call: Call): Reply => {
  const depth = readDepth(call);
  const entityIds = call.query.getAll('eid').flatMap((text) => text.split(','));
  if (entityIds.length === 0) throw badRequest('eid is required.');
  for (const id of entityIds)
    if (call.tenant.entities.get(id) === undefined) throw notFound(`Entity ${id} is not found.`);
  if (call.tenant.jobs.countRunning(kind) >= call.tenant.behaviour.exportWorkers)
    throw tooManyRequests('No export worker is free.');
  const types = call.query.get('types');
  const payload: BulkPayload = {
    entityIds,
    depth,
    types: types === null ? undefined : new Set(types.split(',')),
    hasStoichiometry: call.query.get('stoichiometry') !== 'false',
  };
  return accepted(jobDocument(call, call.tenant.jobs.start(kind, payload, call.tenant.random.uuid())));
};

const jobOf = (call: Call): Job<BulkPayload> => {
  const job = call.tenant.jobs.get<BulkPayload>(kind, param(call, 'jobId'));
  if (job === undefined || call.tenant.clock.nowMillis() > job.readyAtMillis + keptMillis)
    throw notFound(`Export ${param(call, 'jobId')} is not found.`);
  return job;
};

const contentOf = (call: Call, entity: Entity): Content | undefined =>
  call.tenant.tables.has(entity.id)
    ? textContent('application/json', JSON.stringify(tableJson(call.tenant, entity)))
    : entity.content;

/** The tree of the table of contents; collects the parts it names on the way. */
const treeOf = (call: Call, entity: Entity, payload: BulkPayload, depth: number, parts: Part[]): Json => {
  const content = contentOf(call, entity);
  const name = `part-${parts.length + 1}`;
  if (content !== undefined) parts.push({ name, content });
  const children = depth === 0 ? [] : call.tenant.entities.childrenOf(entity.id);
  const wanted = children.filter((child) => !child.isTrashed && (payload.types?.has(child.type) ?? true));
  return {
    eid: entity.id,
    name: entity.name,
    type: entity.type,
    fields: Object.fromEntries(
      entity.fields.map(({ definition, value, values }) => [definition.name, values ?? value ?? '']),
    ),
    ...(content === undefined ? {} : { content: { type: content.mediaType, part: name } }),
    ...(payload.hasStoichiometry && entity.type === 'chemicalDrawing'
      ? { stoichiometry: stoichiometryContent(call.tenant, entity) }
      : {}),
    children: wanted.map((child) => treeOf(call, child, payload, depth - 1, parts)),
  };
};

const contents = (call: Call): Reply => {
  const job = jobOf(call);
  if (!call.tenant.jobs.isReady(job)) throw notFound('The contents are not ready.');
  const parts: Part[] = [];
  const roots = job.payload.entityIds
    .flatMap((id) => call.tenant.entities.get(id) ?? [])
    .map((entity) => treeOf(call, entity, job.payload, job.payload.depth, parts));
  call.tenant.jobs.remove(kind, job.id);
  const table = { root: roots.length === 1 ? (roots[0] ?? null) : roots };
  const first: Part = { name: 'table of content', content: textContent('application/json', JSON.stringify(table)) };
  return { status: 200, content: multipartContent([first, ...parts]) };
};

export const bulkExportRoutes: Routes = {
  'POST /entities/export/bulk': start,
  'GET /entities/export/bulk/{jobId}': (call) => ok(jobDocument(call, jobOf(call))),
  'GET /entities/export/bulk/{jobId}/contents': contents,
};
