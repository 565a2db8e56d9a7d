import { describe, expect, it } from 'vitest';
import type { OneTimeStore } from '../../../shared/tokens/one-time.ts';
import type { TokenFacts, TokenStore } from '../../../shared/tokens/token.ts';
import { anna, startMillis, tokenOf } from './builders.ts';

const sealed = {
  wrappedKey: Uint8Array.from([1, 2]),
  nonce: Uint8Array.from([3]),
  ciphertext: Uint8Array.from([4, 5, 6]),
};
const later = startMillis + 1_000;

const listAll = async (store: TokenStore, limit: number, consumerId?: string): Promise<TokenFacts[]> => {
  const tokens: TokenFacts[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list(limit, cursor, consumerId);
    expect(page.tokens.length).toBeLessThanOrEqual(limit);
    tokens.push(...page.tokens);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return tokens;
};

export const tokenStoreContract = (name: string, create: () => Promise<TokenStore>) =>
  describe(`TokenStore contract: ${name}`, () => {
    it('gives back what was put, and nothing for a stranger', async () => {
      const store = await create();
      await store.put(tokenOf({ sealed }));
      const token = await store.read(anna);
      expect(token).toMatchObject(tokenOf());
      expect([...(token?.sealed?.ciphertext ?? [])]).toEqual([4, 5, 6]);
      expect(await store.read({ ...anna, subject: 'bob' })).toBeUndefined();
      expect(await store.read({ ...anna, consumerId: 'other' })).toBeUndefined();
      expect(await store.read({ ...anna, incarnation: 'app-2' })).toBeUndefined();
    });

    it('records a use, forward only, and only of the living version', async () => {
      const store = await create();
      await store.put(tokenOf({ sealed, warnedAtMillis: startMillis }));
      expect(await store.used(anna, 'v0', later)).toBe(false);
      expect(await store.used(anna, 'v1', later)).toBe(true);
      expect(await store.used(anna, 'v1', startMillis)).toBe(false);
      const token = await store.read(anna);
      expect(token?.lastUsedAtMillis).toBe(later);
      expect(token?.warnedAtMillis).toBeUndefined();
    });

    it('lets exactly one of many mark a token dead, and keeps no secret of it', async () => {
      const store = await create();
      await store.put(tokenOf({ sealed }));
      const marks = await Promise.all(Array.from({ length: 12 }, () => store.markDead(anna, 'v1', later)));
      expect(marks.filter(Boolean)).toHaveLength(1);
      expect(await store.read(anna)).toEqual(tokenOf({ state: 'dead', diedAtMillis: later }));
      expect(await store.used(anna, 'v1', later + 1)).toBe(false);
    });

    it('doubts a living token once, keeps its secret, and ends the doubt with the next use', async () => {
      const store = await create();
      await store.put(tokenOf({ sealed }));
      const doubts = await Promise.all(Array.from({ length: 5 }, () => store.doubt(anna, 'v1', later)));
      expect(doubts.filter(Boolean)).toHaveLength(1);
      const doubted = await store.read(anna);
      expect(doubted).toMatchObject({ state: 'doubted', doubtedAtMillis: later });
      expect(doubted?.sealed).toBeDefined();
      expect(await store.claim(anna, 'v1', later, later + 1)).toBe(true);
      expect(await store.used(anna, 'v1', later + 1)).toBe(true);
      const used = await store.read(anna);
      expect(used?.state).toBe('living');
      expect(used?.doubtedAtMillis).toBeUndefined();
      await store.doubt(anna, 'v1', later + 2);
      expect(await store.markDead(anna, 'v1', later + 3)).toBe(true);
      expect(await store.doubt(anna, 'v1', later + 4)).toBe(false);
    });

    it('pauses the touches of a token until its next use', async () => {
      const store = await create();
      await store.put(tokenOf({ sealed }));
      expect(await store.pause(anna, 'v0', later)).toBe(false);
      expect(await store.pause(anna, 'v1', later)).toBe(true);
      expect((await store.list(10)).tokens[0]?.retryAtMillis).toBe(later);
      await store.used(anna, 'v1', later);
      expect((await store.list(10)).tokens[0]?.retryAtMillis).toBeUndefined();
    });

    it('notes of a dead token that it was told of', async () => {
      const store = await create();
      await store.put(tokenOf({ sealed }));
      expect(await store.markTold(anna, 'v1', later)).toBe(false);
      await store.markDead(anna, 'v1', later);
      expect(await store.markTold(anna, 'v1', later)).toBe(true);
      expect((await store.read(anna))?.toldAtMillis).toBe(later);
    });

    it('puts a token in the place of one of the same person only', async () => {
      const store = await create();
      expect(await store.put(tokenOf({ sealed }))).toBe(true);
      expect(await store.put(tokenOf({ version: 'v2', person: { id: '999' }, sealed }))).toBe(false);
      expect((await store.read(anna))?.version).toBe('v1');
      expect(await store.put(tokenOf({ version: 'v2', sealed }))).toBe(true);
      await store.remove(anna);
      expect(await store.put(tokenOf({ version: 'v3', person: { id: '999' }, sealed }))).toBe(true);
    });

    it('does nothing about the successor of the version that was meant', async () => {
      const store = await create();
      await store.put(tokenOf({ version: 'v2', sealed }));
      expect(await store.markDead(anna, 'v1', later)).toBe(false);
      expect(await store.markWarned(anna, 'v1', later)).toBe(false);
      expect(await store.claim(anna, 'v1', later, later + 1)).toBe(false);
      expect(await store.doubt(anna, 'v1', later)).toBe(false);
      expect(await store.remove(anna, 'v1')).toBe(false);
      expect((await store.read(anna))?.state).toBe('living');
    });

    it('warns once until the next use', async () => {
      const store = await create();
      await store.put(tokenOf({ sealed }));
      const marks = await Promise.all(Array.from({ length: 5 }, () => store.markWarned(anna, 'v1', later)));
      expect(marks.filter(Boolean)).toHaveLength(1);
      await store.used(anna, 'v1', later);
      expect(await store.markWarned(anna, 'v1', later)).toBe(true);
    });

    it('gives a claim to exactly one of many, until it ends or the token is used', async () => {
      const store = await create();
      await store.put(tokenOf({ sealed }));
      const claims = await Promise.all(Array.from({ length: 12 }, () => store.claim(anna, 'v1', later, later + 10)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await store.claim(anna, 'v1', later + 9, later + 20)).toBe(false);
      expect(await store.claim(anna, 'v1', later + 10, later + 20)).toBe(true);
      await store.used(anna, 'v1', later + 11);
      expect(await store.claim(anna, 'v1', later + 12, later + 20)).toBe(true);
    });

    it('removes record and secret, once', async () => {
      const store = await create();
      await store.put(tokenOf({ sealed }));
      expect(await store.remove(anna)).toBe(true);
      expect(await store.remove(anna)).toBe(false);
      expect(await store.read(anna)).toBeUndefined();
      expect(await store.used(anna, 'v1', later)).toBe(false);
      expect(await store.read(anna)).toBeUndefined();
    });

    it('lists every token once on pages of any size, without secrets, also for one consumer', async () => {
      const store = await create();
      const subjects = Array.from({ length: 23 }, (_, index) => `person-${index}`);
      for (const subject of subjects) await store.put(tokenOf({ subject, sealed }));
      await store.put(tokenOf({ consumerId: 'app-2', incarnation: 'app-2-1', subject: 'eve', sealed }));
      for (const limit of [1, 5, 100]) {
        const all = await listAll(store, limit);
        expect(all.map(({ subject }) => subject).sort()).toEqual([...subjects, 'eve'].sort());
        expect(all.some((token) => 'sealed' in token)).toBe(false);
        expect((await listAll(store, limit, 'app')).map(({ subject }) => subject).sort()).toEqual([...subjects].sort());
      }
    });
  });

export const oneTimeStoreContract = (name: string, create: () => Promise<OneTimeStore>) =>
  describe(`OneTimeStore contract: ${name}`, () => {
    it('shows what was put until it is taken, which exactly one of many does', async () => {
      const once = await create();
      await once.put('a', { subject: 'anna' }, later);
      expect(await once.peek('a')).toEqual({ subject: 'anna' });
      const taken = await Promise.all(Array.from({ length: 12 }, () => once.take('a')));
      expect(taken.filter((value) => value !== undefined)).toEqual([{ subject: 'anna' }]);
      expect(await once.peek('a')).toBeUndefined();
      expect(await once.take('b')).toBeUndefined();
    });
  });
