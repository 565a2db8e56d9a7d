/** Import into a library and update of one, from JSON or a zip that holds it; reports stay until deleted. */

import { zipBytes } from '../demo/documents.ts';
import { iso } from '../documents/entity-document.ts';
import { badRequest, notFound } from '../errors.ts';
import { type Call, param, type Routes } from '../http/call.ts';
import { accepted, download, noContent, ok, type Reply } from '../http/reply.ts';
import { arrayOf, at, type Json, textOf } from '../json.ts';
import { bytesContent, textContent } from '../tenant/content.ts';
import type { Job } from '../tenant/jobs.ts';
import { bareId, type Library } from '../tenant/materials.ts';
import { changed } from '../tenant/tenant.ts';
import { readZip } from '../zip.ts';
import { csvRows } from './csv.ts';
import { addAsset, libraryByName, readFields } from './material-create.ts';

interface Outcome {
  readonly index: number;
  readonly status: 'CREATED' | 'MATCHED' | 'DUPLICATE' | 'FAILED' | 'UPDATED';
  readonly id: string;
  readonly error: string;
}

interface ImportPayload {
  readonly outcomes: readonly Outcome[];
  readonly error: string | undefined;
  readonly reportFormat: string;
  readonly rule: string | undefined;
  readonly library: Pick<Library, 'id' | 'name'>;
}

const rules = ['TREAT_AS_UNIQUE', 'USE_MATCHES', 'USE_ASSET_AND_BATCH_MATCHES', 'NO_DUPLICATED'];
const formats = ['FAILURES_ONLY', 'DUPLICATES_AND_FAILURES', 'ALL_RESULTS'];

const chosen = (call: Call, name: string, options: readonly string[]): string => {
  const value = call.query.get(name) ?? options[0] ?? '';
  if (!options.includes(value)) throw badRequest(`${name} must be one of ${options.join(', ')}.`);
  return value;
};

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
};

/** `{data: […]}`, or the bare list of clients, whose items may be documents (client-shapes S7). */
const listOf = (json: Json | undefined): readonly Json[] | undefined => {
  const items = Array.isArray(json) ? arrayOf(json) : at(json, 'data');
  return Array.isArray(items) ? arrayOf(items).map((item) => at(item, 'data') ?? item) : undefined;
};

/** Values by the title of their field; a title that the library does not have makes its record fail. */
const titledRecord = (library: Library, values: readonly (readonly [title: string, value: string])[]): Json => ({
  type: 'asset',
  attributes: {
    fields: values
      .filter(([, value]) => value !== '')
      .map(([title, value]) => ({
        id: library.assetFields.find(({ definition }) => definition.name === title)?.definition.id ?? title,
        value,
      })),
  },
});

/** The first line has the titles. */
const csvRecords = (library: Library, text: string): Json[] => {
  const [titles = [], ...lines] = csvRows(text);
  return lines.map((line) =>
    titledRecord(
      library,
      titles.map((title, index) => [title, line[index] ?? ''] as const),
    ),
  );
};

/** The tags of each record; its structure is not read. */
const sdfRecords = (library: Library, text: string): Json[] =>
  text
    .split(/^\$\$\$\$\r?$/m)
    .filter((record) => record.trim() !== '')
    .map((record) =>
      titledRecord(
        library,
        [...record.matchAll(/^> *<([^>]+)>.*\r?\n(.*)\r?$/gm)].map(
          ([, title = '', value = '']) => [title.replaceAll('_', ' '), value.trim()] as const,
        ),
      ),
    );

/** The records of a JSON body, or of a zip that holds `summary.csv`, `summary.sdf` or JSON. `undefined` when they cannot be read. */
const recordsOf = (library: Library, body: Buffer): readonly Json[] | undefined => {
  const files = readZip(body);
  if (files === undefined) return listOf(parsed(body.toString('utf8')));
  const text = (ending: string) => [...files].find(([name]) => name.endsWith(ending))?.[1].toString('utf8');
  const [csv, sdf] = [text('summary.csv'), text('summary.sdf')];
  if (csv !== undefined) return csvRecords(library, csv);
  return sdf === undefined ? listOf(parsed(text('.json') ?? '')) : sdfRecords(library, sdf);
};

const matchOf = (library: Library, record: Json) => {
  const specs = library.assetFields.map((spec) => ({ ...spec, isMandatory: false }));
  const given = readFields(specs, at(record, 'attributes', 'fields')).filter(({ value }) => value !== '');
  return library.assets.find(
    (asset) =>
      given.length > 0 &&
      given.every(
        ({ definition, value }) => asset.fields.find((field) => field.definition === definition)?.value === value,
      ),
  );
};

const importOne = (call: Call, library: Library, record: Json, index: number, rule: string): Outcome => {
  try {
    const match = rule === 'TREAT_AS_UNIQUE' ? undefined : matchOf(library, record);
    if (match !== undefined)
      return { index, status: rule === 'NO_DUPLICATED' ? 'DUPLICATE' : 'MATCHED', id: match.id, error: '' };
    const asset = addAsset(call, library, at(record, 'attributes'), at(record, 'relationships', 'batch'));
    return { index, status: 'CREATED', id: asset.id, error: '' };
  } catch (cause) {
    return { index, status: 'FAILED', id: '', error: cause instanceof Error ? cause.message : String(cause) };
  }
};

const updateOne = (call: Call, library: Library, record: Json, index: number): Outcome => {
  const name = textOf(at(record, 'id')) ?? '';
  const entity = library.byName.get(name);
  if (entity === undefined) return { index, status: 'FAILED', id: name, error: 'No material has this id.' };
  try {
    const specs = entity.type === 'asset' ? library.assetFields : library.batchFields;
    const given = readFields(
      specs.map((spec) => ({ ...spec, isMandatory: false })),
      at(record, 'attributes', 'fields'),
    );
    for (const { definition, value } of given) {
      const field = entity.fields.find((known) => known.definition === definition);
      if (field !== undefined && value !== '') field.value = value;
    }
    changed(call.tenant, entity, call.user.id, 'update', 'bulk');
    return { index, status: 'UPDATED', id: entity.id, error: '' };
  } catch (cause) {
    return { index, status: 'FAILED', id: entity.id, error: cause instanceof Error ? cause.message : String(cause) };
  }
};

const jobDocument = (call: Call, job: Job<ImportPayload>, place: string, working: string): Json => {
  const { outcomes, error, rule, library } = job.payload;
  const isReady = call.tenant.jobs.isReady(job);
  const isHalf = call.tenant.clock.nowMillis() > (job.startedAtMillis + job.readyAtMillis) / 2;
  const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  const self = `${call.base}/materials/${place}/jobs/${job.id}`;
  return {
    links: { self },
    data: {
      type: 'assetBulkImportReport',
      id: job.id,
      links: { self },
      attributes: {
        id: job.id,
        assetType: { id: bareId(library.id), name: library.name, type: 'assetType' },
        ...(rule === undefined ? {} : { rule }),
        zoneId: 'UTC',
        createdAt: iso(job.startedAtMillis),
        status: isReady ? (error === undefined ? 'COMPLETED' : 'FAILED') : isHalf ? working : 'PENDING',
        startedAt: iso(job.startedAtMillis),
        ...(isReady
          ? {
              completedAt: iso(job.readyAtMillis),
              report: {
                filename: `${job.id}.json`,
                succeeded: count('CREATED') + count('MATCHED') + count('UPDATED'),
                duplicated: count('DUPLICATE'),
                failed: count('FAILED'),
              },
              ...(error === undefined ? {} : { error }),
            }
          : {}),
      },
    },
  };
};

const startImport = (call: Call): Reply => {
  const library = libraryByName(call);
  const rule = chosen(call, 'rule', rules);
  const records = recordsOf(library, call.body);
  const payload: ImportPayload = {
    outcomes: (records ?? []).map((record, index) => importOne(call, library, record, index, rule)),
    error: records === undefined ? 'The file cannot be read.' : undefined,
    reportFormat: chosen(call, 'reportFormat', formats),
    rule,
    library,
  };
  return ok(
    jobDocument(
      call,
      call.tenant.jobs.start('bulkImport', payload, call.tenant.random.hex(24)),
      'bulkImport',
      'IMPORTING',
    ),
  );
};

const startUpdate = (call: Call): Reply => {
  const library = libraryByName(call);
  const records = recordsOf(library, call.body);
  const payload: ImportPayload = {
    outcomes: (records ?? []).map((record, index) => updateOne(call, library, record, index)),
    error: records === undefined ? 'The file cannot be read.' : undefined,
    reportFormat: 'FAILURES_ONLY',
    rule: undefined,
    library,
  };
  return accepted(
    jobDocument(
      call,
      call.tenant.jobs.start('bulkUpdate', payload, call.tenant.random.hex(24)),
      'bulkUpdate',
      'UPDATING',
    ),
  );
};

const jobOf = (call: Call, kind: string): Job<ImportPayload> => {
  const job = call.tenant.jobs.get<ImportPayload>(kind, param(call, 'jobId'));
  if (job === undefined) throw notFound('The job is not found.');
  return job;
};

const shownIn: Readonly<Record<string, (outcome: Outcome) => boolean>> = {
  FAILURES_ONLY: ({ status }) => status === 'FAILED',
  DUPLICATES_AND_FAILURES: ({ status }) => status === 'FAILED' || status === 'DUPLICATE',
  ALL_RESULTS: () => true,
};

const outcomesFile = (call: Call, kind: string, format: string | undefined): Reply => {
  const job = jobOf(call, kind);
  if (!call.tenant.jobs.isReady(job)) throw badRequest('The job is not done.');
  const shown = job.payload.outcomes.filter(shownIn[format ?? job.payload.reportFormat] ?? (() => true));
  const text = JSON.stringify({ data: shown.map((outcome) => ({ ...outcome })) });
  return download(textContent('application/json', text), call.query.get('filename') ?? `${job.id}.json`);
};

const remove = (call: Call, kind: string): Reply => {
  jobOf(call, kind);
  call.tenant.jobs.remove(kind, param(call, 'jobId'));
  return noContent;
};

const exampleRecord = (library: Library): Json => ({
  data: [
    {
      type: 'asset',
      attributes: {
        fields: library.assetFields
          .filter(({ isMandatory }) => isMandatory)
          .map(({ definition }) => ({ id: definition.id, value: definition.options?.[0] ?? '' })),
      },
      relationships: { batch: { data: { type: 'batch', attributes: { fields: [] } } } },
    },
  ],
});

const example = (call: Call): Reply => {
  const library = libraryByName(call);
  return download(
    bytesContent('application/zip', zipBytes({ 'data.json': JSON.stringify(exampleRecord(library)) })),
    'example.zip',
  );
};

export const materialsImportRoutes: Routes = {
  'GET /materials/{libraryName}/bulkImport/example': example,
  'POST /materials/{libraryName}/bulkImport': startImport,
  'GET /materials/bulkImport/jobs/{jobId}': (call) =>
    ok(jobDocument(call, jobOf(call, 'bulkImport'), 'bulkImport', 'IMPORTING')),
  'DELETE /materials/bulkImport/jobs/{jobId}': (call) => remove(call, 'bulkImport'),
  'GET /materials/bulkImport/jobs/{jobId}/failures': (call) => outcomesFile(call, 'bulkImport', 'FAILURES_ONLY'),
  'GET /materials/bulkImport/jobs/{jobId}/report': (call) => outcomesFile(call, 'bulkImport', undefined),
  'GET /materials/{libraryName}/bulkUpdate/example': example,
  'POST /materials/{libraryName}/bulkUpdate': startUpdate,
  'GET /materials/bulkUpdate/jobs/{jobId}': (call) =>
    ok(jobDocument(call, jobOf(call, 'bulkUpdate'), 'bulkUpdate', 'UPDATING')),
  'DELETE /materials/bulkUpdate/jobs/{jobId}': (call) => remove(call, 'bulkUpdate'),
  'GET /materials/bulkUpdate/jobs/{jobId}/failures': (call) => outcomesFile(call, 'bulkUpdate', 'FAILURES_ONLY'),
};
