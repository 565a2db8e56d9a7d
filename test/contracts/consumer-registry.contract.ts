import { describe, expect, it } from 'vitest';
import type { ConsumerRegistry } from '../../shared/consumers/consumer.ts';
import { hashKey } from '../../shared/consumers/consumer.ts';
import type { ConsumerRecord, ConsumerStore } from '../../shared/consumers/store.ts';
import type { Consumer } from '../../shared/exchange/consumer.ts';

const app: Consumer = { id: 'app', scopes: ['*:read'], state: 'active', contact: 'team-a' };

export const consumerRegistryContract = (name: string, create: () => Promise<ConsumerRegistry>) =>
  describe(`ConsumerRegistry contract: ${name}`, () => {
    it('finds a consumer by the hash of its key and by nothing else', async () => {
      const registry = await create();
      await registry.save(app, hashKey('k1'));
      expect((await registry.findByKeyHash(hashKey('k1')))?.consumer).toMatchObject(app);
      expect(await registry.findByKeyHash(hashKey('k2'))).toBeUndefined();
      expect(await registry.findByKeyHash('k1')).toBeUndefined();
    });

    it('keeps both keys of one consumer, which see its last scopes, and takes no third', async () => {
      const registry = await create();
      await registry.save(app, hashKey('k1'));
      await registry.save({ ...app, scopes: ['*:*'] }, hashKey('k2'));
      await registry.save({ ...app, scopes: ['*:*'] }, hashKey('k2'));
      await expect(registry.save(app, hashKey('k3'))).rejects.toMatchObject({ code: 'KEYS_FULL' });
      for (const key of ['k1', 'k2']) {
        expect((await registry.findByKeyHash(hashKey(key)))?.consumer).toMatchObject({ ...app, scopes: ['*:*'] });
      }
      expect(await registry.findByKeyHash(hashKey('k3'))).toBeUndefined();
    });
  });

const record = (id: string, parts: Partial<ConsumerRecord> = {}): ConsumerRecord => ({
  consumer: { ...app, id },
  keys: [{ id: 'key-1', hash: 'h1', createdAtMillis: 1, expiresAtMillis: 9 }],
  version: 1,
  createdAtMillis: 1,
  changedAtMillis: 2,
  ...parts,
});

export const consumerStoreContract = (name: string, create: () => Promise<ConsumerStore>) =>
  describe(`ConsumerStore contract: ${name}`, () => {
    it('writes over the version that it is told and over no other', async () => {
      const store = await create();
      expect(await store.write(record('a', { version: 2 }), 1)).toBe(false);
      expect(await store.write(record('a'), 0)).toBe(true);
      expect(await store.write(record('a', { changedAtMillis: 5 }), 0)).toBe(false);
      expect(await store.read('a')).toEqual(record('a'));
      expect(await store.write(record('a', { version: 2, keys: [] }), 1)).toBe(true);
      expect(await store.write(record('a', { version: 2 }), 1)).toBe(false);
      expect(await store.read('a')).toEqual(record('a', { version: 2, keys: [] }));
      expect(await store.read('b')).toBeUndefined();
    });

    it('lets one of several writers over the same version win', async () => {
      const store = await create();
      await store.write(record('a'), 0);
      const writes = Array.from({ length: 8 }, (_, index) =>
        store.write(record('a', { version: 2, changedAtMillis: index }), 1),
      );
      expect((await Promise.all(writes)).filter(Boolean)).toHaveLength(1);
    });

    it('removes the version that it is told and no other', async () => {
      const store = await create();
      await store.write(record('a'), 0);
      expect(await store.remove('a', 2)).toBe(false);
      expect(await store.remove('a', 1)).toBe(true);
      expect(await store.remove('a', 1)).toBe(false);
      expect(await store.read('a')).toBeUndefined();
    });

    it('lists records in the order of their ids, page by page', async () => {
      const store = await create();
      for (const id of ['c', 'a', 'b-2', 'b']) await store.write(record(id), 0);
      await store.point('KEY#h', 'a');
      const ids = async (after: string | undefined, limit: number) =>
        (await store.page(after, limit)).map(({ consumer }) => consumer.id);
      expect(await ids(undefined, 10)).toEqual(['a', 'b', 'b-2', 'c']);
      expect(await ids(undefined, 2)).toEqual(['a', 'b']);
      expect(await ids('b', 2)).toEqual(['b-2', 'c']);
      expect(await ids('bb', 2)).toEqual(['c']);
      expect(await ids('c', 2)).toEqual([]);
    });

    it('keeps a pointer with its owner until another takes it over from that one', async () => {
      const store = await create();
      expect(await store.point('OIDC#1', 'a')).toBe(true);
      expect(await store.point('OIDC#1', 'a')).toBe(true);
      expect(await store.point('OIDC#1', 'b')).toBe(false);
      expect(await store.point('OIDC#1', 'b', 'c')).toBe(false);
      expect(await store.point('OIDC#1', 'b', 'a')).toBe(true);
      await store.unpoint('OIDC#1', 'a');
      expect((await store.follow('OIDC#1'))?.consumerId).toBe('b');
      await store.unpoint('OIDC#1', 'b');
      expect(await store.follow('OIDC#1')).toBeUndefined();
    });

    it('notes the latest use, and none of what is gone', async () => {
      const store = await create();
      await store.point('KEY#1', 'a');
      await store.noteUse('KEY#1', '2026-03-02');
      await store.noteUse('KEY#1', '2026-03-01');
      await store.point('KEY#1', 'a');
      expect(await store.follow('KEY#1')).toMatchObject({ consumerId: 'a', lastUsedOn: '2026-03-02' });
      await store.noteUse('KEY#2', '2026-03-02');
      expect(await store.follow('KEY#2')).toBeUndefined();
    });
  });
