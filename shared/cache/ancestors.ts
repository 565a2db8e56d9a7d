/** Decides which stored answer is recent enough to name the ancestors of an entity. */
import { type Entry, type Epochs, isListedAnew, noEpoch } from './entry.ts';
import { isNarrow } from './tags.ts';

/**
 * An answer that was requested longer ago is not used: the record or an ancestor may have been moved in the tenant. It
 * is the published bound minus the clock skew.
 */
const placeHoldsMillis = 55_000;

/**
 * The instant at which the counters are read: as if all writes on their way had ended, because one of them may be a
 * move.
 */
export const endOfMarksMillis = Number.POSITIVE_INFINITY;

type Placed = Pick<Entry, 'ancestors' | 'epochs' | 'requestedAtMillis' | 'stamp'>;

/**
 * Every later purge invalidates the answer, except hard purges of the entity's own tag. Each write to the entity makes
 * one, and a write that moves entities also purges a wide tag.
 */
const hasMoved = ({ epochs, stamp }: Placed, current: Epochs): boolean =>
  Object.entries(epochs).some(([tag, before]) => {
    const now = current[tag] ?? noEpoch;
    if (now.soft !== before.soft || isListedAnew(before, now, stamp)) return true;
    return !isNarrow(tag) && now.hard !== before.hard;
  });

/** Answers that are recent enough, newest first. */
export const youngEnough = <Answer extends Placed>(answers: readonly Answer[], nowMillis: number): Answer[] =>
  answers
    .filter(({ ancestors, requestedAtMillis }) => ancestors && nowMillis - requestedAtMillis < placeHoldsMillis)
    .toSorted((a, b) => b.requestedAtMillis - a.requestedAtMillis);

/** The ancestors' ids from the first answer that is still valid; undefined if none is. */
export const ancestorsFrom = (answers: readonly Placed[], current: Epochs): readonly string[] | undefined =>
  answers.find((answer) => !hasMoved(answer, current))?.ancestors;
