/** Tags that mean the same for every upstream. Those of one upstream's own stand in its rules: exchange/cache-rules.ts. */
import type { CacheRules } from '../exchange/cache-rules.ts';
import { isServicePrincipal } from '../exchange/credential.ts';
import type { Tag } from './store.ts';

/** Ends every answer that is kept of the upstream. */
export const everything: Tag = 'all';
export const groupTag = (group: string): Tag => `group-${group}`;

/** @param name of the record, as `CacheRules.nameOf` spells it. */
export const nameTag = (name: string): Tag => `entity:${name}`;

/** Ends the answers about one record, however its id is spelt. */
export const recordTag = ({ nameOf }: Pick<CacheRules, 'nameOf'>, id: string): Tag => nameTag(nameOf(id));

/**
 * A tag for each person and bearer token, so that all their entries can be dropped at once. The service account needs
 * none: its key is replaced, not its rights.
 */
export const tagsOfPrincipal = (principal: string): readonly Tag[] =>
  isServicePrincipal(principal) ? [] : [`principal:${principal}`];

/** Whether a tag belongs to one record, and so has an item of its own in the store (see Tag). */
export const isNarrow = (tag: Tag): boolean => tag.includes(':');
