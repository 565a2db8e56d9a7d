/** Joins rows with their structures, a share of all names at a time. */
import type { Tenant } from '../../tenant-calls/ask-tenant.ts';
import type { Poll } from '../job-context.ts';
import type { Workshop } from '../kind.ts';
import { toLine } from './lines.ts';
import { objectsOf, Row } from './row.ts';
import { createShareReader, numbered, sharesOfStep } from './shares.ts';
import { askStructures, StructureLine } from './structures.ts';

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
  readonly shares: number;
  /** Whether rows have structures: asked for, and those of the library. */
  readonly structure: 'none' | 'null' | 'wanted';
  /** Most that are asked for one by one. */
  readonly mostSingles: number;
};

const singlesOfStep = 50;

type Found = Pick<Row, 'structure' | 'structureError'>;

type Share = {
  readonly rows: readonly Row[];
  /** Undefined = the structure of the row is not there yet. */
  readonly structureOf: (row: Row) => Found | undefined;
};

/** Structures that some of the rows have. The files of the tenant hold those of the whole library, and an extract may have few rows of it. */
export const gatherStructures = async (rows: readonly Row[], lines: AsyncIterable<unknown>) => {
  const names = new Set(rows.map(({ name }) => name));
  const byId = new Map<string, Found>();
  const byName = new Map<string, Found>();
  for await (const line of lines) {
    const { id, name = '', ...found } = StructureLine.parse(line);
    if (id !== undefined) byId.set(id, found);
    // A row may have records in two parts, and the later one no structure.
    else if (names.has(name) && (found.structure !== null || !byName.has(name))) byName.set(name, found);
  }
  return { byId, byName };
};

const createShares = (workshop: Pick<Workshop, 'files'>, runName: string, shares: number) => {
  const read = createShareReader(workshop, shares);
  const { settled, structures } = objectsOf(runName);
  return async (share: number, structureParts: number): Promise<Share> => {
    const rows: Row[] = [];
    for await (const line of read(numbered(shares, settled), share)) rows.push(Row.parse(line));
    const { byId, byName } = await gatherStructures(rows, read(numbered(structureParts, structures), share));
    return { rows, structureOf: ({ id, name }) => byId.get(id) ?? byName.get(name) };
  };
};

const unknown: Found = { structure: null, structureError: "The tenant's file of the library has no such row." };

/** The next shares. Rows without a structure in the files are asked for one by one. */
export const joinOn = async (
  workshop: Pick<Workshop, 'files' | 'read' | 'goOn' | 'nowMillis'>,
  tenant: Tenant,
  plan: JoinPlan,
  before: Join,
): Promise<Poll<Join>> => {
  const { name: runName } = await workshop.read();
  const readShare = createShares(workshop, runName, plan.shares);
  const { joined } = objectsOf(runName);
  let join = before;
  for (let steps = 0; steps < sharesOfStep && join.done < plan.shares; steps += 1) {
    const { rows, structureOf } = await readShare(join.done, join.structures);
    const lacking = plan.structure === 'wanted' ? rows.filter((row) => !structureOf(row)) : [];
    const wanted = lacking.slice(0, Math.min(singlesOfStep, plan.mostSingles - join.singles));
    if (wanted.length > 0) {
      const structureParts = join.structures + 1;
      const asked = await askStructures(workshop, tenant, wanted, structureParts);
      return { state: { ...join, structures: structureParts, singles: join.singles + asked }, againSeconds: 1 };
    }
    const given = rows.map((row): Row => {
      if (plan.structure === 'none') return row;
      if (plan.structure === 'null') return { ...row, structure: null };
      return { ...row, ...(structureOf(row) ?? unknown) };
    });
    const text = given.map((row) => `${toLine(row)}\n`).join('');
    await workshop.files.put(joined(join.done + 1), 'application/x-ndjson', Buffer.from(text));
    join = {
      ...join,
      done: join.done + 1,
      rows: join.rows + given.length,
      structureErrors: join.structureErrors + given.filter(({ structureError }) => structureError !== undefined).length,
    };
    await workshop.goOn(0);
  }
  return { state: join, ...(join.done < plan.shares ? { againSeconds: 1 } : {}) };
};
