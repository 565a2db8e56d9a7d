import { type Change, changesOfRecords, type Facts } from '../audit/changes.ts';
import { toIsoOrNothing } from '../time/iso.ts';
import type { ApiKey } from './key.ts';

/** The fields that administrators decide. Use and cooldowns change by themselves. The secret is never shown. */
const factsOf = ({
  upstream,
  owner,
  accountId,
  state,
  rank,
  strikes,
  addedAtMillis,
  expiresAtMillis,
}: ApiKey): Facts => ({
  ...{ upstream, owner, accountId, state, rank, strikes },
  addedAt: toIsoOrNothing(addedAtMillis),
  expiresAt: toIsoOrNothing(expiresAtMillis),
});

const byId = (pool: readonly ApiKey[], owner: string | undefined): Record<string, Facts> =>
  Object.fromEntries(pool.filter((key) => key.owner === owner).map((key) => [key.id, factsOf(key)]));

/** What an act changed on the keys of one owner, for the audit log: an act on one key may retire or rank the others. */
export const poolChanges = (before: readonly ApiKey[], after: readonly ApiKey[], owner: string | undefined): Change[] =>
  changesOfRecords(byId(before, owner), byId(after, owner));
