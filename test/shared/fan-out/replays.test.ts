/** Replays and redrives in their lane. */
import { describe, expect, it } from 'vitest';
import { deliveryHandlers } from '../../../functions/edge/delivery-routes.ts';
import { createMemoryReplayStore } from '../../../shared/fan-out/adapters/memory.ts';
import { createSqsReplayLane } from '../../../shared/fan-out/adapters/sqs-replay-lane.ts';
import { createRememberedSubscriptions } from '../../../shared/fan-out/remembered-subscriptions.ts';
import type { Replay } from '../../../shared/fan-out/replay-store.ts';
import type { WantedReplay } from '../../../shared/fan-out/replays.ts';
import { toCloudEvent } from '../../../shared/notifications/cloud-event.ts';
import { createMemorySubscriptionStore } from '../../../shared/subscriptions/adapters/memory.ts';
import type { Subscription } from '../../../shared/subscriptions/subscription.ts';
import { createSubscriptions } from '../../../shared/subscriptions/subscriptions.ts';
import { createWorld, notificationOf, source, startMillis, subscriptionOf } from '../../support/fan-out-world.ts';

const minute = 60_000;

describe('a redrive of many letters', () => {
  it('ends in its time, and goes on with those that are left without losing count', async () => {
    const world = createWorld();
    const one = subscriptionOf();
    await world.store.write(one);
    const { arn, deadLettersArn } = one.queue;
    const ids = Array.from({ length: 45 }, (_, index) => `n${index}`);
    for (const id of ids) await world.push(notificationOf({ id, entity: `experiment:${id}` }));
    await world.run(minute);
    for (const id of ids) world.queues.moveToDead(arn, deadLettersArn, id);
    const { receive } = world.queues.letters;
    const waiting: Awaited<ReturnType<typeof receive>>[number][] = [];
    world.queues.letters.receive = async (from) => {
      waiting.push(...(await receive(from)));
      world.clock.now += 5_000;
      return waiting.splice(0, 10);
    };
    const wanted = { kind: 'redrive', fromMillis: 0, untilMillis: world.clock.now + 1, isDryRun: false } as const;
    const { id } = await world.replayer().start(wanted, one);
    await world.replayer().goOn({ subscriptionId: one.id, replayId: id }, 10_000);
    expect(await world.replayStore.read(one.id, id)).toMatchObject({ state: 'counting', matching: 20 });
    await world.run(10 * minute);
    expect(await world.replayStore.read(one.id, id)).toMatchObject({ state: 'done', matching: 45, sent: 45 });
    expect(world.queues.lettersIn(deadLettersArn)).toEqual([]);
  });
});

describe('the lane of replays', () => {
  it('has a message group for each subscription, so that none fills it alone', async () => {
    const groups: (string | undefined)[] = [];
    const send = async ({ input }: { readonly input: { readonly MessageGroupId?: string } }) => {
      groups.push(input.MessageGroupId);
      return {};
    };
    const lane = createSqsReplayLane({ send } as never, 'https://sqs.example.com/queue');
    for (const subscriptionId of ['sub-a', 'sub-b']) await lane.add({ subscriptionId, replayId: 'rep-1' }, 0);
    expect(groups).toEqual(['sub-a', 'sub-b']);
  });

  it('takes so many dry runs of a consumer at a time, beside its replays and those of an earlier consumer of its id', async () => {
    const one = subscriptionOf({ incarnation: 'c_2' });
    const earlier = subscriptionOf({ incarnation: 'c_1' });
    const replayStore = createMemoryReplayStore();
    const store = createMemorySubscriptionStore();
    for (const subscription of [one, earlier]) await store.write(subscription);
    let ids = 0;
    const begin = async (wanted: WantedReplay, { id: subscriptionId, consumerId }: Subscription): Promise<Replay> => {
      ids += 1;
      const at = { createdAtMillis: startMillis, updatedAtMillis: startMillis, version: 1 };
      const facts = { id: `rep-${ids}`, subscriptionId, consumerId, doneInPage: [], sent: 0, refused: 0 };
      const replay: Replay = { ...wanted, ...facts, ...at, state: 'counting', matching: 0 };
      await replayStore.write(replay);
      return replay;
    };
    const range = { kind: 'replay', fromMillis: 0, untilMillis: startMillis } as const;
    for (const isDryRun of [true, true, false, false]) await begin({ ...range, isDryRun }, earlier);
    const handlers = deliveryHandlers({
      ...{ replays: { start: begin }, replayStore, mostReplays: 2, clock: { nowMillis: () => startMillis } },
      subscriptions: createSubscriptions({ store } as never),
    } as never);
    const replay = (dryRun: boolean) =>
      handlers.createReplay({
        act: (_target: string, run: () => unknown) => run(),
        caller: { consumer: { id: 'app', incarnation: 'c_2' } },
        ...{ path: { subscriptionId: one.id }, request: { publicUrl: '' }, isAdmin: false },
        body: { data: { attributes: { from: new Date(startMillis - 1).toISOString(), dryRun } } },
      } as never);
    for (const dryRun of [true, true, false, false]) await replay(dryRun);
    await expect(replay(true)).rejects.toMatchObject({ code: 'REPLAYS_FULL' });
    await expect(replay(false)).rejects.toMatchObject({ code: 'REPLAYS_FULL' });
  });
});

describe('a filter that fails at an event', () => {
  it('matches nothing, and keeps nobody else from the event', async () => {
    const store = createMemorySubscriptionStore();
    const [deep, all] = [subscriptionOf({ filter: { data: { a: ['x'] } } }), subscriptionOf()];
    for (const one of [deep, all]) await store.write(one);
    const failed: string[] = [];
    const clock = { nowMillis: () => startMillis };
    const remembered = createRememberedSubscriptions(store, clock, (id) => void failed.push(id));
    let a: unknown[] = [];
    for (let level = 0; level < 100_000; level += 1) a = [a];
    const notification = notificationOf({ id: 'n1', document: { a } });
    const matching = (await remembered.current()).matching(notification, toCloudEvent(notification, { source }));
    expect(matching.map(({ id }) => id)).toEqual([all.id]);
    expect(failed).toEqual([deep.id]);
  });
});
