/** Which stored answer may still tell where an entity stands. */
import type { Entry, Epochs } from './entry.ts';
import { isNarrow } from './store.ts';

/**
 * An answer that was asked for longer ago tells nothing any more: a record, or one above it, may have been moved in the
 * tenant itself. The published bound less what two clocks may differ by.
 */
const placeHoldsMillis = 55_000;

/** By the counts of this instant an answer is judged: as if all writes that are on their way were done, one may be a move. */
export const endOfMarksMillis = Number.POSITIVE_INFINITY;

type Placed = Pick<Entry, 'ancestors' | 'epochs' | 'requestedAtMillis'>;

/**
 * Every purge since counts, but the hard ones of the entity's own tag: those are made by each write to it, and a write that
 * moves things purges a wide tag as well.
 */
const hasMoved = (before: Epochs, current: Epochs): boolean =>
  Object.entries(before).some(([tag, { hard, soft }]) => {
    const now = current[tag];
    return (now?.soft ?? 0) !== soft || (!isNarrow(tag) && (now?.hard ?? 0) !== hard);
  });

/** Answers that are young enough to tell, newest first. */
export const youngEnough = <Answer extends Placed>(answers: readonly Answer[], nowMillis: number): Answer[] =>
  answers
    .filter(({ ancestors, requestedAtMillis }) => ancestors && nowMillis - requestedAtMillis < placeHoldsMillis)
    .toSorted((a, b) => b.requestedAtMillis - a.requestedAtMillis);

/** Ids above the entity by the first answer that still holds; undefined when none does. */
export const ancestorsFrom = (answers: readonly Placed[], current: Epochs): readonly string[] | undefined =>
  answers.find(({ epochs }) => !hasMoved(epochs, current))?.ancestors;
