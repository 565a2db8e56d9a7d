/** Bearer tokens: alive while used at least once in 30 days, dead after that or when revoked. */
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { User } from './model.ts';
import type { People } from './people.ts';

const idleMillis = 30 * 24 * 3_600_000;

interface Token {
  readonly userId: string;
  readonly domain: string;
  lastUsedAtMillis: number;
}

export interface Tokens {
  issue(userId: string, domain: string): string;
  /** The token's user, and a new lease of 30 days; `undefined` when it is dead. */
  use(token: string): User | undefined;
  /** Drops the tokens for which `test` holds; answers how many. */
  revoke(test: (user: User, domain: string) => boolean): number;
  list(): readonly (Token & { readonly token: string })[];
}

export const createTokens = (clock: Clock, random: Random, people: People): Tokens => {
  const tokens = new Map<string, Token>();
  return {
    issue(userId, domain) {
      const token = random.hex(48);
      tokens.set(token, { userId, domain, lastUsedAtMillis: clock.nowMillis() });
      return token;
    },
    use(text) {
      const token = tokens.get(text);
      const nowMillis = clock.nowMillis();
      if (token === undefined || nowMillis - token.lastUsedAtMillis >= idleMillis) return undefined;
      token.lastUsedAtMillis = nowMillis;
      const user = people.users.get(token.userId);
      return user?.isEnabled === true ? user : undefined;
    },
    revoke(test) {
      const dead = [...tokens].filter(([, { userId, domain }]) => {
        const user = people.users.get(userId);
        return user !== undefined && test(user, domain);
      });
      for (const [text] of dead) tokens.delete(text);
      return dead.length;
    },
    list: () => [...tokens].map(([token, known]) => ({ token, ...known })),
  };
};
