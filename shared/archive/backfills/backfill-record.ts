/** Backfills: every closed experiment that a search finds is archived, page by page. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '../canonical-json.ts';

const backfillStates = ['running', 'paused', 'done', 'failed', 'cancelled'] as const;
const count = z.number().int();

/** Where the search stands. It goes by the time of creation, which never changes, so the archive that grows meanwhile loses no experiment. */
export const Cursor = z.object({
  /** Experiments that were created at this time or later; absent = from the first. */
  createdAt: z.string().optional(),
  /** Those with this time that were seen. */
  seen: z.array(z.string()),
  /** Hits to pass over, where more than a page have one time. */
  offset: count,
});
export type Cursor = z.infer<typeof Cursor>;

export const Counts = z.object({
  /** Experiments that the search has found so far. */
  found: count,
  /** Of these: was in the archive already, in the version that the search names. */
  present: count,
  /** The order has ended with the PDF in the archive. */
  archived: count,
  /** It was not closed any more when its order looked. */
  notClosed: count,
  /** The order has failed for good. */
  failed: count,
  /** The order has further rounds when its page was left. */
  retrying: count,
});
export type Counts = z.infer<typeof Counts>;
export const noCounts: Counts = { found: 0, present: 0, archived: 0, notClosed: 0, failed: 0, retrying: 0 };

export const Backfill = z.object({
  /** 1 for the first of the stage. */
  id: count,
  /** Goes up with each write. */
  version: count,
  state: z.enum(backfillStates),
  requestedBy: z.string(),
  requestedAtMillis: z.number(),
  /** Made anew by each request, which knows its own write by it when the answer of the write was lost. */
  act: z.string().optional(),
  /** The page that is at work or comes next; 1 for the first. */
  page: count,
  /** Goes up when the execution of a page has ended before the page. */
  attempt: count,
  /** Of the page; absent = none was started. */
  executionArn: z.string().optional(),
  cursor: Cursor,
  counts: Counts,
  /** Closed experiments that the search says there are. */
  total: count.optional(),
  endedAtMillis: z.number().optional(),
  failure: z.string().optional(),
  /** Trace of the request, which the log lines of all pages show. */
  traceId: z.string().optional(),
});
export type Backfill = z.infer<typeof Backfill>;

export const isOpen = ({ state }: Pick<Backfill, 'state'>): boolean => state === 'running' || state === 'paused';

/** Fits the pattern of Lambda's execution names. */
export const pageNameOf = (stage: string, { id, page, attempt }: Pick<Backfill, 'id' | 'page' | 'attempt'>): string =>
  createHash('sha256')
    .update(canonicalJson(['archive-backfill', stage, id, page, attempt]))
    .digest('hex');

/** Port: the catalogue of backfills. Reads see every write that was answered before. */
export interface BackfillStore {
  readBackfill(id: number): Promise<Backfill | undefined>;
  /** Puts `after` in place of the record before it (`after.version - 1`; 1 = there is none yet). @returns false when another is there. */
  writeBackfill(after: Backfill): Promise<boolean>;
  /** The newest first. */
  listBackfills(limit: number): Promise<readonly Backfill[]>;
}

const mostTries = 50;

/** Writes what `change` makes of the record; undefined = it stays. @returns the record afterwards; undefined = there is none. */
export const changeBackfill = async (
  store: Pick<BackfillStore, 'readBackfill' | 'writeBackfill'>,
  id: number,
  change: (backfill: Backfill) => Partial<Backfill> | undefined,
): Promise<Backfill | undefined> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const backfill = await store.readBackfill(id);
    const changed = backfill && change(backfill);
    if (!backfill || !changed) return backfill;
    const after = { ...backfill, ...changed, version: backfill.version + 1 };
    if (await store.writeBackfill(after)) return after;
  }
  throw new Error('The backfill is changed all the time');
};
