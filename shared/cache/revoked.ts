/** Drops the entries of a person or bearer token when the upstream refuses the token. */
import { AppError } from '../errors/app-error.ts';
import type { Exchange, NativeAnswer } from '../exchange/exchange.ts';
import { refusesCredential } from '../exchange/refusals.ts';
import type { CacheStore } from './store.ts';
import { tagsOfPrincipal } from './tags.ts';

type Parts = {
  readonly store: Pick<CacheStore, 'purge'>;
  readonly onFailure: (what: string, error: unknown) => void;
};

/** The call layer turns the 401 to a linked token into this code; the 401 to a bearer token stays an answer. */
const isRefusedToken = (error: unknown): boolean => error instanceof AppError && error.code === 'USER_TOKEN_NEEDED';

export const createRevocation = ({ store, onFailure }: Parts) => {
  /** Drops all entries of a principal, on every instance. Does nothing for the service account. */
  const drop = async (principal: string): Promise<void> => {
    const tags = tagsOfPrincipal(principal);
    if (tags.length === 0) return;
    // Entries that this misses end by themselves within the bound.
    await store.purge(tags, 'hard').catch((error: unknown) => onFailure('purge of a principal', error));
  };

  return {
    drop,
    /** Calls `forward`, and drops the principal's entries when the upstream refuses its token. */
    async watch(
      { principal, upstream }: Pick<Exchange, 'principal' | 'upstream'>,
      forward: () => Promise<NativeAnswer>,
    ): Promise<NativeAnswer> {
      const answer = await forward().catch(async (error: unknown) => {
        if (isRefusedToken(error)) await drop(principal);
        throw error;
      });
      if (refusesCredential(upstream, answer)) await drop(principal);
      return answer;
    },
  };
};
export type Revocation = ReturnType<typeof createRevocation>;
