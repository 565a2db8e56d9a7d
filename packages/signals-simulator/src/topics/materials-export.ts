/** Export of a library to a file: job, report, download, and the link to the next file when a cap was hit. */
import { formulaOf, molBlock, parseSmiles } from '../chemistry/molecule.ts';
import { writeStructure } from '../chemistry/structure-file.ts';
import { zipBytes } from '../demo/documents.ts';
import { iso } from '../documents/entity-document.ts';
import { badRequest, conflict, notFound } from '../errors.ts';
import { type Call, optionalBodyJson, param, type Routes } from '../http/call.ts';
import { ok, type Reply } from '../http/reply.ts';
import { arrayOf, at, type Json } from '../json.ts';
import { structureOf } from '../search/extras.ts';
import { bytesContent, textContent } from '../tenant/content.ts';
import type { Job } from '../tenant/jobs.ts';
import type { Library } from '../tenant/materials.ts';
import type { Content, Entity, Field } from '../tenant/model.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { libraryByName } from './material-create.ts';
import { csvLine } from './table-export.ts';

const largestCount = 25_000;
const largestBytes = 100_000_000;
const largestIds = 5000;
const kind = 'materialExport';

interface ExportPayload {
  readonly fileId: string;
  readonly libraryName: string;
  readonly content: Content;
  readonly count: number;
  readonly total: number;
  readonly lastAssetId: string;
  readonly fileName: string;
  /** Address of the next part, after the base; undefined when this one reached the end. */
  readonly next: string | undefined;
}

const structureColumn = (asset: Entity, format: string): string => {
  const smiles = structureOf(asset);
  return smiles === undefined || smiles === '' ? '' : (writeStructure(smiles, format.toLowerCase())?.text ?? '');
};

const textOfField = ({ value, values }: Field): string => values?.map(String).join('; ') ?? String(value ?? '');

const csvOf = (tenant: Tenant, library: Library, asset: Entity, chemFormat: string): string =>
  tenant.entities
    .childrenOf(asset.id)
    .map((batch) =>
      csvLine([
        asset.name,
        batch.name,
        ...(library.isChemical ? [structureColumn(asset, chemFormat)] : []),
        ...asset.fields.filter(({ definition }) => definition.type !== 'structure').map(textOfField),
        ...batch.fields.map(textOfField),
      ]),
    )
    .map((line) => `${line}\r\n`)
    .join('');

const csvHead = (library: Library): string =>
  `${csvLine([
    'Asset ID',
    'Batch ID',
    ...(library.isChemical ? ['Structure'] : []),
    ...library.assetFields
      .filter(({ definition }) => definition.type !== 'structure')
      .map(({ definition }) => definition.name),
    ...library.batchFields.map(({ definition }) => `Batch ${definition.name}`),
  ])}\r\n`;

const sdfOf = (asset: Entity): string => {
  const molecule = parseSmiles(structureOf(asset) ?? '') ?? { atoms: [], bonds: [] };
  const data = asset.fields
    .filter(({ definition }) => definition.type !== 'structure')
    .map(({ definition, value }) => `> <${definition.name}>\n${String(value ?? '')}\n\n`);
  return `${molBlock(molecule, asset.name)}> <Asset ID>\n${asset.name}\n\n> <Formula>\n${formulaOf(molecule)}\n\n${data.join('')}$$$$\n`;
};

const fileTypeOf = (call: Call, library: Library): string => {
  const fileType = call.query.get('fileType') ?? (library.isChemical ? 'SDF' : 'CSV');
  if (!['SDF', 'CSV', 'ZIP'].includes(fileType)) throw badRequest('fileType must be SDF, CSV or ZIP.');
  if (fileType === 'SDF' && !library.isChemical) throw badRequest('SDF is for chemical libraries only.');
  if (fileType === 'ZIP' && library.isChemical) throw badRequest('ZIP is for non-chemical libraries only.');
  return fileType;
};

const readLimit = (call: Call): number => {
  const text = call.query.get('limit');
  const limit = text === null ? largestCount : Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > largestCount)
    throw badRequest(`limit must be from 1 to ${largestCount}.`);
  return limit;
};

/** The assets asked for: by id (at most 5000, then limit and startAfter are ignored), else those after a name. */
const chosenAssets = (call: Call, library: Library): { readonly assets: readonly Entity[]; readonly limit: number } => {
  const ids = at(optionalBodyJson(call), 'data', 'attributes', 'ids');
  if (ids !== undefined) {
    const given = arrayOf(ids).map(String);
    if (given.length > largestIds) throw badRequest(`At most ${largestIds} ids.`);
    const wanted = new Set(given);
    return { assets: library.assets.filter(({ id, name }) => wanted.has(id) || wanted.has(name)), limit: largestCount };
  }
  const startAfter = call.query.get('startAfter');
  const from = startAfter === null ? 0 : library.assets.findIndex(({ name }) => name === startAfter) + 1;
  if (startAfter !== null && from === 0) throw badRequest(`No asset is named "${startAfter}".`);
  return { assets: library.assets.slice(from), limit: readLimit(call) };
};

const nextPath = (call: Call, library: Library, fileType: string, lastName: string, limit: number): string => {
  const chemFormat = call.query.get('chemFormat');
  const query = [
    `fileType=${fileType}`,
    ...(chemFormat === null ? [] : [`chemFormat=${chemFormat}`]),
    ...(limit === largestCount ? [] : [`limit=${limit}`]),
    `startAfter=${encodeURIComponent(lastName)}`,
  ];
  return `/materials/${encodeURIComponent(library.name)}/bulkExport?${query.join('&')}`;
};

const write = (call: Call, library: Library): Omit<ExportPayload, 'fileId'> => {
  const fileType = fileTypeOf(call, library);
  const chemFormat = call.query.get('chemFormat') ?? 'SMILES';
  if (!['SMILES', 'InChI', 'HELM'].includes(chemFormat)) throw badRequest('chemFormat must be SMILES, InChI or HELM.');
  const { assets, limit } = chosenAssets(call, library);
  const texts: string[] = fileType === 'SDF' ? [] : [csvHead(library)];
  let sizeBytes = 0;
  let count = 0;
  for (const asset of assets) {
    const text = fileType === 'SDF' ? sdfOf(asset) : csvOf(call.tenant, library, asset, chemFormat);
    if (count >= limit || sizeBytes + text.length > largestBytes) break;
    texts.push(text);
    sizeBytes += text.length;
    count += 1;
  }
  const last = assets[count - 1];
  const text = texts.join('');
  const fileName = `${library.name}.${fileType.toLowerCase()}`;
  const mediaType = fileType === 'SDF' ? 'chemical/x-mdl-sdfile' : 'text/csv';
  return {
    content:
      fileType === 'ZIP'
        ? bytesContent('application/zip', zipBytes({ [`${library.name}.csv`]: text }))
        : textContent(mediaType, text),
    libraryName: library.name,
    count,
    total: assets.length,
    lastAssetId: last?.name ?? '',
    fileName,
    next: last !== undefined && count < assets.length ? nextPath(call, library, fileType, last.name, limit) : undefined,
  };
};

/** An export without an asset fails, as a recorded one of an empty library did (client-shapes S6). */
const outcomeOf = ({ count, lastAssetId }: ExportPayload): { readonly [name: string]: Json } =>
  count === 0
    ? { status: 'FAILED', count, error: { description: 'Nothing to export.' } }
    : { status: 'COMPLETED', count, lastAssetId, error: null };

/** That `nextExport` stands among the links of the report is invented: no source shows its place. */
const reportDocument = (call: Call, job: Job<ExportPayload>): Json => {
  const { fileId, libraryName, total, next } = job.payload;
  const isReady = call.tenant.jobs.isReady(job);
  const self = `${call.base}/materials/bulkExport/reports/${job.id}`;
  return {
    links: { self },
    data: {
      type: 'materialBulkExportReport',
      id: job.id,
      links: {
        self,
        download: `${call.base}/materials/bulkExport/download/${fileId}`,
        ...(isReady && next !== undefined ? { nextExport: `${call.base}${next}` } : {}),
      },
      attributes: {
        id: job.id,
        fileId,
        libraryName,
        createdAt: iso(job.startedAtMillis),
        startedAt: iso(job.startedAtMillis),
        total,
        ...(isReady ? { completedAt: iso(job.readyAtMillis), ...outcomeOf(job.payload) } : { status: 'IN_PROGRESS' }),
      },
    },
  };
};

/** Clients know 409 as "a job runs" (client-shapes S6). That it is a job of the same library is the safe reading. */
const runs = (call: Call, library: Library): boolean =>
  call.tenant.jobs.running<ExportPayload>(kind).some(({ payload }) => payload.libraryName === library.name);

const start = (call: Call): Reply => {
  const library = libraryByName(call);
  if (runs(call, library)) throw conflict('An export of this library runs.');
  const payload = { ...write(call, library), fileId: call.tenant.random.uuid() };
  const job = call.tenant.jobs.start<ExportPayload>(kind, payload, call.tenant.random.uuid());
  call.tenant.exportFiles.set(payload.fileId, job.id);
  const self = `${call.base}/materials/bulkExport/reports/${job.id}`;
  // Clients unpack the attributes by their order.
  const attributes = { fileId: payload.fileId, reportId: job.id };
  return ok({ links: { self }, data: { type: 'bulkExportReport', id: job.id, links: { self }, attributes } });
};

const jobOf = (call: Call, id: string): Job<ExportPayload> => {
  const job = call.tenant.jobs.get<ExportPayload>(kind, id);
  if (job === undefined) throw notFound('The export is not found.');
  return job;
};

const report = (call: Call): Reply => ok(reportDocument(call, jobOf(call, param(call, 'reportId'))));

/** Length 0 while it works. */
const file = (call: Call): Reply => {
  const job = jobOf(call, call.tenant.exportFiles.get(param(call, 'fileId')) ?? '');
  const { content, fileName } = job.payload;
  const isReady = call.tenant.jobs.isReady(job);
  return {
    status: 200,
    content: isReady ? content : bytesContent(content.mediaType, new Uint8Array()),
    headers: { 'content-disposition': `attachment; filename="${fileName}"` },
  };
};

export const materialsExportRoutes: Routes = {
  'POST /materials/{libraryName}/bulkExport': start,
  'GET /materials/bulkExport/download/{fileId}': file,
  'HEAD /materials/bulkExport/download/{fileId}': file,
  'GET /materials/bulkExport/reports/{reportId}': report,
};
