/**
 * All rows of a library, beyond the 5,000 hits that offsets reach. The search is sorted by an instant, and each page begins at the instant
 * at which the page before it ended. So a row that is created, changed or deleted meanwhile moves no other row out of the walk.
 *
 * A full walk goes by `createdAt`, which never changes. A walk of changes goes by `modifiedAt`: a row that is changed meanwhile moves behind
 * the walk and is met again. Whoever reads the rows drops those that were met twice. A walk of a time goes by that time: a row that is
 * changed meanwhile may leave it.
 */
import { fromHit } from '../../materials/read-material.ts';
import type { Tenant } from '../../tenant-calls/ask-tenant.ts';
import {
  is,
  isNoTemplate,
  mostOffset,
  mostOnPage,
  type SearchPage,
  search,
  since,
  until,
} from '../../tenant-calls/search.ts';
import { toIso } from '../../time/iso.ts';
import type { Poll } from '../job-context.ts';
import { JobFailure, PassingFault } from '../job-failure.ts';
import type { Workshop } from '../kind.ts';
import { toLine } from './lines.ts';
import type { ExtractOptions } from './options.ts';
import { type KeyedLine, packLines } from './packed-lines.ts';
import { createPartTime } from './part-time.ts';
import { objectsOf, toRow } from './row.ts';
import { asking } from './tenant.ts';

/** What the engine keeps of a walk: times and ids, no names. */
export type Walk = {
  /** Objects of rows that are written. */
  readonly parts: number;
  /** Rows in them, also those that were met twice. */
  readonly rows: number;
  readonly bytes: number;
  /** The instant at which the next page begins; absent = at the beginning. */
  readonly from?: string;
  /** Hits at that instant to leave out: a page was full of it. */
  readonly offset: number;
  /** The last row of the page before. */
  readonly lastId?: string;
  readonly isLast: boolean;
};
export const newWalk: Walk = { parts: 0, rows: 0, bytes: 0, offset: 0, isLast: false };

export type Subject = {
  /** `assetType:<24 hex>`. */
  readonly libraryEid: string;
  readonly of: ExtractOptions['of'];
  /** The time that the walk goes by, and that the bounds are about. Absent = `modifiedAt` where there is a bound below. */
  readonly by?: 'createdAt' | 'modifiedAt';
  /** Only rows of this time or later. */
  readonly sinceMillis?: number;
  /** Only rows of this time or earlier. */
  readonly untilMillis?: number;
};

/** The rows of a part are in memory, and a crash repeats its pages. */
const pagesOfPart = 50;
const charactersOfPart = 8_388_608;
const mostRows = 2_000_000;

/** A position between two milliseconds could leave rows out: nothing says how finely the tenant compares instants. */
const toMillis = (instant: string): string => {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis)) throw new PassingFault('TENANT_FAILED', 'The search gave a time that cannot be read.');
  return toIso(millis);
};

const walksBy = ({ by, sinceMillis }: Subject) => by ?? (sinceMillis === undefined ? 'createdAt' : 'modifiedAt');

const readPage = (tenant: Tenant, subject: Subject, { from, offset }: Walk): Promise<SearchPage> => {
  const field = walksBy(subject);
  const begin = from ?? (subject.sinceMillis === undefined ? undefined : toIso(subject.sinceMillis));
  return search(tenant, {
    conditions: [
      is('type', subject.of === 'assets' ? 'asset' : 'batch'),
      is('assetTypeEid', subject.libraryEid),
      isNoTemplate,
      ...(begin === undefined ? [] : [since(field, begin)]),
      ...(subject.untilMillis === undefined ? [] : [until(field, toIso(subject.untilMillis))]),
    ],
    sort: field,
    offset,
    limit: mostOnPage,
  });
};

/** Where the next page begins. */
const behind = (walk: Walk, { hits, total }: SearchPage, field: 'createdAt' | 'modifiedAt'): Walk => {
  if (walk.offset + hits.length >= total) return { ...walk, isLast: true };
  const last = hits.at(-1);
  if (!last || (hits.length === 1 && last.id === walk.lastId))
    throw new PassingFault('TENANT_FAILED', 'A page of the search has fewer rows than it announces.');
  const from = toMillis(last.attributes[field]);
  if (from !== walk.from) return { ...walk, from, offset: 0, lastId: last.id };
  // The page has one instant only. The next one begins with the last row of this one: if it does not, a row was deleted meanwhile.
  const offset = walk.offset + hits.length - 1;
  if (offset > mostOffset)
    throw new JobFailure('WALK_TOO_LONG', `More than ${mostOffset} rows have the same instant in ${field}.`);
  return { ...walk, offset, lastId: last.id };
};

/** Rows before the offset were deleted, and others moved there that were not met. */
const hasMoved = ({ offset, lastId }: Walk, { hits }: SearchPage): boolean => offset > 0 && hits[0]?.id !== lastId;

const lineOf = (hit: SearchPage['hits'][number], { of }: Subject): KeyedLine => {
  const row = toRow(fromHit(hit, of === 'assets' ? 'asset' : 'batch'));
  return { key: row.id, line: toLine(row) };
};

/** The next rows, as an object of the run. A call that fails ends the part where it is, and is the first of the next one. */
export const walkOn = async (
  workshop: Pick<Workshop, 'goOn' | 'files' | 'read' | 'nowMillis'>,
  tenant: Tenant,
  subject: Subject,
  before: Walk,
): Promise<Poll<Walk>> => {
  const lines: KeyedLine[] = [];
  let characters = 0;
  let walk = before;
  const hasTime = createPartTime(workshop);
  const hasRoom = (pages: number) => pages < pagesOfPart && characters < charactersOfPart && hasTime();
  for (let pages = 0; !walk.isLast && hasRoom(pages); pages += 1) {
    try {
      const page = await asking(() => readPage(tenant, subject, walk));
      if (page.endedEarly) throw new PassingFault('TENANT_FAILED', 'The search of the tenant ended early.');
      if (hasMoved(walk, page)) walk = { ...walk, offset: 0 };
      else {
        const found = page.hits.map((hit) => lineOf(hit, subject));
        lines.push(...found);
        characters += found.reduce((sum, { line }) => sum + line.length, 0);
        walk = behind(walk, page, walksBy(subject));
      }
    } catch (error) {
      if (error instanceof JobFailure || lines.length === 0) throw error;
      break;
    }
    await workshop.goOn(before.bytes, before.rows + lines.length);
  }
  const rows = before.rows + lines.length;
  if (rows > mostRows) throw new JobFailure('WALK_TOO_LONG', `The library has more than ${mostRows} rows.`);
  if (lines.length === 0) return { state: walk, ...(walk.isLast ? {} : { againSeconds: 1 }) };
  const packed = packLines(lines);
  const parts = before.parts + 1;
  const { walked } = objectsOf((await workshop.read()).name);
  await workshop.files.put(walked(parts), 'application/octet-stream', packed);
  const state = { ...walk, parts, rows, bytes: before.bytes + packed.byteLength };
  return { state, ...(walk.isLast ? {} : { againSeconds: 1 }) };
};
