/** How a subscription fares, as its consumer sees it. */
import { expect, it } from 'vitest';
import { readHealth } from '../../../shared/fan-out/health.ts';
import { createWorld, notificationOf, startMillis, subscriptionOf } from '../../support/fan-out-world.ts';

const minute = 60_000;

const createScene = async () => {
  const world = createWorld();
  const one = subscriptionOf();
  await world.store.write(one);
  const { ledger, pending, clock, queues } = world;
  const push = (id: string) => world.push(notificationOf({ id, entity: id, createdAtMillis: clock.now }));
  const look = async () => (await readHealth(one.id, { ledger, pending, nowMillis: clock.nowMillis })).data.attributes;
  return { ...world, push, look, behave: (how: 'take' | 'fail') => queues.behave(one.queue.arn, () => how) };
};

it('is ok without deliveries, and while each is sent', async () => {
  const { push, run, look } = await createScene();
  const none = { state: 'ok', pending: 0, deadLetters: 0, recentDeliveries: 0, failureRate: 0 };
  expect(await look()).toEqual(none);
  await push('n1');
  await run(minute);
  expect(await look()).toEqual({ ...none, recentDeliveries: 1, lastSentAt: new Date(startMillis).toISOString() });
});

it('is degraded while some wait: how many, since when, why and what part of the last ones', async () => {
  const { push, run, look, behave, clock } = await createScene();
  for (const id of ['n1', 'n2', 'n3']) await push(id);
  await run(minute);
  behave('fail');
  const sinceMillis = clock.now;
  await push('n4');
  await run(10 * minute);
  const found = await look();
  expect(found).toMatchObject({
    state: 'degraded',
    pending: 1,
    deadLetters: 0,
    recentDeliveries: 4,
    failureRate: 0.25,
  });
  expect(found).toMatchObject({ oldestUndeliveredAt: new Date(sinceMillis).toISOString(), reason: expect.any(String) });
});

it('is failing while none of the last ones is sent, and then has dead letters until they are redriven', async () => {
  const { push, run, look, behave } = await createScene();
  behave('fail');
  for (const id of ['n1', 'n2']) await push(id);
  await run(10 * minute);
  expect(await look()).toMatchObject({ state: 'failing', pending: 2, failureRate: 1 });
  await run(30 * 60 * minute);
  expect(await look()).toMatchObject({ state: 'degraded', pending: 0, deadLetters: 2 });
});
