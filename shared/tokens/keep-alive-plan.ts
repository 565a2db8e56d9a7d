/** Plans one run of the keep-alive: which tokens, in which order. */
import { dayMillis, type TokenFacts, type TokenStore, touchAtMillisOf } from './token.ts';

const pageSize = 500;
/** The process that marks a token dead raises the event at once. After this time, that process is gone. */
const tellAfterMillis = 10 * 60_000;

export type KeepAlivePlan = {
  /** To touch now: postponed ones last, and doubted ones after the living. */
  readonly due: readonly TokenFacts[];
  /** Not to be touched yet, because the last touch showed nothing. */
  readonly paused: readonly TokenFacts[];
  /** Dead, and no event was raised. */
  readonly untold: readonly TokenFacts[];
};

export const listTokens = async (store: TokenStore): Promise<{ tokens: TokenFacts[]; unreadable: number }> => {
  const tokens: TokenFacts[] = [];
  let unreadable = 0;
  let cursor: string | undefined;
  do {
    const page = await store.list(pageSize, cursor);
    tokens.push(...page.tokens);
    unreadable += page.unreadable;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { tokens, unreadable };
};

export const oldestIdleDaysOf = (tokens: readonly TokenFacts[], nowMillis: number): number =>
  (nowMillis - Math.min(nowMillis, ...tokens.map(({ lastUsedAtMillis }) => lastUsedAtMillis))) / dayMillis;

const longestIdleFirst = (a: TokenFacts, b: TokenFacts): number => a.lastUsedAtMillis - b.lastUsedAtMillis;

const rankOf = ({ state, retryAtMillis }: TokenFacts): number =>
  (retryAtMillis === undefined ? 0 : 2) + (state === 'doubted' ? 1 : 0);

export const planRun = (
  tokens: readonly TokenFacts[],
  { nowMillis, touchMillis }: { readonly nowMillis: number; readonly touchMillis: number },
): KeepAlivePlan => {
  const open = tokens.filter(({ state }) => state !== 'dead');
  const isPaused = ({ retryAtMillis = 0 }: TokenFacts): boolean => retryAtMillis > nowMillis;
  const free = open.filter((token) => !isPaused(token)).sort(longestIdleFirst);
  const isDue = (token: TokenFacts): boolean =>
    token.state === 'doubted' || touchAtMillisOf(token, touchMillis) <= nowMillis;
  const due = free.filter(isDue);
  // A living token for comparison: without one, it is unknown whether the doubted tokens are dead or the tenant is at
  // fault.
  const isWitnessWanted = due.length > 0 && due.every(({ state }) => state === 'doubted');
  const witness = isWitnessWanted ? free.filter((token) => !isDue(token)).slice(0, 1) : [];
  return {
    due: [...witness, ...due].sort((a, b) => rankOf(a) - rankOf(b) || longestIdleFirst(a, b)),
    paused: open.filter(isPaused),
    untold: tokens.filter(
      ({ state, diedAtMillis = 0, toldAtMillis }) =>
        state === 'dead' && toldAtMillis === undefined && diedAtMillis <= nowMillis - tellAfterMillis,
    ),
  };
};
