import type { OneTimeStore } from '../one-time.ts';
import { recordOf, type Token, type TokenFacts, type TokenKey, type TokenStore } from '../token.ts';

const toFacts = ({ sealed: _sealed, ...facts }: Token): TokenFacts => facts;

export const createMemoryTokenStore = (): TokenStore => {
  const tokens = new Map<string, Token>();
  const claims = new Map<string, number>();

  /** The living token of this version. */
  const current = (key: TokenKey, version: string): Token | undefined => {
    const token = tokens.get(recordOf(key));
    return token?.version === version && token.state === 'living' ? token : undefined;
  };

  return {
    read: async (key) => tokens.get(recordOf(key)),
    async put(token) {
      tokens.set(recordOf(token), token);
      claims.delete(recordOf(token));
    },
    remove: async (key) => tokens.delete(recordOf(key)),
    async used(key, version, atMillis) {
      const token = current(key, version);
      if (!token || token.lastUsedAtMillis > atMillis) return false;
      const { warnedAtMillis: _warned, ...kept } = token;
      tokens.set(recordOf(key), { ...kept, lastUsedAtMillis: atMillis });
      claims.delete(recordOf(key));
      return true;
    },
    async markDead(key, version, atMillis) {
      const token = current(key, version);
      if (!token) return false;
      tokens.set(recordOf(key), { ...toFacts(token), state: 'dead', diedAtMillis: atMillis });
      return true;
    },
    async markWarned(key, version, atMillis) {
      const token = current(key, version);
      if (!token || token.warnedAtMillis !== undefined) return false;
      tokens.set(recordOf(key), { ...token, warnedAtMillis: atMillis });
      return true;
    },
    async claim(key, version, nowMillis, untilMillis) {
      if (!current(key, version) || (claims.get(recordOf(key)) ?? 0) > nowMillis) return false;
      claims.set(recordOf(key), untilMillis);
      return true;
    },
    async list(limit, cursor = '', consumerId) {
      const names = [...tokens.keys()].sort().filter((name) => name > cursor);
      const all = names.map((name) => tokens.get(name) as Token);
      const wanted = all.filter((token) => consumerId === undefined || token.consumerId === consumerId);
      const page = wanted.slice(0, limit);
      const last = page.at(-1);
      return { tokens: page.map(toFacts), cursor: wanted.length > limit && last ? recordOf(last) : undefined };
    },
  };
};

export const createMemoryOneTimeStore = (): OneTimeStore => {
  const kept = new Map<string, unknown>();
  return {
    async put(name, value) {
      kept.set(name, value);
    },
    peek: async (name) => kept.get(name),
    async take(name) {
      const value = kept.get(name);
      kept.delete(name);
      return value;
    },
  };
};
