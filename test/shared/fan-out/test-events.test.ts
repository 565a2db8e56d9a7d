/** Test events: to whom they go, and what they leave behind. */
import { expect, it } from 'vitest';
import { createAttempts } from '../../../shared/fan-out/attempt.ts';
import { createQueueHealth } from '../../../shared/fan-out/queue-health.ts';
import { createTestEvents } from '../../../shared/fan-out/test-events.ts';
import { createWorld, source, subscriptionOf } from '../../support/fan-out-world.ts';

const createScene = () => {
  const world = createWorld();
  const { clock, queues } = world;
  const attempts = createAttempts({ sender: queues.sender, health: createQueueHealth(clock), clock, source });
  return { ...world, send: createTestEvents({ attempts, clock, source, newId: () => 'id-1' }) };
};
const wanted = { type: 'close', entity: 'experiment:1', data: { any: 'data' } };

it('goes to the given subscriptions that are active and want it, marked, and says what became of each', async () => {
  const { queues, send } = createScene();
  const ones = [
    subscriptionOf({ id: 'wants', filter: { type: [{ suffix: '.close' }] } }),
    subscriptionOf({ id: 'wants-others', filter: { type: [{ suffix: '.create' }] } }),
    subscriptionOf({ id: 'paused', state: 'paused' }),
    subscriptionOf({ id: 'pending', state: 'pending' }),
    subscriptionOf({ id: 'broken', isEnriched: true }),
  ] as const;
  queues.behave(ones[4].queue.arn, () => 'fail');
  const { event, deliveries } = await send(wanted, ones);
  expect(event).toMatchObject({
    id: 'test-id-1',
    type: 'com.revvity.signals.close',
    delivery: 'test',
    data: wanted.data,
  });
  expect(deliveries.map(({ subscriptionId, outcome }) => [subscriptionId, outcome])).toEqual([
    ['wants', 'sent'],
    ['wants-others', 'no-match'],
    ['paused', 'not-active'],
    ['pending', 'not-active'],
    ['broken', 'not-sent'],
  ]);
  const received = ones.map(({ queue }) => queues.receivedBy(queue.arn).map(({ id, delivery }) => [id, delivery]));
  expect(received).toEqual([[['test-id-1', 'test']], [], [], [], []]);
});

it('is in no ledger, in no order and no work of the dispatcher, and is not sent again', async () => {
  const { queues, send, ledger, ingress, pending, clock, run } = createScene();
  const broken = subscriptionOf();
  queues.behave(broken.queue.arn, () => 'fail');
  await send(wanted, [broken]);
  queues.behave(broken.queue.arn, () => 'take');
  await run(3_600_000);
  const range = { fromMillis: 0, untilMillis: clock.now + 1, order: 'oldest-first', limit: 10 } as const;
  expect((await ledger.list(range)).entries).toEqual([]);
  expect(await ledger.readHead(wanted.entity)).toMatchObject({ version: 0 });
  expect(ingress.nextMillis()).toBe(Number.POSITIVE_INFINITY);
  expect((await pending.page(broken.id, 10)).items).toEqual([]);
  expect(queues.receivedBy(broken.queue.arn)).toEqual([]);
});
