import { type Change, changesBetween, type Facts } from '../audit/changes.ts';
import type { TokenFacts } from './token.ts';

/** Not the person's e-mail address: the id finds the account in the tenant. */
const factsOf = ({ version, person, state, createdAtMillis }: TokenFacts): Facts => ({
  tokenId: version,
  personId: person.id,
  state,
  linkedAt: new Date(createdAtMillis).toISOString(),
});

/** What linking or deleting a token changed, for the audit log: nothing of its value. */
export const tokenChanges = (before: TokenFacts | undefined, after: TokenFacts | undefined): Change[] =>
  changesBetween(before && factsOf(before), after && factsOf(after));
