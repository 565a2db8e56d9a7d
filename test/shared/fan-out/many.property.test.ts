/** P8 with many events, many subscriptions and functions that are killed at random points. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../packages/signals-simulator/src/random.ts';
import type { Notification } from '../../../shared/notifications/notification.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { faultsOf } from '../../support/fan-out-promise.ts';
import { createWorld, notificationOf, startMillis, subscriptionOf } from '../../support/fan-out-world.ts';
import { createLife, type Life } from '../../support/mortal.ts';
import { sized } from '../../support/test-size.ts';

const eventCount = sized(3_000, 100);
const entityCount = Math.max(10, eventCount / 50);
const hour = 3_600_000;

const types = ['create', 'close', 'sign', 'reopen', 'archive'];
const filters = [
  undefined,
  { type: ['com.revvity.signals.close'] },
  { type: [{ prefix: 'com.revvity.signals.re' }] },
  { subject: [{ suffix: '1' }] },
  { type: [{ 'anything-but': ['com.revvity.signals.create'] }] },
];

/** 20: five FIFO; two whose queues are broken (the first is FIFO); one that loses answers. */
const subscriptions: Subscription[] = Array.from({ length: 20 }, (_, index) =>
  subscriptionOf({ id: `sub-many${String(index).padStart(12, '0')}`, isFifo: index < 5, filter: filters[index % 5] }),
);
const [broken, losing] = [[subscriptions[0], subscriptions[10]], subscriptions[6]] as [Subscription[], Subscription];
const well = subscriptions.filter((one) => !broken.includes(one));

const eventsOf = (random: () => number): Notification[] =>
  Array.from({ length: eventCount }, (_, index) => {
    const isEarlier = random() < 0.05;
    return notificationOf({
      id: `n${index}`,
      type: types[Math.floor(random() * types.length)] as string,
      entity: `experiment:${Math.floor(random() * entityCount)}`,
      createdAtMillis: startMillis + index * 100 - (isEarlier ? 60_000 : 0),
    });
  });

describe('fan-out of many events', () => {
  it(`brings ${eventCount} events to 20 subscriptions, whoever is killed, and redrives what broken queues did not take`, async () => {
    const random = createRandom(7).next;
    const world = createWorld();
    const { queues, store, clock } = world;
    for (const one of subscriptions) await store.write(one);
    for (const { queue } of broken) queues.behave(queue.arn, 'fail');
    queues.behave(losing.queue.arn, () => (random() < 0.05 ? 'lose' : 'take'));
    const lifeOf = (): Life => createLife(random() < 0.05 ? 1 + Math.floor(random() * 200) : undefined);
    const events = eventsOf(random);
    for (const [index, event] of events.entries()) {
      await world.push(event, random() < 0.02 ? createLife(1 + Math.floor(random() * 4)) : undefined);
      if (random() < 0.05) await world.push(event);
      if (index % 10 === 9) await world.run(1_000, lifeOf);
    }
    // The pull finds notifications that were never pushed, and those whose push was killed.
    for (const event of events)
      if (!(await world.ledger.read(event.id))) await world.push({ ...event, origin: 'pull' });
    await world.run(hour, lifeOf);
    expect(await faultsOf(world, well, events)).toEqual([]);
    expect(broken.map(({ queue }) => queues.receivedBy(queue.arn).length)).toEqual([0, 0]);

    await world.run(30 * hour);
    for (const { queue } of broken) queues.behave(queue.arn, 'take');
    const dead = await Promise.all(broken.map(({ id }) => world.pending.dead(id, eventCount)));
    expect(dead.every(({ items }) => items.length > 0)).toBe(true);
    const letters = broken.map(({ queue }) => queues.receivedBy(queue.deadLettersArn).length);
    expect(letters).toEqual(dead.map(({ items }) => items.length));
    const redrive = { kind: 'redrive', fromMillis: 0, untilMillis: clock.now + 1, isDryRun: false } as const;
    for (const one of broken) await world.replayer().start(redrive, one);
    await world.run(2 * hour);
    expect(await faultsOf(world, subscriptions, events)).toEqual([]);
    expect((await Promise.all(broken.map(({ id }) => world.pending.dead(id, 1)))).map(({ items }) => items)).toEqual([
      [],
      [],
    ]);
  });
});
