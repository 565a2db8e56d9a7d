/**
 * The ledger records until when each granted unit counts, in buckets of time. It is a coarse sliding log. All rounding is upwards,
 * so no unit counts for too short a time.
 *
 * Why it is exact: a unit is booked for a send no earlier than its slot, and stays in the ledger until 60 s (and a guard)
 * after the latest instant at which it may be sent. When the last booked unit of any window of 60 s was booked, all other
 * sends of that window were in the ledger with an end after its slot, and together they were within the limit.
 */

/** Bucket `k` holds units that count until `k * bucketMillis`. `counts[0]` is bucket `first`. */
export type Ledger = { readonly first: number; readonly counts: readonly number[] };

/** Width of a bucket. A unit is kept half of it too long on average: 0.125 % of a minute. */
export const bucketMillis = 150;

export const emptyLedger: Ledger = { first: 0, counts: [] };

/** The bucket of units that count until `untilMillis`, rounded up. */
export const bucketOf = (untilMillis: number): number => Math.ceil(untilMillis / bucketMillis);

/** Drops what no longer counts at `nowMillis`. */
export const prune = (ledger: Ledger, nowMillis: number): Ledger => {
  const gone = Math.floor(nowMillis / bucketMillis) + 1 - ledger.first;
  if (gone <= 0) return ledger;
  let kept = gone;
  while (kept < ledger.counts.length && ledger.counts[kept] === 0) kept += 1;
  return kept >= ledger.counts.length ? emptyLedger : { first: ledger.first + kept, counts: ledger.counts.slice(kept) };
};

/** Units that still count at `atMillis`. */
export const usedAt = (ledger: Ledger, atMillis: number): number => {
  const from = Math.max(0, Math.floor(atMillis / bucketMillis) + 1 - ledger.first);
  let used = 0;
  for (let index = from; index < ledger.counts.length; index += 1) used += ledger.counts[index] as number;
  return used;
};

/** Adds units by bucket. */
export const addUnits = (ledger: Ledger, units: ReadonlyMap<number, number>): Ledger => {
  if (units.size === 0) return ledger;
  const buckets = [...units.keys()];
  const empty = ledger.counts.length === 0;
  const first = Math.min(empty ? Number.POSITIVE_INFINITY : ledger.first, ...buckets);
  const last = Math.max(empty ? 0 : ledger.first + ledger.counts.length - 1, ...buckets);
  const counts = new Array<number>(last - first + 1).fill(0);
  for (let index = 0; index < ledger.counts.length; index += 1)
    counts[ledger.first + index - first] = ledger.counts[index] as number;
  for (const [bucket, count] of units) counts[bucket - first] = (counts[bucket - first] as number) + count;
  return { first, counts };
};

/** Units of a grant that were sent earlier than the ledger assumed, or (`to` undefined) not sent. */
export type Settlement = { readonly from: number; readonly to: number | undefined; readonly units: number };

/** Moves units to the earlier end. Units that the ledger does not hold, or that would count longer, stay as they are. */
export const settle = (ledger: Ledger, settlements: readonly Settlement[]): Ledger => {
  const earlier = new Map<number, number>();
  let counts: number[] | undefined;
  for (const { from, to, units } of settlements) {
    const index = from - ledger.first;
    const held = (counts ?? ledger.counts)[index] ?? 0;
    if (index < 0 || held < units || (to !== undefined && to >= from)) continue;
    counts ??= [...ledger.counts];
    counts[index] = held - units;
    if (to !== undefined) earlier.set(to, (earlier.get(to) ?? 0) + units);
  }
  return counts ? addUnits({ first: ledger.first, counts }, earlier) : ledger;
};

/** How many units are free and from when: `free[i]` units from `at[i]` on, for slots not before `at[0]`. Both ascend. */
export type Outlook = { readonly at: readonly number[]; readonly free: readonly number[] };

/** The outlook from `nowMillis` on, by the ledger alone. */
export const outlook = (ledger: Ledger, limit: number, nowMillis: number): Outlook => {
  const from = Math.max(0, Math.floor(nowMillis / bucketMillis) + 1 - ledger.first);
  let free = limit;
  for (let index = from; index < ledger.counts.length; index += 1) free -= ledger.counts[index] as number;
  const at = [nowMillis];
  const frees = [free];
  for (let index = from; index < ledger.counts.length; index += 1) {
    const count = ledger.counts[index] as number;
    if (count === 0) continue;
    free += count;
    at.push((ledger.first + index) * bucketMillis);
    frees.push(free);
  }
  return { at, free: frees };
};

/**
 * The outlook for calls that must leave `units` free, and also room for a steady rate of `unitsPerMilli` over one window. A consumer
 * that is entitled to the rate finds it at any time. Units that it does not use are lent as their time comes near.
 */
export const outlookBeside = (
  { at, free }: Outlook,
  held: { readonly units: number; readonly unitsPerMilli: number },
  windowMillis: number,
): Outlook => {
  const left = new Array<number>(at.length);
  let least = Number.POSITIVE_INFINITY;
  for (let index = at.length - 1; index >= 0; index -= 1) {
    // Tightest just before the next units come free.
    const aheadMillis = Math.min(windowMillis, (at[index + 1] ?? Number.POSITIVE_INFINITY) - (at[0] as number));
    least = Math.min(least, (free[index] as number) - held.units - held.unitsPerMilli * aheadMillis);
    left[index] = least;
  }
  return { at, free: left };
};
