/** Finds the entry for a request: the right variant, and its purges. Its flight is read when a call is needed. */

import type { Entry } from './entry.ts';
import { variantOf } from './http/vary.ts';
import type { CacheParts } from './parts.ts';
import type { ReadPlan } from './plan.ts';
import type { EntryKey, Snapshot } from './store.ts';

export type LookUpResult = {
  readonly key: EntryKey;
  readonly snapshot: Snapshot;
  /** Whether the snapshot contains the last flight. */
  readonly knowsFlight: boolean;
  /** There are entries, but none for this request's values of the Vary fields. */
  readonly isOtherVariant: boolean;
};

export const createLookUp = ({ store, memory }: Pick<CacheParts, 'store' | 'memory'>) => {
  /** For an entry in this instance's memory, only the tags are read. */
  const inMemory = async (
    { key, tags }: ReadPlan,
    isUsable: (entry: Entry, snapshot: Snapshot) => boolean,
  ): Promise<Snapshot | undefined> => {
    const kept = memory.get(key.id);
    const snapshot = kept && { ...(await store.read(undefined, tags)), entry: kept };
    return snapshot && isUsable(kept, snapshot) ? snapshot : undefined;
  };

  /** One read, or two if Vary selects among several entries. */
  const inStore = async (
    { key, tags, variantKey, requestHeaders }: ReadPlan,
    flight?: 'unread',
  ): Promise<LookUpResult> => {
    const knowsFlight = flight === undefined;
    const snapshot = await store.read(key, tags, flight);
    const { entry } = snapshot;
    if (variantKey === undefined || !entry || entry.vary.names.length === 0) {
      return { key, snapshot, knowsFlight, isOtherVariant: false };
    }
    const keyOfVariant = variantKey(variantOf(requestHeaders, entry.vary.names));
    const ofVariant = await store.read(keyOfVariant, tags, flight);
    return { key: keyOfVariant, snapshot: ofVariant, knowsFlight, isOtherVariant: ofVariant.entry === undefined };
  };

  return async (plan: ReadPlan, isUsable: (entry: Entry, snapshot: Snapshot) => boolean): Promise<LookUpResult> => {
    if (plan.variantKey !== undefined) return inStore(plan, 'unread');
    const snapshot = await inMemory(plan, isUsable);
    if (snapshot) return { key: plan.key, snapshot, knowsFlight: false, isOtherVariant: false };
    // A copy that may not be used any more was probably not replaced: the flight is needed, too.
    const found = await inStore(plan, memory.get(plan.key.id) ? undefined : 'unread');
    if (found.snapshot.entry) memory.put(plan.key.id, found.snapshot.entry);
    return found;
  };
};
