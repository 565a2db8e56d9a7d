/** Searches the ledger by time, type and entity. */
import { type Entry, keptDays, type Ledger } from './ledger.ts';

const keptMillis = keptDays * 86_400_000;
/** One answer looks at no more pages of the ledger: where few match, the reader comes back for the rest. */
const mostPages = 10;
const pageEntries = 100;

export type Search = {
  readonly fromMillis?: number | undefined;
  readonly untilMillis?: number | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly isWanted: (entry: Entry) => boolean;
};
export type Found = { readonly entries: readonly Entry[]; readonly cursor?: string | undefined };

/** The newest first. With a `cursor` there may be more, also after a short or empty page. */
export const searchLedger = async (ledger: Pick<Ledger, 'list'>, search: Search, nowMillis: number): Promise<Found> => {
  const { fromMillis = 0, untilMillis = nowMillis + 60_000, limit, isWanted } = search;
  const range = {
    fromMillis: Math.max(fromMillis, nowMillis - keptMillis),
    untilMillis,
    order: 'newest-first',
  } as const;
  const entries: Entry[] = [];
  let { cursor } = search;
  for (let pages = 0; pages < mostPages; pages += 1) {
    // No more than there is room for: the cursor stands behind what was listed.
    const page = await ledger.list({ ...range, limit: Math.min(pageEntries, limit - entries.length), cursor });
    entries.push(...page.entries.filter(isWanted));
    cursor = page.cursor;
    if (cursor === undefined || entries.length >= limit) break;
  }
  return { entries, cursor };
};
