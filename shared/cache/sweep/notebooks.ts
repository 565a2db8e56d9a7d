/**
 * The notebooks that changed of late. What an answer says of its record's rights depends on the notebook above it (a trashed
 * or archived one makes it read-only), whose change is none of the record: the sweep does not vouch for it then.
 */
import { createHash } from 'node:crypto';
import { bareId, highestRank, rankOf } from '../entity-id.ts';

export type ChangedNotebooks = {
  /** Nothing is known of changes before this instant. */
  readonly sinceMillis: number;
  /** By a short hash of the id: no change after this instant is known. Two with the same hash count as one. */
  readonly untilMillis: Readonly<Record<string, number>>;
};

/** In the tenant's record, which every look-up reads: a few kilobytes at most. */
const mostNotebooks = 100;
/** No answer is vouched for longer. */
const rememberedMillis = 3_600_000;

const shortHash = (eid: string): string => createHash('sha256').update(bareId(eid)).digest('base64url').slice(0, 6);

/** Whether nothing can stand above an entity. */
export const isTop = (eid: string): boolean => rankOf(eid) === highestRank;

export const noChangesSince = (sinceMillis: number): ChangedNotebooks => ({ sinceMillis, untilMillis: {} });

/** What was known, and the notebooks among the entities that changed before `nowMillis`. */
export const withChanges = (known: ChangedNotebooks, eids: Iterable<string>, nowMillis: number): ChangedNotebooks => {
  const changed = [...eids].filter(isTop).map((eid) => [shortHash(eid), nowMillis] as const);
  const newestFirst = Object.entries({ ...known.untilMillis, ...Object.fromEntries(changed) }).toSorted(
    ([, a], [, b]) => b - a,
  );
  const kept = newestFirst
    .slice(0, mostNotebooks)
    .filter(([, untilMillis]) => nowMillis - untilMillis <= rememberedMillis);
  const forgotten = newestFirst.slice(kept.length).map(([, untilMillis]) => untilMillis);
  return { sinceMillis: Math.max(known.sinceMillis, ...forgotten), untilMillis: Object.fromEntries(kept) };
};

/** Whether an answer that was asked for then is known to show its notebooks as they are. */
export const showsThemAsTheyAre = (
  { sinceMillis, untilMillis }: ChangedNotebooks,
  notebooks: readonly string[],
  requestedAtMillis: number,
): boolean =>
  requestedAtMillis > sinceMillis &&
  notebooks.every((eid) => requestedAtMillis > (untilMillis[shortHash(eid)] ?? Number.NEGATIVE_INFINITY));
