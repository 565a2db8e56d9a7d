/** What a run of the sweep does about the records that it has listed. Times are by the upstream's clock. */
import type { CacheRules, ChangeRules, ListedChange } from '../../exchange/cache-rules.ts';
import { type Epochs, isSameStamp } from '../entry.ts';
import type { ListedRecord, Tag } from '../store.ts';
import { recordTag } from '../tags.ts';

export type SortingRules = Pick<CacheRules, 'nameOf'> & { readonly changes: Pick<ChangeRules, 'isTop'> };

export type Sorted = {
  /** Tags of records of which it is not known what changed: every answer about them ends. */
  readonly purged: readonly Tag[];
  /** Records with a new stamp: answers that show another one end. */
  readonly noted: readonly ListedRecord[];
  /** Records at the top that changed themselves. They are noted only after this has been stored (watched.ts). */
  readonly changedTops: readonly string[];
  readonly notedLater: readonly ListedRecord[];
  /** Whether each record named the records that it is inside. */
  readonly namesAncestors: boolean;
};

/**
 * The stamp counts only if it explains why the record is listed: its time of change is within the listing. Otherwise the
 * listing knows of a change that the stamp does not show.
 */
const explains = ({ stamp }: ListedChange, sinceMillis: number): boolean =>
  stamp !== undefined && stamp.editedAtMillis >= Math.floor(sinceMillis / 1_000) * 1_000;

/** Ancestors whose own listing does not show that something inside them changed when this record did. */
const unaware = (change: ListedChange, listed: ReadonlyMap<string, ListedChange>, nameOf: CacheRules['nameOf']) => {
  const changedMillis = change.stamp?.editedAtMillis ?? Number.POSITIVE_INFINITY;
  return (change.ancestors ?? []).filter((id) => {
    const shownMillis = listed.get(nameOf(id))?.stamp?.editedAtMillis ?? Number.NEGATIVE_INFINITY;
    return shownMillis < changedMillis;
  });
};

/** @param known the counters of the records' tags before this run. */
export const sortOut = (
  changes: readonly ListedChange[],
  known: Epochs,
  sinceMillis: number,
  rules: SortingRules,
): Sorted => {
  const { nameOf, changes: of } = rules;
  const listed = new Map(changes.map((change) => [nameOf(change.eid), change]));
  const purged = new Set<Tag>();
  const noted: ListedRecord[] = [];
  const notedLater: ListedRecord[] = [];
  const changedTops: string[] = [];
  for (const [name, change] of listed) {
    const tag = recordTag(rules, name);
    const { stamp } = change;
    const before = known[tag]?.listed?.stamp;
    const isExplained = explains(change, sinceMillis);
    if (of.isTop(change.eid) && !(isExplained && before?.own === stamp?.own)) {
      changedTops.push(name);
      purged.add(tag);
      if (stamp) notedLater.push({ tag, stamp });
    } else if (!(stamp && isExplained)) purged.add(tag);
    else if (!isSameStamp(stamp, before)) noted.push({ tag, stamp });
    for (const id of unaware(change, listed, nameOf)) purged.add(recordTag(rules, id));
  }
  const namesAncestors = changes.every(({ eid, ancestors }) => of.isTop(eid) || ancestors !== undefined);
  return { purged: [...purged], noted, changedTops, notedLater, namesAncestors };
};
