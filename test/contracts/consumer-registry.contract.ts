import { describe, expect, it } from 'vitest';
import type { Consumer, ConsumerRegistry } from '../../shared/consumers/consumer.ts';
import { hashKey } from '../../shared/consumers/consumer.ts';

const app: Consumer = { id: 'app', scopes: ['*:read'], state: 'active', contact: 'team-a' };

export const consumerRegistryContract = (name: string, create: () => Promise<ConsumerRegistry>) =>
  describe(`ConsumerRegistry contract: ${name}`, () => {
    it('finds a consumer by the hash of its key and by nothing else', async () => {
      const registry = await create();
      await registry.save(app, hashKey('k1'));
      expect(await registry.findByKeyHash(hashKey('k1'))).toEqual(app);
      expect(await registry.findByKeyHash(hashKey('k2'))).toBeUndefined();
      expect(await registry.findByKeyHash('k1')).toBeUndefined();
    });

    it('keeps several keys of one consumer, all of which see its last scopes', async () => {
      const registry = await create();
      await registry.save(app, hashKey('k1'));
      await registry.save({ ...app, scopes: ['*:*'] }, hashKey('k2'));
      expect(await registry.findByKeyHash(hashKey('k1'))).toEqual({ ...app, scopes: ['*:*'] });
      expect(await registry.findByKeyHash(hashKey('k2'))).toEqual({ ...app, scopes: ['*:*'] });
    });
  });
