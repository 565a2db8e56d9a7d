import { describe, expect, it } from 'vitest';
import type { ApiKey, KeyStore } from '../../shared/credentials/key.ts';

const sealed = { wrappedKey: Buffer.from('w'), nonce: Buffer.from('n'), ciphertext: Buffer.from('c') };
const key = (id: string, parts: Partial<ApiKey> = {}): Omit<ApiKey, 'slot'> => ({
  upstream: 'signals',
  id,
  owner: 'svc-eln',
  state: 'active',
  rank: 1,
  addedAtMillis: 1_000,
  strikes: 0,
  sealed,
  ...parts,
});

export const credentialKeysContract = (name: string, create: () => Promise<KeyStore>) =>
  describe(`KeyStore contract: ${name}`, () => {
    const started = async (...keys: Omit<ApiKey, 'slot'>[]) => {
      const store = await create();
      for (const each of keys) await store.add(each, 10);
      const read = async (id: string): Promise<ApiKey> => {
        const found = (await store.list('signals')).find((known) => known.id === id);
        if (!found) throw new Error(`no key ${id}`);
        return found;
      };
      return { store, read };
    };

    it('lists what was added, by upstream, secrets sealed as they came', async () => {
      const whole = key('k1', {
        ...{ expiresAtMillis: 5, lastUsedAtMillis: 4, refusedSinceMillis: 2 },
        cooldown: { untilMillis: 3, reason: 429 },
      });
      const { store } = await started(whole, key('k2', { upstream: 'tissuemaps' }));
      const [found, ...others] = await store.list('signals');
      expect(others).toEqual([]);
      expect(found).toMatchObject({ ...whole, sealed: expect.anything() });
      for (const part of ['wrappedKey', 'nonce', 'ciphertext'] as const)
        expect(Buffer.from(found?.sealed[part] ?? []).equals(sealed[part])).toBe(true);
      expect(await store.list('other')).toEqual([]);
    });

    it('never holds more keys than the most, however many are added at once', async () => {
      const { store } = await started();
      const added = await Promise.all(Array.from({ length: 12 }, (_, index) => store.add(key(`k${index}`), 5)));
      expect(added.filter(Boolean)).toHaveLength(5);
      expect(await store.list('signals')).toHaveLength(5);
    });

    it('holds a key once whose addition was repeated, as the SDK does when an answer is lost', async () => {
      const { store } = await started(key('k0'), key('k1'));
      expect(await store.add(key('k1'), 10)).toBe(true);
      expect((await store.list('signals')).map(({ id }) => id)).toEqual(['k0', 'k1']);
    });

    it('has room again after a removal, which works once', async () => {
      const { store, read } = await started(key('k1'));
      const known = await read('k1');
      expect(await store.add(key('k2'), 1)).toBe(false);
      expect([await store.remove(known), await store.remove(known)]).toEqual([true, false]);
      expect(await store.add(key('k2'), 1)).toBe(true);
    });

    it('does not touch the key that has taken the place of another', async () => {
      const { store, read } = await started(key('k1'));
      const gone = await read('k1');
      await store.remove(gone);
      await store.add(key('k2'), 1);
      expect(await store.change(gone, { state: 'disabled' })).toBe(false);
      expect(await store.remove(gone)).toBe(false);
      expect((await read('k2')).state).toBe('active');
    });

    it('sets, removes and keeps members', async () => {
      const { store, read } = await started(
        key('k1', { expiresAtMillis: 9, cooldown: { untilMillis: 1, reason: 401 } }),
      );
      await store.change(await read('k1'), { state: 'retiring', cooldown: undefined, lastUsedAtMillis: 7 });
      const changed = await read('k1');
      expect(changed).toMatchObject({ state: 'retiring', lastUsedAtMillis: 7, expiresAtMillis: 9, owner: 'svc-eln' });
      expect(changed.cooldown).toBeUndefined();
    });

    it.each([
      ['strikes', { strikes: 1 }, {}],
      ['lastUsedAtMillis', { lastUsedAtMillis: 5 }, {}],
      ['lastUsedAtMillis', { lastUsedAtMillis: 6 }, { lastUsedAtMillis: 5 }],
      ['cooldown', { cooldown: { untilMillis: 2, reason: 401 } }, {}],
      ['cooldown', { cooldown: undefined }, { cooldown: { untilMillis: 2, reason: 401 } }],
      ['cooldown', { cooldown: { untilMillis: 2, reason: 429 } }, { cooldown: { untilMillis: 2, reason: 401 } }],
      ['sealed', { sealed: { ...sealed, nonce: Buffer.from('x') } }, {}],
    ] as const)('lets one of many changes guarded by %s through', async (member, change, before) => {
      const { store, read } = await started(key('k1', before as Partial<ApiKey>));
      const known = await read('k1');
      const made = await Promise.all(Array.from({ length: 5 }, () => store.change(known, change, [member])));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await store.change(await read('k1'), { rank: 3 }, [member])).toBe(true);
    });
  });
