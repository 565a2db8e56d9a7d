/**
 * Rules for an upstream that states none. Nothing is known about what its writes change, so each write ends everything that is
 * kept of it, and no answer lives longer than the published bound.
 */
import { entityOf } from '../catalogue/catalogue.ts';
import type { CacheRules } from '../exchange/cache-rules.ts';
import { everything, groupTag, nameTag } from './tags.ts';

export const plainRules: CacheRules = {
  nameOf: (id) => id,
  tagsOfRead: (match) => {
    const id = entityOf(match);
    return [everything, groupTag(match.operation.group), ...(id === undefined ? [] : [nameTag(id)])];
  },
  wideTagsOfWrite: () => [everything],
  isShortLived: () => false,
  tagsOfWrite: async () => [everything],
  jobMayChange: () => true,
  readDocument: () => undefined,
};
