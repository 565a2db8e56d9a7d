/** Nothing is sent for a consumer that is gone, suspended or without the right. */
import { describe, expect, it } from 'vitest';
import type { Consumer } from '../../../shared/exchange/consumer.ts';
import { createRememberedSubscriptions } from '../../../shared/fan-out/remembered-subscriptions.ts';
import { toCloudEvent } from '../../../shared/notifications/cloud-event.ts';
import type { Notification } from '../../../shared/notifications/notification.ts';
import { createMemorySubscriptionStore } from '../../../shared/subscriptions/adapters/memory.ts';
import { entitledOnly } from '../../../shared/subscriptions/entitled.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';

const subscription: Subscription = {
  id: 'sub-1',
  consumerId: 'app',
  incarnation: 'c_1',
  state: 'active',
  queue: { arn: 'arn:aws:sqs:us-east-1:000000000000:q', isFifo: false, isMade: true, deadLettersArn: 'dead' },
  startMillis: 0,
  createdAtMillis: 0,
  version: 1,
};
const consumer: Consumer = { id: 'app', scopes: ['subscriptions:*'], state: 'active', incarnation: 'c_1' };
const notification: Notification = {
  ...{ id: '77', type: 'close', entity: 'experiment:e1', origin: 'push', document: {} },
  ...{ createdAtMillis: 1_000, receivedAtMillis: 1_000 },
};
const event = toCloudEvent(notification, { source: '/signals-facade/test' });

const liveFor = async (found: Consumer | undefined, stored: Subscription = subscription) => {
  const store = createMemorySubscriptionStore();
  await store.write(stored);
  const seen = entitledOnly(store, async () => found);
  const list = await createRememberedSubscriptions(seen, { nowMillis: () => 2_000 }).current();
  return { live: list.matching(notification, event).map(({ id }) => id), read: await seen.read('sub-1') };
};

describe('a subscription', () => {
  it('of a consumer with its rights is sent to', async () => {
    expect(await liveFor(consumer)).toEqual({ live: ['sub-1'], read: subscription });
  });

  it.each([
    ['that was removed', undefined],
    ['that is another one of its id', { ...consumer, incarnation: 'c_2' }],
    ['that is suspended', { ...consumer, state: 'suspended' }],
    ['that has lost the scope', { ...consumer, scopes: ['*:*'] }],
  ] as const)('of a consumer %s gets nothing, and is there still', async (_what, found) => {
    const { live, read } = await liveFor(found && { ...found, scopes: [...found.scopes] });
    expect([live, read?.state]).toEqual([[], 'paused']);
  });

  it('gets nothing from before a pause either, while its consumer is suspended', async () => {
    const paused: Subscription = { ...subscription, state: 'paused', pausedAtMillis: 1_500 };
    expect((await liveFor(consumer, paused)).live).toEqual(['sub-1']);
    expect((await liveFor({ ...consumer, state: 'suspended' }, paused)).live).toEqual([]);
  });

  it('is not taken for another state where the consumer cannot be looked up', async () => {
    const store = createMemorySubscriptionStore();
    await store.write(subscription);
    const seen = entitledOnly(store, () => Promise.reject(new Error('no table')));
    await expect(seen.list()).rejects.toThrow('no table');
  });
});
