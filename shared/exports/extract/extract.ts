/**
 * The kind `extract`: all rows of a library, or those that were changed since an earlier extract. The walk finds the rows by search, a call
 * for each hundred. Many structures come in the tenant's files of the library; few are asked for one by one.
 *
 * Each row was read after the start of the walk, as the search showed it then. A row that is created or deleted meanwhile may be there or
 * not. The next extract of changes begins some minutes before this start.
 */
import { findLibrary } from '../../materials/libraries.ts';
import { toIso } from '../../time/iso.ts';
import type { StoredFile } from '../export-record.ts';
import type { JobContext } from '../job-context.ts';
import { JobFailure } from '../job-failure.ts';
import type { ExportKind, Workshop } from '../kind.ts';
import { makeChain } from '../materials.ts';
import { storeManifest } from '../store-manifest.ts';
import { type Made, storeCsv, storeNdjson } from './files.ts';
import { type Join, type JoinPlan, joinOn } from './join.ts';
import { ExtractOptions, readCursor, writeCursor } from './options.ts';
import type { Row } from './row.ts';
import { settleOn } from './settle.ts';
import { sharesFor } from './shares.ts';
import { mostSingles, readStructures, type StructureParts, structureFiles } from './structures.ts';
import { asking, patient, tenantOf } from './tenant.ts';
import { newWalk, type Subject, type Walk, walkOn } from './walk.ts';

/**
 * How long before the start of the earlier walk a walk of changes begins. It covers a clock of the tenant that differs, and a search that
 * shows a change late.
 */
const overlapMillis = 300_000;

/** A row that is not in the files although it was found: it was deleted, or has no batch. */
const mostLacking = 1_000;

/** What the engine keeps of the beginning: ids, times and options, no names. */
type Begun = {
  readonly subject: Subject;
  readonly structure: JoinPlan['structure'];
  readonly startMillis: number;
};

const timeOf = ({ from, until, timeField: by = 'modifiedAt' }: ExtractOptions): Partial<Subject> => {
  if (from === undefined && until === undefined) return {};
  return {
    by,
    ...(from === undefined ? {} : { sinceMillis: Date.parse(from) }),
    ...(until === undefined ? {} : { untilMillis: Date.parse(until) }),
  };
};

/** @throws JobFailure for a cursor of other rows. Those were refused before the run was made. */
const boundsOf = (library: string, options: ExtractOptions): Partial<Subject> => {
  const { of, since } = options;
  if (since === undefined) return timeOf(options);
  const startMillis = readCursor(since, library, of);
  if (startMillis === undefined) throw new JobFailure('NOT_EXPORTABLE', 'The cursor is not of these rows.');
  return { sinceMillis: Math.max(0, startMillis - overlapMillis) };
};

const begin = async (workshop: Workshop): Promise<Begun> => {
  const startMillis = workshop.nowMillis();
  const { subject: library, options: given } = await workshop.read();
  const options = ExtractOptions.parse(given);
  const { eid: libraryEid, isChemical } = await asking(() => findLibrary(patient(tenantOf(workshop)), library));
  return {
    subject: { libraryEid, of: options.of, ...boundsOf(library, options) },
    structure: options.structure === undefined ? 'none' : isChemical ? 'wanted' : 'null',
    startMillis,
  };
};

const fetchStructures = async (
  context: JobContext,
  workshop: Workshop,
  of: ExtractOptions['of'],
): Promise<StructureParts> => {
  const links = await makeChain(context, workshop, structureFiles);
  let read: StructureParts = { parts: 0, bytes: 0 };
  for (let number = 1; number <= links; number += 1) {
    const from = read;
    read = await context.step(`structures ${number}`, () => readStructures(workshop, number, of, from));
  }
  return read;
};

const list = async (
  workshop: Workshop,
  { startMillis }: Begun,
  { rows, structureErrors }: Join,
  made: readonly Made[],
): Promise<StoredFile> => {
  const { subject, options } = await workshop.read();
  const { of, structure } = ExtractOptions.parse(options);
  return storeManifest(workshop, {
    kind: 'extract',
    library: subject,
    options,
    files: made.map((file) => ({ ...file, fileName: `${subject}-${of}.${file.file}` })),
    extract: {
      rows,
      ...(structure === undefined ? {} : { structureErrors }),
      startedAt: toIso(startMillis),
      cursor: writeCursor({ library: subject, of, startMillis }),
    },
  });
};

const run = async (context: JobContext, workshop: Workshop): Promise<StoredFile> => {
  const tenant = tenantOf(workshop);
  const begun = await context.step('library', () => begin(workshop));
  const { subject, structure } = begun;
  const walk = await context.poll<Walk>('walk', newWalk, (state) => walkOn(workshop, patient(tenant), subject, state));
  const areMany = structure === 'wanted' && walk.rows > mostSingles;
  const fetched = areMany ? await fetchStructures(context, workshop, subject.of) : { parts: 0, bytes: 0 };
  const shares = sharesFor(walk.rows, walk.bytes + fetched.bytes);
  const keyOf = (row: Row) => (structure === 'wanted' ? row.name : row.id);
  const settling = { walkedParts: walk.parts, shares, keyOf };
  await context.poll('settle', { done: 0 }, (state) => settleOn(workshop, settling, state));
  const plan = { shares, structure, mostSingles: areMany ? mostLacking : mostSingles };
  const start: Join = { done: 0, rows: 0, structureErrors: 0, structures: fetched.parts, singles: 0 };
  const join = await context.poll('join', start, (state) => joinOn(workshop, tenant, plan, state));
  const ndjson = await context.step('ndjson', () => storeNdjson(workshop, shares));
  const csv = await context.step('csv', () => storeCsv(workshop, shares, structure !== 'none'));
  return context.step('list', () => list(workshop, begun, join, [ndjson, csv]));
};

export const extractKind: ExportKind = { kind: 'extract', options: ExtractOptions, run };
