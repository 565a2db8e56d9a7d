/** Exports in the documents of /v1/exports. */
import * as z from 'zod';
import { toIso } from '../time/iso.ts';
import { BulkOptions } from './bulk.ts';
import { exportKinds, exportStates, failureCodes, subjectOf } from './export-record.ts';
import { type ExportView, resultMillis, stateOf } from './exports.ts';
import { ExtractOptions } from './extract/options.ts';
import { MaterialsOptions } from './materials.ts';
import { PdfOptions } from './pdf.ts';

/** Text that can stand in an address; the tenant allows blanks and brackets. */
const Library = z
  .string()
  .min(1)
  .max(200)
  // `.` and `..` would be steps in an address.
  .refine((name) => !/[\p{Cc}\p{Cs}]|^\.{1,2}$/u.test(name), 'must be the name of a library')
  .describe('Name of the library.');

const Entity = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{0,49}:[A-Za-z0-9:_-]{1,200}$/, 'must be an id such as experiment:<uuid>')
  .describe('Id of the entity.');

const given = 'Parameters of the tenant for this kind.';
const NewAttributes = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('pdf').describe('The PDF of an experiment, request, sample or task.'),
    entity: Entity,
    options: PdfOptions.prefault({}).describe(given),
  }),
  z.strictObject({
    kind: z.literal('bulk').describe('The contents of an entity, and of what is below it.'),
    entity: Entity,
    options: BulkOptions.prefault({}).describe(given),
  }),
  z.strictObject({
    kind: z.literal('materials').describe('All assets of a library.'),
    library: Library,
    options: MaterialsOptions.prefault({}).describe(given),
  }),
  z.strictObject({
    kind: z.literal('extract').describe('The rows of a library, as NDJSON and CSV.'),
    library: Library,
    options: ExtractOptions,
  }),
]);

export const NewExport = z
  .strictObject({ data: z.strictObject({ type: z.literal('export'), attributes: NewAttributes }) })
  .meta({ id: 'NewExport' });

const instant = z.iso.datetime();
const ExportResource = z
  .strictObject({
    type: z.literal('export'),
    id: z.string(),
    attributes: z.strictObject({
      kind: z.enum(exportKinds),
      entity: z.string().optional(),
      library: z.string().optional(),
      digest: z.string().describe('Version of the entity that is exported; empty where there is none.'),
      options: z.record(z.string(), z.unknown()),
      state: z.enum(exportStates),
      progress: z
        .strictObject({
          step: z.string(),
          about: z.string().optional().describe('What happens in the step.'),
          since: instant.optional().describe('When the step began, tries that failed included.'),
          bytes: z.number().optional().describe('Stored so far.'),
          rows: z.number().optional().describe('Of an extract: found so far.'),
        })
        .optional()
        .describe('Where the work is.'),
      attempts: z.number().int().describe('Most tries that a step has taken.'),
      upstreamCalls: z.number().int().describe('Calls to the tenant that the run has sent. Equal exports share a run.'),
      failure: z.strictObject({ code: z.enum(failureCodes), detail: z.string() }).optional(),
      fileName: z.string().optional(),
      mediaType: z.string().optional(),
      sizeBytes: z.number().int().optional(),
      sha256: z.string().optional().describe('Of the whole file, in hex.'),
      createdAt: instant,
      startedAt: instant.optional(),
      endedAt: instant.optional(),
      availableUntil: instant.optional().describe('The file is deleted soon after.'),
    }),
    links: z.strictObject({ self: z.string(), content: z.string().optional() }),
  })
  .meta({ id: 'Export' });

export const ExportDocument = z.strictObject({ data: ExportResource }).meta({ id: 'ExportDocument' });
export const ExportsDocument = z
  .strictObject({
    data: z.array(ExportResource),
    links: z.strictObject({ next: z.string().optional() }),
  })
  .meta({ id: 'ExportsDocument' });

const when = <Name extends string>(name: Name, millis: number | undefined) =>
  (millis === undefined ? {} : { [name]: toIso(millis) }) as { readonly [key in Name]?: string };

/** By the first word of the step: later words number the parts of an export that has several. */
const aboutStep: Readonly<Record<string, string>> = {
  subject: 'The facade reads the entity.',
  start: 'The facade asks the tenant to make the file. The tenant makes few at a time.',
  ready: 'The tenant makes the file. The facade asks every few seconds whether it is ready.',
  open: 'The facade opens a file in its bucket.',
  transfer: 'The facade copies the file from the tenant into its bucket.',
  library: 'The facade reads the library.',
  walk: 'The facade searches for the rows, a hundred with each call.',
  structures: 'The facade reads a file of structures.',
  join: 'The facade joins the rows with their structures.',
  ndjson: 'The facade writes the NDJSON file.',
  csv: 'The facade writes the CSV file.',
  index: 'The facade writes the list of the files.',
  list: 'The facade writes the list of the files.',
};

const waiting = 'It waits for the budget of the tenant: its last call was not sent.';

const toProgress = ({ step, sinceMillis, bytes, rows, waitsForBudget }: NonNullable<ExportView['run']['progress']>) => {
  const known = aboutStep[step.split(' ', 1)[0] ?? ''];
  const about = waitsForBudget ? [known ?? '', waiting].join(' ').trim() : known;
  return {
    step,
    ...(about === undefined ? {} : { about }),
    ...when('since', sinceMillis),
    ...(bytes === undefined ? {} : { bytes }),
    ...(rows === undefined ? {} : { rows }),
  };
};

/** A cancelled job says nothing of a run that goes on for others. */
const outcome = (view: ExportView, content: string) => {
  const { run } = view;
  if (stateOf(view) === 'failed') return { attributes: run.failure ? { failure: run.failure } : {}, links: {} };
  if (stateOf(view) !== 'succeeded' || !run.result) return { attributes: {}, links: {} };
  const { fileName, mediaType, sizeBytes, sha256 } = run.result;
  const availableUntil = when('availableUntil', (run.endedAtMillis ?? 0) + resultMillis);
  return { attributes: { fileName, mediaType, sizeBytes, sha256, ...availableUntil }, links: { content } };
};

const toResource = (view: ExportView, publicUrl: string): z.input<typeof ExportResource> => {
  const { job, run } = view;
  const self = `${publicUrl}/v1/exports/${job.id}`;
  const { attributes, links } = outcome(view, `${self}/content`);
  return {
    type: 'export',
    id: job.id,
    attributes: {
      ...{ kind: job.wish.kind, ...subjectOf(job.wish), digest: job.wish.digest, options: job.wish.options },
      state: stateOf(view),
      ...(stateOf(view) === 'running' && run.progress ? { progress: toProgress(run.progress) } : {}),
      attempts: Math.max(0, ...Object.values(run.tries)),
      upstreamCalls: run.upstreamCalls,
      ...attributes,
      createdAt: toIso(job.createdAtMillis),
      ...when('startedAt', run.startedAtMillis),
      ...when('endedAt', job.cancelledAtMillis ?? run.endedAtMillis),
    },
    links: { self, ...links },
  };
};

export const toExportDocument = (view: ExportView, publicUrl: string) => ({ data: toResource(view, publicUrl) });
export const toExportsDocument = (views: readonly ExportView[], publicUrl: string, next: string | undefined) => ({
  data: views.map((view) => toResource(view, publicUrl)),
  links: next === undefined ? {} : { next },
});
