/** How the subscriptions of a removed consumer end. */
import { describe, expect, it } from 'vitest';
import { createAbandoned, graceMillis } from '../../../shared/subscriptions/abandoned.ts';
import { createMemoryQueues, createMemorySubscriptionStore } from '../../../shared/subscriptions/adapters/memory.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { startMillis, subscriptionOf } from '../../support/fan-out-world.ts';

const home = { partition: 'aws', region: 'us-east-1', account: '000000000000', stage: 'test' };
const hour = 3_600_000;

const createScene = async (...subscriptions: readonly Subscription[]) => {
  const clock = { now: startMillis, nowMillis: () => clock.now };
  const store = createMemorySubscriptionStore();
  const foreign = 'arn:aws:sqs:us-east-1:111122223333:lab-events';
  const queues = createMemoryQueues(home, [foreign]);
  for (const one of subscriptions) {
    await store.write(one);
    await queues.make({ subscriptionId: one.id, isFifo: one.queue.isFifo, isMade: one.queue.isMade });
  }
  /** Incarnations by id. */
  const consumers = new Map([['app', '']]);
  const find = async (id: string) => {
    const incarnation = consumers.get(id);
    return incarnation === undefined ? undefined : { id, scopes: [], state: 'active' as const, incarnation };
  };
  const parts = { store, queues, findConsumer: find, clock };
  const ids = async () => (await store.list()).map(({ id }) => id);
  return { clock, store, queues, foreign, consumers, parts, ids, abandoned: createAbandoned(parts) };
};

describe('subscriptions of a consumer that was removed', () => {
  it('are ended with their made queues after the time of grace, and no sooner; those of others stay', async () => {
    const [gone, other] = [subscriptionOf({ consumerId: 'gone', isFifo: true }), subscriptionOf()];
    const { abandoned, clock, ids, queues } = await createScene(gone, other);
    expect(await abandoned.run()).toEqual({ noted: 1, removed: 0 });
    clock.now += graceMillis - 1;
    expect(await abandoned.run()).toEqual({ noted: 0, removed: 0 });
    expect(await ids()).toEqual([gone.id, other.id]);
    clock.now += 1;
    expect(await abandoned.run()).toEqual({ noted: 0, removed: 1 });
    expect(await ids()).toEqual([other.id]);
    const left = (await queues.list()).map(({ name }) => name);
    expect(left).toEqual([`signals-facade-test-${other.id}-dead`, `signals-facade-test-${other.id}`]);
    expect(await abandoned.run()).toEqual({ noted: 0, removed: 0 });
  });

  it('go on as they were when the consumer is restored in time, which begins the time anew', async () => {
    const one = subscriptionOf();
    const { abandoned, clock, consumers, store } = await createScene(one);
    consumers.delete('app');
    await abandoned.run();
    clock.now += graceMillis - hour;
    consumers.set('app', '');
    await abandoned.run();
    expect(await store.read(one.id)).toEqual({ ...one, version: 3 });
    consumers.delete('app');
    clock.now += 2 * hour;
    expect(await abandoned.run()).toEqual({ noted: 1, removed: 0 });
  });

  it('are looked at also when another cannot be: the failure is told at the end', async () => {
    const [poison, gone] = [subscriptionOf({ consumerId: 'unreadable' }), subscriptionOf({ consumerId: 'gone' })];
    const { parts, clock, ids } = await createScene(poison, gone);
    const findConsumer = async (id: string) => {
      if (id === 'unreadable') throw new Error('the record cannot be read');
      return parts.findConsumer(id);
    };
    const abandoned = createAbandoned({ ...parts, findConsumer });
    await expect(abandoned.run()).rejects.toThrow('cannot be read');
    clock.now += graceMillis;
    await expect(abandoned.run()).rejects.toThrow('cannot be read');
    expect(await ids()).toEqual([poison.id]);
  });

  it('are not those of another consumer that was made under the same id', async () => {
    const { abandoned, clock, consumers, ids } = await createScene(subscriptionOf());
    consumers.set('app', 'second');
    await abandoned.run();
    clock.now += graceMillis;
    await abandoned.run();
    expect(await ids()).toEqual([]);
  });

  it('leave a queue that the consumer made itself as it is', async () => {
    const own = subscriptionOf({ consumerId: 'gone' });
    const foreign = 'arn:aws:sqs:us-east-1:111122223333:lab-events';
    const scene = await createScene({ ...own, queue: { ...own.queue, arn: foreign, isMade: false } });
    await scene.abandoned.run();
    scene.clock.now += graceMillis;
    expect((await scene.abandoned.run()).removed).toBe(1);
    expect([...scene.queues.messages.keys()]).toEqual([foreign]);
  });

  it('are found again by the next run when one is killed between queues and record', async () => {
    const gone = subscriptionOf({ consumerId: 'gone' });
    const { abandoned, parts, clock, ids, queues } = await createScene(gone);
    await abandoned.run();
    clock.now += graceMillis;
    const remove = () => Promise.reject(new Error('killed'));
    const killed = createAbandoned({ ...parts, store: { ...parts.store, remove } });
    await expect(killed.run()).rejects.toThrow('killed');
    expect([await ids(), await queues.list()]).toEqual([[gone.id], []]);
    expect(await abandoned.run()).toEqual({ noted: 0, removed: 1 });
    expect(await ids()).toEqual([]);
  });

  it('stay while it cannot be told whether the consumer is there', async () => {
    const { abandoned, parts, clock, ids } = await createScene(subscriptionOf({ consumerId: 'gone' }));
    await abandoned.run();
    clock.now += graceMillis;
    const findConsumer = () => Promise.reject(new Error('no table'));
    await expect(createAbandoned({ ...parts, findConsumer }).run()).rejects.toThrow('no table');
    expect(await ids()).toHaveLength(1);
  });
});
