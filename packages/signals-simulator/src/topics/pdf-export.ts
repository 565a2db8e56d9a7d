/** PDF of a record: as a job with a file id, kept 30 minutes, or slowly while the caller waits. */
import { iso } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { type Call, checkNotTrashed, entityOf, optionalBodyJson, param, type Routes } from '../http/call.ts';
import { download, ok, type Reply } from '../http/reply.ts';
import { arrayOf, at } from '../json.ts';
import { pdfBytes } from '../pdf.ts';
import { bytesContent, contentBytes } from '../tenant/content.ts';
import type { Entity } from '../tenant/model.ts';
import { printedTypes } from '../tenant/types.ts';

const keptMillis = 30 * 60_000;

interface PdfPayload {
  readonly entityId: string;
  readonly fileName: string;
  readonly childIds: readonly string[] | undefined;
}

const textOfChild = (child: Entity): string[] => {
  if (child.type !== 'text' || child.content === undefined) return [];
  return [
    contentBytes(child.content)
      .toString('utf8')
      .replace(/<[^>]*>/g, ' ')
      .trim(),
  ];
};

const linesOf = (call: Call, entity: Entity, childIds: readonly string[] | undefined): string[] => {
  const children = call.tenant.entities
    .childrenOf(entity.id)
    .filter((child) => !child.isTrashed && (childIds === undefined || childIds.includes(child.id)));
  return [
    entity.name,
    `Id ${entity.id}`,
    `Digest ${entity.digest}, state ${entity.state ?? 'none'}, edited ${iso(entity.editedAtMillis)}`,
    entity.description,
    ...entity.fields.map(
      ({ definition, value, values }) => `${definition.name}: ${String(values?.join(', ') ?? value ?? '')}`,
    ),
    ...children.flatMap((child) => ['', `${child.type}: ${child.name}`, ...textOfChild(child)]),
  ];
};

const pdfOf = (call: Call, entity: Entity, childIds?: readonly string[]) =>
  bytesContent('application/pdf', pdfBytes(entity.name, linesOf(call, entity, childIds)));

const printable = (entity: Entity | undefined, id: string): Entity => {
  if (entity === undefined) throw notFound(`Entity ${id} is not found.`);
  if (!printedTypes.has(entity.type)) throw badRequest(`A ${entity.type} has no PDF.`);
  return entity;
};

const tellPrinted = (call: Call, entity: Entity) =>
  call.tenant.notifications.emit({ type: 'print', createdBy: call.user.id, entityId: entity.id });

const start = (call: Call): Reply => {
  const id = call.query.get('eid');
  if (id === null) throw badRequest('eid is required.');
  const entity = printable(call.tenant.entities.get(id), id);
  checkNotTrashed(call.tenant, entity);
  const children = at(optionalBodyJson(call), 'data', 'attributes', 'children');
  const payload: PdfPayload = {
    entityId: entity.id,
    fileName: `${entity.name}.pdf`,
    childIds: children === undefined ? undefined : arrayOf(children).map(String),
  };
  const { id: fileId } = call.tenant.jobs.start('pdf', payload, call.tenant.random.uuid());
  tellPrinted(call, entity);
  const self = `${call.base}/entities/export/pdf/${fileId}`;
  return ok({
    links: { self },
    data: {
      type: 'pdf',
      id: fileId,
      links: { self },
      attributes: { fileId, fileName: payload.fileName },
      relationships: { file: { links: { self } } },
    },
  });
};

/** Length 0 while it works; a failure shows in no other way than never getting longer. */
const fetchPdf = (call: Call): Reply => {
  const { tenant } = call;
  const job = tenant.jobs.get<PdfPayload>('pdf', param(call, 'fileId'));
  if (job === undefined || tenant.clock.nowMillis() > job.readyAtMillis + keptMillis)
    throw notFound('The PDF is not found.');
  const entity = tenant.entities.get(job.payload.entityId);
  const isReady = tenant.jobs.isReady(job) && !tenant.behaviour.pdfsNeverFinish;
  if (!isReady || entity === undefined)
    return { status: 200, content: bytesContent('application/pdf', new Uint8Array()) };
  return download(pdfOf(call, entity, job.payload.childIds), call.query.get('filename') ?? job.payload.fileName);
};

const printNow = (call: Call): Reply => {
  const entity = printable(entityOf(call), param(call, 'eid'));
  return download(pdfOf(call, entity), `${entity.name}.pdf`);
};

export const pdfRoutes: Routes = {
  'PUT /entities/export/pdf': start,
  'HEAD /entities/export/pdf/{fileId}': fetchPdf,
  'GET /entities/export/pdf/{fileId}': fetchPdf,
  'GET /entities/{eid}/pdf': printNow,
  'HEAD /entities/{eid}/pdf': printNow,
};
