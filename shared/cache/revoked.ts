/** What the upstream says about the rights of a person or a bearer token ends what is kept for it. */
import { AppError } from '../errors/app-error.ts';
import type { Exchange, Forward } from '../exchange/exchange.ts';
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
  /** Drops all that is kept for a principal, on every instance. Nothing to drop for the service account. */
  const drop = async (principal: string): Promise<void> => {
    const tags = tagsOfPrincipal(principal);
    if (tags.length === 0) return;
    // What is missed here ends by itself within the bound.
    await store.purge(tags, 'hard').catch((error: unknown) => onFailure('purge of a principal', error));
  };

  return {
    drop,
    /** The same `forward`, which drops what is kept for the principal when the upstream refuses its token. */
    watch:
      ({ principal, upstream }: Pick<Exchange, 'principal' | 'upstream'>, forward: Forward): Forward =>
      async (changes) => {
        const answer = await forward(changes).catch(async (error: unknown) => {
          if (isRefusedToken(error)) await drop(principal);
          throw error;
        });
        if (refusesCredential(upstream, answer)) await drop(principal);
        return answer;
      },
  };
};
export type Revocation = ReturnType<typeof createRevocation>;
