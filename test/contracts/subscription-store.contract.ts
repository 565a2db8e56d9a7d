import { describe, expect, it } from 'vitest';
import type { SubscriptionStore } from '../../shared/subscriptions/store.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';

const subscription = (id: string, parts: Partial<Subscription> = {}): Subscription => ({
  id,
  consumerId: 'app',
  incarnation: 'c_1',
  state: 'active',
  queue: {
    arn: `arn:aws:sqs:us-east-1:000000000000:${id}`,
    isFifo: false,
    isMade: true,
    deadLettersArn: `arn:aws:sqs:us-east-1:000000000000:${id}-dead`,
  },
  startMillis: 1,
  createdAtMillis: 1,
  version: 1,
  ...parts,
});

export const subscriptionStoreContract = (name: string, create: () => Promise<SubscriptionStore>) =>
  describe(`SubscriptionStore contract: ${name}`, () => {
    it('gives back all that was written, and nothing for an unknown id', async () => {
      const store = await create();
      const whole = subscription('sub-1', {
        filter: { type: [{ prefix: 'com.' }], data: { x: [null, 1, true] } },
        reader: '111122223333',
        latestOnlySeconds: 60,
        pausedAtMillis: 2,
        catchUp: { fromMillis: 1, untilMillis: 2 },
        confirmation: { codeHash: 'a', expiresAtMillis: 3, wrongCodes: 1, sentAtMillis: 2, sent: 1 },
      });
      await store.write(whole);
      expect(await store.read('sub-1')).toEqual(whole);
      expect(await store.read('sub-2')).toBeUndefined();
    });

    it('lists those of a consumer, or of all, the oldest first', async () => {
      const store = await create();
      await store.write(subscription('sub-b', { createdAtMillis: 2 }));
      await store.write(subscription('sub-c', { createdAtMillis: 1, consumerId: 'other' }));
      await store.write(subscription('sub-a', { createdAtMillis: 2 }));
      const ids = async (consumerId?: string) => (await store.list(consumerId)).map(({ id }) => id);
      expect(await ids()).toEqual(['sub-c', 'sub-a', 'sub-b']);
      expect(await ids('app')).toEqual(['sub-a', 'sub-b']);
      expect(await ids('nobody')).toEqual([]);
    });

    it('lists hundreds, whatever their filters weigh', async () => {
      const store = await create();
      const filter = { type: Array.from({ length: 90 }, (_, index) => `${index}`.padStart(40, 'x')) };
      const ids = Array.from({ length: 300 }, (_, index) => `sub-${String(index).padStart(3, '0')}`);
      for (const id of ids) await store.write(subscription(id, { filter }));
      expect((await store.list()).map(({ id }) => id)).toEqual(ids);
    });

    it('lets exactly one of many write the next version', async () => {
      const store = await create();
      expect(await store.write(subscription('sub-1'))).toBe(true);
      expect(await store.write(subscription('sub-1'))).toBe(false);
      const tries = Array.from({ length: 10 }, (_, index) =>
        store.write(subscription('sub-1', { startMillis: index, version: 2 })),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
      expect((await store.read('sub-1'))?.version).toBe(2);
    });

    it('forgets what was removed, and takes a removal twice', async () => {
      const store = await create();
      await store.write(subscription('sub-1'));
      await store.remove('sub-1');
      await store.remove('sub-1');
      expect([await store.read('sub-1'), await store.list()]).toEqual([undefined, []]);
    });

    it('has another stamp after each write and each removal, and the same one after a write that was refused', async () => {
      const store = await create();
      const stamps = [await store.stamp()];
      await store.write(subscription('sub-1'));
      stamps.push(await store.stamp());
      await store.write(subscription('sub-1'));
      expect(await store.stamp()).toBe(stamps[1]);
      await store.remove('sub-1');
      stamps.push(await store.stamp());
      expect(new Set(stamps).size).toBe(3);
    });
  });
