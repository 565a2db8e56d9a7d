/**
 * Joins rows with their structures, a share of all names at a time. A row that was met twice is given once, as it was met last: a name
 * belongs to one row, and both are in the same share.
 */
import * as z from 'zod';
import type { Tenant } from '../../tenant-calls/ask-tenant.ts';
import type { Poll } from '../job-context.ts';
import type { Workshop } from '../kind.ts';
import { toLine } from './lines.ts';
import { createLineReader, groupCount, type LineReader } from './packed-lines.ts';
import { objectsOf, Row } from './row.ts';
import { askStructures } from './structures.ts';

/** What the engine keeps of a join. */
export type Join = {
  /** Shares that are written. */
  readonly done: number;
  readonly rows: number;
  readonly structureErrors: number;
  /** Parts of structures. */
  readonly structures: number;
  /** Structures that were asked for one by one. */
  readonly singles: number;
};

export type JoinPlan = {
  readonly walkedParts: number;
  readonly shares: number;
  /** Whether rows have structures: asked for, and those of the library. */
  readonly structure: 'none' | 'null' | 'wanted';
  /** Most that are asked for one by one. */
  readonly mostSingles: number;
};

const rowsOfShare = 8_000;
const bytesOfShare = 16_777_216;
/** Shares in a step: what a crash may repeat. */
const sharesOfStep = 8;
const singlesOfStep = 50;

/** As many shares as keep each in memory. @param bytes of the rows. */
export const sharesFor = (rows: number, bytes: number): number =>
  Math.min(groupCount, Math.max(1, Math.ceil(rows / rowsOfShare), Math.ceil(bytes / bytesOfShare)));

const StructureLine = z.tuple([z.string(), z.string().nullable(), z.string().optional()]);

type Found = Pick<Row, 'structure' | 'structureError'>;

const linesOf = async function* (read: LineReader, keys: readonly string[], first: number, end: number) {
  for (const key of keys) for (const line of await read(key, first, end)) yield JSON.parse(line) as unknown;
};

const numbered = (count: number, keyOf: (number: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => keyOf(index + 1));

type Share = { readonly rows: readonly Row[]; readonly structures: ReadonlyMap<string, Found> };

const createShares = (workshop: Pick<Workshop, 'files'>, runName: string, { walkedParts, shares }: JoinPlan) => {
  const read = createLineReader(workshop.files);
  const objects = objectsOf(runName);
  return async (share: number, structureParts: number): Promise<Share> => {
    const [first, end] = [share, share + 1].map((at) => Math.floor((at * groupCount) / shares)) as [number, number];
    const rows = new Map<string, Row>();
    for await (const line of linesOf(read, numbered(walkedParts, objects.walked), first, end)) {
      const row = Row.parse(line);
      rows.set(row.id, row);
    }
    const structures = new Map<string, Found>();
    for await (const line of linesOf(read, numbered(structureParts, objects.structures), first, end)) {
      const [name, structure, structureError] = StructureLine.parse(line);
      // A row may have records in two parts, and the later one no structure.
      if (structure === null && structures.get(name)?.structure) continue;
      structures.set(name, { structure, ...(structureError === undefined ? {} : { structureError }) });
    }
    return { rows: [...rows.values()], structures };
  };
};

const unknown: Found = { structure: null, structureError: "The tenant's file of the library has no such row." };

/** The next shares. Rows without a structure in the files are asked for one by one. */
export const joinOn = async (
  workshop: Pick<Workshop, 'files' | 'read' | 'goOn'>,
  tenant: Tenant,
  plan: JoinPlan,
  before: Join,
): Promise<Poll<Join>> => {
  const { name: runName } = await workshop.read();
  const readShare = createShares(workshop, runName, plan);
  const { joined } = objectsOf(runName);
  let join = before;
  for (let steps = 0; steps < sharesOfStep && join.done < plan.shares; steps += 1) {
    const { rows, structures } = await readShare(join.done, join.structures);
    const lacking = plan.structure === 'wanted' ? rows.filter(({ name }) => !structures.has(name)) : [];
    const wanted = lacking.slice(0, Math.min(singlesOfStep, plan.mostSingles - join.singles));
    if (wanted.length > 0) {
      const structureParts = join.structures + 1;
      const asked = await askStructures(workshop, tenant, wanted, structureParts);
      return { state: { ...join, structures: structureParts, singles: join.singles + asked }, againSeconds: 1 };
    }
    const given = rows.map((row): Row => {
      if (plan.structure === 'none') return row;
      if (plan.structure === 'null') return { ...row, structure: null };
      return { ...row, ...(structures.get(row.name) ?? unknown) };
    });
    const text = given.map((row) => `${toLine(row)}\n`).join('');
    await workshop.files.put(joined(join.done + 1), 'application/x-ndjson', Buffer.from(text));
    join = {
      ...join,
      done: join.done + 1,
      rows: join.rows + given.length,
      structureErrors: join.structureErrors + given.filter(({ structureError }) => structureError !== undefined).length,
    };
    await workshop.goOn(0, join.rows);
  }
  return { state: join, ...(join.done < plan.shares ? { againSeconds: 1 } : {}) };
};
