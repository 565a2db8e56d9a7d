/** Purges for what the tenant reports: sooner than the sweep, which would find the same. */
import type { EntryStore } from '../../cache/store.ts';
import { entityTag } from './entity-id.ts';
import { tagsOfEvent } from './tags.ts';

/** The parts of a notification that the cache needs. `eid` is its entity. */
export type ChangeEvent = { readonly type: string; readonly eid: string };

/**
 * Purges the event's entity, its ancestors, and the lists and searches that could show it. The purge is soft: the
 * entries may still be served while the upstream fails.
 */
export const purgeForEvent = async (store: Pick<EntryStore, 'purge'>, { eid }: ChangeEvent): Promise<void> =>
  store.purge([entityTag(eid), ...tagsOfEvent(eid)], 'soft');
