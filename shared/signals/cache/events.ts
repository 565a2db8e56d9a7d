/** Purges for what the tenant reports: sooner than the sweep, which would find the same. */
import type { EntryStore } from '../../cache/store.ts';
import { entityTag } from './entity-id.ts';
import { tagsOfEvent } from './tags.ts';

/** A notification, as far as the cache is concerned. `eid` is what it is about. */
export type ChangeEvent = { readonly type: string; readonly eid: string };

/**
 * Purges what the event is about, what stands above it, and the lists and searches that could show it. Softly: the copies
 * may still stand in while the upstream fails.
 */
export const purgeForEvent = async (store: Pick<EntryStore, 'purge'>, { eid }: ChangeEvent): Promise<void> =>
  store.purge([entityTag(eid), ...tagsOfEvent(eid)], 'soft');
