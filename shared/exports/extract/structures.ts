/**
 * Structures by the names of rows. Few are asked for one by one. Many come in the files of a whole library, which the tenant exports in a
 * handful of calls. Both are kept as packed lines.
 */
import * as z from 'zod';
import { AppError } from '../../errors/app-error.ts';
import type { Material, MaterialAttributes } from '../../materials/material-document.ts';
import { withStructures } from '../../materials/structures.ts';
import type { Tenant } from '../../tenant-calls/ask-tenant.ts';
import { readAnswer } from '../../tenant-calls/tenant-refusal.ts';
import { objectKeyOf } from '../export-record.ts';
import { JobFailure } from '../job-failure.ts';
import type { Workshop } from '../kind.ts';
import { linkObject } from '../links.ts';
import { toLine } from './lines.ts';
import type { ExtractOptions } from './options.ts';
import { type KeyedLine, packLines } from './packed-lines.ts';
import { createPartTime } from './part-time.ts';
import { readCsv } from './read-csv.ts';
import { objectsOf, type Row } from './row.ts';

/** Parameters of the tenant's export of a library. Its CSV has a record for each batch. */
export const structureFiles = { fileType: 'CSV', chemFormat: 'SMILES' } as const;

/** Rows whose structures are asked for one by one; the files of the library cost fewer calls for more. */
export const mostSingles = 200;

/** What is in memory, here and when a share is read. */
const recordsOfPart = 10_000;
const charactersOfPart = 4_194_304;

/**
 * Titles of columns, in lower case, the best first. No source shows the columns of the tenant's CSV `[check]`: these are the names that its documents use
 * elsewhere.
 */
const titles = {
  assets: ['asset id', 'asset name'],
  batches: ['batch id', 'batch name'],
  structure: ['structure', 'smiles', 'chemical structure'],
} as const;

const plainTitle = (title: string): string =>
  title
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase();

/** The column with the first of the titles that the file has. */
const columnOf = (header: readonly string[], names: readonly string[]): number => {
  const plain = header.map(plainTitle);
  const title = names.find((name) => plain.includes(name));
  if (title === undefined)
    throw new JobFailure('FILE_UNREADABLE', `The tenant's file of structures has no column "${names[0]}".`);
  const found = plain.indexOf(title);
  if (found !== plain.lastIndexOf(title))
    throw new JobFailure('FILE_UNREADABLE', `The tenant's file of structures has two columns "${title}".`);
  return found;
};

/** Of the row of an id, or of all rows of a name: the files of the tenant have no ids. */
export const StructureLine = z.strictObject({
  id: z.string().optional(),
  name: z.string().optional(),
  structure: z.string().nullable(),
  structureError: z.string().optional(),
});

/** The key is the name in both cases, so that the line is in the same share as the row. */
const structureLine = (name: string, line: z.output<typeof StructureLine>): KeyedLine => ({
  key: name,
  line: toLine(line),
});

type Files = Pick<Workshop, 'files' | 'read' | 'goOn'>;

/** Parts of structures, and their bytes. */
export type StructureParts = { readonly parts: number; readonly bytes: number };

/** Reads a file of the chain. @param from parts that are there already. @returns those that are there then. */
export const readStructures = async (
  { files, read, goOn }: Files,
  number: number,
  of: ExtractOptions['of'],
  from: StructureParts,
): Promise<StructureParts> => {
  const { name: runName } = await read();
  const body = await files.open({ key: objectKeyOf(runName, linkObject(number)) });
  if (!body) throw new Error(`The file ${number} of structures is gone`);
  let { parts, bytes } = from;
  let found = new Map<string, string>();
  let characters = 0;
  const flush = async (): Promise<void> => {
    const lines = [...found].map(([name, smiles]) =>
      structureLine(name, { name, structure: smiles === '' ? null : smiles }),
    );
    found = new Map();
    characters = 0;
    if (lines.length === 0) return;
    const packed = packLines(lines);
    parts += 1;
    bytes += packed.byteLength;
    await files.put(objectsOf(runName).structures(parts), 'application/octet-stream', packed);
    await goOn(0);
  };
  let columns: { readonly name: number; readonly structure: number } | undefined;
  for await (const record of readCsv(body)) {
    if (!columns) {
      columns = { name: columnOf(record, titles[of]), structure: columnOf(record, titles.structure) };
      continue;
    }
    const name = record[columns.name] ?? '';
    // A row may have several records, and some of them no structure.
    const structure = record[columns.structure] || found.get(name) || '';
    found.set(name, structure);
    characters += name.length + structure.length;
    if (found.size >= recordsOfPart || characters >= charactersOfPart) await flush();
  }
  await flush();
  return { parts, bytes };
};

const toMaterial = ({ id, type, ...attributes }: Row): Material => ({ id, kind: type, attributes });

/** Failures of a call that the next call may not meet. What the tenant says about a structure stays as it is. */
const mayPass = ({ structureError = '' }: Answered): boolean =>
  /^(TENANT_FAILED|UPSTREAM_[A-Z]+)\b/.test(structureError);
const mostTries = 3;

type Answered = Pick<MaterialAttributes, 'structure' | 'structureError'>;

/** A tenant that is late ends a page of structures, but it may be late for this row only. */
const askOnce = async (tenant: Tenant, row: Row): Promise<Answered> => {
  try {
    const [material] = await withStructures(tenant, [toMaterial(row)], true);
    return material?.attributes ?? {};
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_LATE') return { structureError: error.message };
    throw error;
  }
};

/** Where the tenant fails at any call, a failure says nothing about the row. @throws AppError as `readAnswer` does. */
const ensureAnswering = async (tenant: Tenant): Promise<void> => {
  readAnswer(await tenant.ask({ method: 'GET', path: '/materials/libraries' }), z.unknown());
};

const askStructure = async (tenant: Tenant, row: Row): Promise<KeyedLine> => {
  let answered = await askOnce(tenant, row);
  for (let tries = 1; tries < mostTries && mayPass(answered); tries += 1) answered = await askOnce(tenant, row);
  if (mayPass(answered)) await ensureAnswering(tenant);
  const { structure = null, structureError } = answered;
  return structureLine(row.name, {
    id: row.id,
    structure,
    ...(structureError === undefined ? {} : { structureError }),
  });
};

/**
 * Asks for the structures of rows one by one, and keeps them as a part. A call that fails ends the part where it is, and is the first of the
 * next one.
 * @returns how many were asked for.
 */
export const askStructures = async (
  { files, read, goOn, nowMillis }: Files & Pick<Workshop, 'nowMillis'>,
  tenant: Tenant,
  rows: readonly Row[],
  part: number,
): Promise<number> => {
  const lines: KeyedLine[] = [];
  const hasTime = createPartTime({ nowMillis });
  for (const row of rows) {
    if (!hasTime()) break;
    try {
      lines.push(await askStructure(tenant, row));
      await goOn(0);
    } catch (error) {
      if (error instanceof JobFailure || lines.length === 0) throw error;
      break;
    }
  }
  await files.put(objectsOf((await read()).name).structures(part), 'application/octet-stream', packLines(lines));
  return lines.length;
};
