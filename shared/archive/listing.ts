/** Lists of the archive: where an entry stands in them, and whether a query wants it. */
import type { Claim } from './archive-record.ts';
import type { ArchiveQuery } from './archive-store.ts';
import { manifestOf } from './claim.ts';

/** Sorts by `archivedAt`, then by number. Also the cursor of a page. */
export const placeOf = (claim: Claim): string => {
  const { archivedAt, number } = manifestOf(claim);
  return `${archivedAt}#${String(number).padStart(12, '0')}`;
};

export const isWanted = (claim: Claim, { entity, notebook, closedBy, from, until }: ArchiveQuery): boolean => {
  const { eid, archivedAt } = manifestOf(claim);
  return (
    (entity === undefined || eid === entity) &&
    (notebook === undefined || claim.notebook === notebook) &&
    (closedBy === undefined || claim.closedBy === closedBy) &&
    (from === undefined || archivedAt >= from) &&
    (until === undefined || archivedAt < until)
  );
};
