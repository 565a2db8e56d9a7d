/** P8 with functions that are killed at every point between two calls of ports. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Notification } from '../../../shared/notifications/notification.ts';
import { faultsOf } from '../../support/fan-out-promise.ts';
import { createWorld, notificationOf, startMillis, subscriptionOf } from '../../support/fan-out-world.ts';
import { createLife, type Life } from '../../support/mortal.ts';
import { sized } from '../../support/test-size.ts';

const minutes = (count: number): number => count * 60_000;

/** Kills at these points, counted over all functions; returns what the next function lives. */
const killingAt = (points: readonly number[]) => {
  const lives: Life[] = [];
  const passed = (): number => lives.reduce((sum, life) => sum + life.points, 0);
  const next = (): Life => {
    const before = passed();
    const point = points.find((one) => one > before);
    const life = createLife(point === undefined ? undefined : point - before);
    lives.push(life);
    return life;
  };
  return { next, passed };
};

const at = (id: string, facts: Partial<Notification> & { readonly seconds: number }): Notification => {
  const { seconds, ...rest } = facts;
  return notificationOf({ id, createdAtMillis: startMillis + seconds * 1_000, ...rest });
};

const notifications = [
  at('n1', { seconds: 1 }),
  at('n2', { seconds: 3 }),
  at('n3-late', { seconds: 2 }),
  at('n4', { seconds: 4, type: 'sign' }),
  at('n5', { seconds: 1, entity: 'experiment:2' }),
];

/** Each kind of queue: it works, it fails for two minutes, it takes a message and the answer is lost, it refuses one message for good. */
const playOut = async (points: readonly number[]) => {
  const world = createWorld();
  const { queues, store, clock } = world;
  const whole = [
    subscriptionOf({ id: 'sub-0000000standard' }),
    subscriptionOf({ id: 'sub-0000000000fifo1', isFifo: true }),
    subscriptionOf({ id: 'sub-00000brokenfifo', isFifo: true }),
    subscriptionOf({ id: 'sub-0000000losefifo', isFifo: true }),
    subscriptionOf({ id: 'sub-00000brokenstan' }),
    subscriptionOf({ id: 'sub-0000000filtered', isFifo: true, filter: { type: ['com.revvity.signals.sign'] } }),
  ];
  const latest = subscriptionOf({ id: 'sub-00000latestonly', isFifo: true, latestOnlySeconds: 60 });
  const poisoned = subscriptionOf({ id: 'sub-0000000poisoned', isFifo: true });
  for (const one of [...whole, latest, poisoned]) await store.write(one);
  const [, , brokenFifo, loseFifo, brokenStandard] = whole;
  const failing = () => (clock.now < startMillis + minutes(2) ? 'fail' : 'take');
  queues.behave(brokenFifo?.queue.arn ?? '', failing);
  queues.behave(brokenStandard?.queue.arn ?? '', failing);
  const lost = new Set<string>();
  queues.behave(loseFifo?.queue.arn ?? '', ({ body }) => {
    if (lost.has(body)) return 'take';
    lost.add(body);
    return 'lose';
  });
  queues.behave(poisoned.queue.arn, ({ body }) => (JSON.parse(body).id === 'n2' ? 'refuse' : 'take'));
  const kills = killingAt(points);
  for (const one of notifications) await world.push(one, kills.next());
  await world.run(minutes(60), kills.next);
  return { world, whole, latest, poisoned, points: kills.passed() };
};

const checked = async (points: readonly number[]): Promise<string[]> => {
  const { world, whole, latest, poisoned } = await playOut(points);
  const kept = await Promise.all(notifications.map(({ id }) => world.ledger.read(id)));
  // A push that was killed before it was kept has no answer: the upstream sends or shows it again.
  const known = notifications.filter((_, index) => kept[index]);
  const faults = await faultsOf(world, whole, known);
  const coalesced = world.queues.receivedBy(latest.queue.arn);
  const ofFirst = coalesced.filter(({ subject }) => subject === 'experiment:1');
  const placeOf = async (id: string) => (await world.ledger.read(id))?.dispatched?.sequence ?? 0;
  const places = await Promise.all(known.map(async ({ id, entity }) => ({ id, entity, place: await placeOf(id) })));
  // Late ones are never the latest.
  const [last] = places
    .filter(({ entity }) => entity === 'experiment:1')
    .toSorted((one, other) => other.place - one.place);
  if (ofFirst.length === 0 || !ofFirst.some(({ id }) => id === `${last?.id}-latest`))
    faults.push('the latest is not sent');
  const once = coalesced.filter(({ delivery }) => delivery !== 'repeated').map(({ id }) => id);
  if (new Set(once).size !== once.length) faults.push('a coalesced one came twice');
  const dead = await world.pending.dead(poisoned.id, 10);
  const [poison, later] = [await placeOf('n2'), await placeOf('n4')];
  if (poison > 0 && dead.items.map(({ eventId }) => eventId).join() !== 'n2') faults.push('the poison is not parked');
  const after = world.queues.receivedBy(poisoned.queue.arn).find(({ id }) => id === 'n4');
  if (poison > 0 && later > poison && after?.parkedevent !== 'n2') faults.push(`n4 names ${after?.parkedevent}`);
  return faults;
};

describe('fan-out that is killed', () => {
  it('keeps the promise when nobody is killed', async () => {
    expect(await checked([])).toEqual([]);
  });

  it('keeps the promise when a function is killed at any one point', async () => {
    const { points } = await playOut([]);
    expect(points).toBeGreaterThan(100);
    const step = sized(1, 29);
    const faults: string[] = [];
    for (let point = 1; point <= points; point += step)
      faults.push(...(await checked([point])).map((fault) => `killed at ${point}: ${fault}`));
    expect(faults).toEqual([]);
  });

  it('keeps the promise when functions are killed again and again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 8 }), async (points) => {
        expect(await checked(points.toSorted((a, b) => a - b))).toEqual([]);
      }),
      { numRuns: sized(300, 15) },
    );
  });
});
