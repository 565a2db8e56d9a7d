/**
 * The records at the top that changed of late, such as notebooks. What an answer says of its record's rights depends on the
 * one above it (a trashed or archived notebook makes it read-only), whose change is none of the record: the sweep does not
 * vouch for it then.
 */
import { createHash } from 'node:crypto';

/** Changes of records that others stand in. Records go by their names: `CacheRules.nameOf`. */
export type WatchedChanges = {
  /** Nothing is known of changes before this instant. */
  readonly sinceMillis: number;
  /** By a short hash of the name: no change after this instant is known. Two with the same hash count as one. */
  readonly untilMillis: Readonly<Record<string, number>>;
  /** Since this instant, each change has purged the records that the changed one is inside; undefined = not known to. */
  readonly insideSinceMillis?: number | undefined;
};

/** Infinite while the sweep does not know what changes are inside. */
export const insideSinceMillis = (watched: WatchedChanges | undefined): number =>
  watched?.insideSinceMillis ?? Number.POSITIVE_INFINITY;

/** Most notebooks in the tenant's item, which every look-up reads: a few kilobytes at most. */
const mostWatched = 100;
/** No entry is verified for longer. */
const rememberedMillis = 3_600_000;

const shortHash = (name: string): string => createHash('sha256').update(name).digest('base64url').slice(0, 6);

export const noChangesSince = (sinceMillis: number): WatchedChanges => ({ sinceMillis, untilMillis: {} });

/** What was known, and the records with these names, which changed before `nowMillis`. */
export const withChanges = (known: WatchedChanges, names: readonly string[], nowMillis: number): WatchedChanges => {
  const changed = names.map((name) => [shortHash(name), nowMillis] as const);
  const newestFirst = Object.entries({ ...known.untilMillis, ...Object.fromEntries(changed) }).toSorted(
    ([, a], [, b]) => b - a,
  );
  const kept = newestFirst
    .slice(0, mostWatched)
    .filter(([, untilMillis]) => nowMillis - untilMillis <= rememberedMillis);
  const forgotten = newestFirst.slice(kept.length).map(([, untilMillis]) => untilMillis);
  return { ...known, sinceMillis: Math.max(known.sinceMillis, ...forgotten), untilMillis: Object.fromEntries(kept) };
};

/** Whether an answer that was requested then is known to show its notebooks as they are now. */
export const showsThemAsTheyAre = (
  { sinceMillis, untilMillis }: WatchedChanges,
  names: readonly string[],
  requestedAtMillis: number,
): boolean =>
  requestedAtMillis > sinceMillis &&
  names.every((name) => requestedAtMillis > (untilMillis[shortHash(name)] ?? Number.NEGATIVE_INFINITY));
