/** Why a read needed a call of the upstream, by what the driver knows of the record and what `Cache-Status` says. */

export const reasons = [
  'first read',
  'after a write of its own',
  'after an edit in the tenant',
  'while it was written',
  'unchanged: purged all the same',
  'unchanged: refreshed while it was served',
  'unchanged: expired',
] as const;
export type Reason = (typeof reasons)[number];

/** How often a record was written through the way and edited in the tenant. */
export type Changes = { readonly writes: number; readonly edits: number };
type Asked = Changes & { readonly atMillis: number };

/** An entry that was asked for less long ago than this has not expired by itself. */
const freshMillis = 44_000;

const isCall = (cacheStatus: string): boolean =>
  /STALE-WHILE-REVALIDATE/.test(cacheStatus) || (/fwd=/.test(cacheStatus) && !/collapsed/.test(cacheStatus));

const reasonOf = (cacheStatus: string, before: Asked | undefined, now: Asked): Reason => {
  if (/BEING-WRITTEN/.test(cacheStatus)) return 'while it was written';
  if (before === undefined) return 'first read';
  if (now.writes > before.writes) return 'after a write of its own';
  if (now.edits > before.edits) return 'after an edit in the tenant';
  if (/STALE-WHILE-REVALIDATE/.test(cacheStatus)) return 'unchanged: refreshed while it was served';
  return now.atMillis - before.atMillis < freshMillis ? 'unchanged: purged all the same' : 'unchanged: expired';
};

export const createReasons = () => {
  const counts: Record<Reason, number> = Object.fromEntries(reasons.map((reason) => [reason, 0])) as never;
  const asked = new Map<string, Asked>();
  return {
    counts: counts as Readonly<Record<Reason, number>>,
    /** @param now what was known of the record when the read began. */
    note: (id: string, cacheStatus: string, now: Asked): void => {
      if (!isCall(cacheStatus)) return;
      counts[reasonOf(cacheStatus, asked.get(id), now)] += 1;
      // What is asked for while it is written ends with the write.
      if (!/BEING-WRITTEN/.test(cacheStatus)) asked.set(id, now);
    },
  };
};
