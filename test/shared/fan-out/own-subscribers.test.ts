/** Parts of the facade that get notifications. */
import { describe, expect, it } from 'vitest';
import { OwnQueues, ownSubscribers, toOwnSubscribers } from '../../../shared/fan-out/own-subscribers.ts';
import { createRememberedSubscriptions } from '../../../shared/fan-out/remembered-subscriptions.ts';
import { toCloudEvent } from '../../../shared/notifications/cloud-event.ts';
import type { Notification } from '../../../shared/notifications/notification.ts';
import { createMemorySubscriptionStore } from '../../../shared/subscriptions/adapters/memory.ts';
import { createWorld, notificationOf, source, startMillis, subscriptionOf } from '../../support/fan-out-world.ts';
import { nonEmpty } from '../../support/non-empty.ts';

const hour = 3_600_000;
const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:stack-${name}.fifo`;
const queues = { purges: { arn: arnOf('purges'), deadLettersArn: arnOf('purges-dead') } };

describe('a part of the facade that gets notifications', () => {
  const matching = async (facts: Partial<Notification>): Promise<string[]> => {
    const store = createMemorySubscriptionStore();
    const ofConsumer = subscriptionOf();
    await store.write(ofConsumer);
    const clock = { nowMillis: () => startMillis };
    const remembered = createRememberedSubscriptions(store, clock, undefined, toOwnSubscribers(queues));
    const notification = notificationOf({ id: 'n1', ...facts });
    const list = await remembered.current();
    expect(list.find('own-purges')?.queue.arn).toBe(queues.purges.arn);
    expect(list.find(ofConsumer.id)).toEqual(ofConsumer);
    return list.matching(notification, toCloudEvent(notification, { source })).map(({ id }) => id);
  };

  it('gets every type that it wants, however the facade came to know of it', async () => {
    for (const origin of ['push', 'pull', 'reconstructed'] as const)
      expect(await matching({ origin, type: 'new in the tenant' })).toContain('own-purges');
  });

  it('does not get events of the facade, which concern one consumer', async () => {
    const document = { consumerId: 'facade.purges' };
    expect(await matching({ origin: 'facade', type: 'token.expired', document })).toEqual([]);
  });

  it('gets what its queue did not take once the queue takes it, in the order of the entity', async () => {
    const { queues: simulated, push, run, clock } = createWorld(toOwnSubscribers(queues));
    simulated.behave(queues.purges.arn, () => (clock.now < startMillis + hour ? 'fail' : 'take'));
    for (const id of ['1', '2']) await push(notificationOf({ id }));
    await run(hour);
    expect(simulated.receivedBy(queues.purges.arn)).toEqual([]);
    await run(hour);
    expect(simulated.receivedBy(queues.purges.arn).map(({ id }) => id)).toEqual(['1', '2']);
  });

  it('gets what waits for it although a version that does not know it has worked meanwhile, as in a deployment or rollback', async () => {
    const own = [...toOwnSubscribers(queues)];
    const { queues: simulated, push, run, ingress } = createWorld(own);
    simulated.behave(queues.purges.arn, 'fail');
    const { entity } = notificationOf({ id: '1' });
    await push(notificationOf({ id: '1' }));
    await run(hour / 120);
    await ingress.ingress.add({ kind: 'retry', subscriptionId: 'own-purges', entity });
    const known = own.splice(0);
    await run(hour);
    own.push(...known);
    simulated.behave(queues.purges.arn, 'take');
    await run(hour);
    expect(simulated.receivedBy(queues.purges.arn).map(({ id }) => id)).toEqual(['1']);
  });

  it('has in its dead letters what its queue has not taken for 28 hours', async () => {
    const { queues: simulated, push, run } = createWorld(toOwnSubscribers(queues));
    simulated.behave(queues.purges.arn, 'fail');
    await push(notificationOf({ id: '1' }));
    await run(29 * hour);
    expect(simulated.receivedBy(queues.purges.deadLettersArn).map(({ id }) => id)).toEqual(['1']);
  });

  it('has a name and types, and a queue that infra names; another name is refused', () => {
    for (const types of nonEmpty(Object.values(ownSubscribers))) expect(types.length).toBeGreaterThan(0);
    expect(OwnQueues.safeParse(queues).success).toBe(true);
    expect(OwnQueues.safeParse({ stranger: queues.purges }).success).toBe(false);
  });
});
