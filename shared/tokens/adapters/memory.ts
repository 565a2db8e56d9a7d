import type { OneTimeStore } from '../one-time.ts';
import { recordOf, type Token, type TokenFacts, type TokenKey, type TokenStore } from '../token.ts';

const toFacts = ({ sealed: _sealed, ...facts }: Token): TokenFacts => facts;

export const createMemoryTokenStore = (): TokenStore => {
  const tokens = new Map<string, Token>();
  const claims = new Map<string, number>();

  /** The token of this version, unless it is dead. */
  const current = (key: TokenKey, version: string): Token | undefined => {
    const token = tokens.get(recordOf(key));
    return token?.version === version && token.state !== 'dead' ? token : undefined;
  };
  const set = (key: TokenKey, token: Token): true => {
    tokens.set(recordOf(key), token);
    return true;
  };

  return {
    read: async (key) => tokens.get(recordOf(key)),
    async put(token) {
      const present = tokens.get(recordOf(token));
      if (present && present.person.id !== token.person.id) return false;
      claims.delete(recordOf(token));
      return set(token, token);
    },
    async remove(key, version) {
      if (version !== undefined && tokens.get(recordOf(key))?.version !== version) return false;
      return tokens.delete(recordOf(key));
    },
    async used(key, version, atMillis) {
      const token = current(key, version);
      if (!token || token.lastUsedAtMillis > atMillis) return false;
      const { warnedAtMillis: _warned, doubtedAtMillis: _doubted, retryAtMillis: _retry, ...kept } = token;
      claims.delete(recordOf(key));
      return set(key, { ...kept, state: 'living', lastUsedAtMillis: atMillis });
    },
    async doubt(key, version, atMillis) {
      const token = current(key, version);
      if (token?.state !== 'living') return false;
      return set(key, { ...token, state: 'doubted', doubtedAtMillis: atMillis });
    },
    async markDead(key, version, atMillis) {
      const token = current(key, version);
      if (!token) return false;
      const { retryAtMillis: _retry, ...kept } = toFacts(token);
      return set(key, { ...kept, state: 'dead', diedAtMillis: atMillis });
    },
    async markTold(key, version, atMillis) {
      const token = tokens.get(recordOf(key));
      if (token?.version !== version || token.state !== 'dead') return false;
      return set(key, { ...token, toldAtMillis: atMillis });
    },
    async markWarned(key, version, atMillis) {
      const token = current(key, version);
      if (!token || token.warnedAtMillis !== undefined) return false;
      return set(key, { ...token, warnedAtMillis: atMillis });
    },
    async claim(key, version, nowMillis, untilMillis) {
      if (!current(key, version) || (claims.get(recordOf(key)) ?? 0) > nowMillis) return false;
      claims.set(recordOf(key), untilMillis);
      return true;
    },
    async pause(key, version, untilMillis) {
      const token = current(key, version);
      return token !== undefined && set(key, { ...token, retryAtMillis: untilMillis });
    },
    async list(limit, cursor = '', consumerId) {
      const names = [...tokens.keys()].sort().filter((name) => name > cursor);
      const all = names.map((name) => tokens.get(name) as Token);
      const wanted = all.filter((token) => consumerId === undefined || token.consumerId === consumerId);
      const page = wanted.slice(0, limit);
      const last = page.at(-1);
      const next = wanted.length > limit && last ? recordOf(last) : undefined;
      return { tokens: page.map(toFacts), unreadable: 0, cursor: next };
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
