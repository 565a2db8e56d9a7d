/** What a subscription is owed after a pause: sent by a catch-up, and by nothing else. */
import { describe, expect, it } from 'vitest';
import { createDynamoPendingStore } from '../../../shared/fan-out/adapters/dynamodb-pending.ts';
import { createDynamoLatestStore, createDynamoReplayStore } from '../../../shared/fan-out/adapters/dynamodb-replays.ts';
import type { PendingDelivery } from '../../../shared/fan-out/pending.ts';
import type { Replay } from '../../../shared/fan-out/replay-store.ts';
import { keptMillis } from '../../../shared/notifications/ledger.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { createWorld, notificationOf, startMillis, subscriptionOf } from '../../support/fan-out-world.ts';

const minute = 60_000;
const hour = 60 * minute;

const pausedAt = (pausedAtMillis: number): Subscription =>
  subscriptionOf({ isFifo: true, state: 'paused', pausedAtMillis });

const createScene = async (paused: Subscription) => {
  const world = createWorld();
  await world.store.write(paused);
  const resume = (): Promise<boolean> => {
    const { pausedAtMillis: fromMillis = 0, ...rest } = paused;
    const catchUp = { fromMillis, untilMillis: world.clock.now };
    return world.store.write({ ...rest, state: 'active', catchUp, version: 2 });
  };
  const ids = () => world.queues.receivedBy(paused.queue.arn).map(({ id }) => id);
  return { ...world, resume, ids, arn: paused.queue.arn };
};

describe('what came during a pause', () => {
  it('is sent although it happened before the pause, and was pulled late', async () => {
    const { push, run, resume, ids } = await createScene(pausedAt(startMillis + 10 * minute));
    await run(20 * minute);
    await push(notificationOf({ id: 'n1', origin: 'pull', createdAtMillis: startMillis }));
    await run(10 * minute);
    await resume();
    await run(hour);
    expect(ids()).toEqual(['n1']);
  });

  it('is sent although it was still being written when the subscription went on', async () => {
    const { run, resume, ids, clock, ledger, ingress } = await createScene(pausedAt(startMillis));
    await run(55_000);
    await resume();
    const receivedAtMillis = clock.now - 1;
    await run(8_000);
    const { id, entity, ...rest } = notificationOf({ id: 'n1' });
    await ledger.keep({ id, entity, ...rest, receivedAtMillis }, 'slow');
    await ingress.ingress.add({ kind: 'notification', id, entity });
    await run(hour);
    expect(ids()).toEqual(['n1']);
  });

  it('is sent when the queue works again, however long it did not', async () => {
    const { push, run, resume, ids, queues, clock, arn } = await createScene(pausedAt(startMillis));
    queues.behave(arn, () => (clock.now < startMillis + 30 * hour ? 'fail' : 'take'));
    await push(notificationOf({ id: 'n1' }));
    await run(minute);
    await resume();
    await run(31 * hour);
    expect(ids()).toEqual(['n1']);
  });
});

describe('a replay whose queue fails for a while', () => {
  it('skips nothing and repeats nothing when the first events of its page expire meanwhile', async () => {
    const world = createWorld();
    const fifo = subscriptionOf({ isFifo: true, startMillis: startMillis + 2 * hour, createdAtMillis: startMillis });
    await world.store.write(fifo);
    for (const id of ['n0', 'n1', 'n2', 'n3']) {
      await world.push(notificationOf({ id }));
      await world.run(minute);
    }
    world.clock.now = startMillis + keptMillis - 1_000;
    let sends = 0;
    world.queues.behave(fifo.queue.arn, () => {
      sends += 1;
      return sends === 3 ? 'fail' : 'take';
    });
    const range = {
      kind: 'replay',
      fromMillis: startMillis,
      untilMillis: startMillis + hour,
      isDryRun: false,
    } as const;
    await world.replayer().start(range, fifo);
    await world.run(hour);
    expect(world.queues.receivedBy(fifo.queue.arn).map(({ id }) => id)).toEqual(['n0', 'n1', 'n2', 'n3']);
  });
});

describe('the table', () => {
  const untilMillisOf = async (write: (client: never) => Promise<unknown>): Promise<number> => {
    const ends: number[] = [];
    const send = async ({ input }: { readonly input: { readonly Item: { readonly deleteAtSeconds: number } } }) => {
      ends.push(input.Item.deleteAtSeconds * 1_000);
      return {};
    };
    await write({ send } as never);
    return Math.min(...ends);
  };
  const one: PendingDelivery = {
    ...{ subscriptionId: 'sub-a', entity: 'experiment:1', sequence: 1, eventId: 'n1', kind: 'live' },
    ...{ firstMillis: startMillis, attempts: 1, refusals: 0, nextAttemptMillis: startMillis, reason: 'broken' },
  };
  const mark = { subscriptionId: 'sub-a', entity: 'e', dueMillis: startMillis, eventId: 'n1', sequence: 1, count: 1 };
  const replay: Replay = {
    ...{ id: 'rep-1', kind: 'catch-up', subscriptionId: 'sub-a', consumerId: 'app', fromMillis: 1, untilMillis: 2 },
    ...{ isDryRun: false, state: 'sending', matching: 1, sent: 0, refused: 0, doneInPage: [] },
    ...{ createdAtMillis: startMillis, updatedAtMillis: startMillis, version: 1 },
  };

  it.each([
    ['a pending delivery', (client: never) => createDynamoPendingStore(client, 'table', () => 0).put(one)],
    ['the latest event of an interval', (client: never) => createDynamoLatestStore(client, 'table').write(mark)],
    ['a replay under way', (client: never) => createDynamoReplayStore(client, 'table').write(replay)],
  ])('has %s for as long as the ledger has its event: its subscription may be paused', async (_name, write) => {
    expect(await untilMillisOf(write)).toBeGreaterThan(startMillis + keptMillis);
  });
});
