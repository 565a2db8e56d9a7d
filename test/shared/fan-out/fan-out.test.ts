/** Deliveries to subscriptions. The tests with killed functions are elsewhere. */
import { describe, expect, it } from 'vitest';
import { createFanOut } from '../../../shared/fan-out/fan-out.ts';
import { createQueueHealth } from '../../../shared/fan-out/queue-health.ts';
import type { SendResult } from '../../../shared/fan-out/queue-sender.ts';
import { createRememberedSubscriptions } from '../../../shared/fan-out/remembered-subscriptions.ts';
import { createWorld, notificationOf, source, startMillis, subscriptionOf } from '../../support/fan-out-world.ts';
import { noEnrichment } from '../../support/simulated-enrichment.ts';

const minute = 60_000;
const hour = 60 * minute;
const at = (id: string, seconds: number, facts = {}) =>
  notificationOf({ id, createdAtMillis: startMillis + seconds * 1_000, ...facts });

const worldOf = async (...subscriptions: readonly ReturnType<typeof subscriptionOf>[]) => {
  const world = createWorld();
  for (const one of subscriptions) await world.store.write(one);
  return {
    ...world,
    idsOf: (index: number) => world.queues.receivedBy(subscriptions[index]?.queue.arn ?? '').map(({ id }) => id),
  };
};

describe('fan-out', () => {
  it('sends what is received after a subscription was made, by an instance that has known the others for long', async () => {
    const { store, push, run, queues } = await worldOf(subscriptionOf());
    await push(at('n1', 1));
    await run(100);
    const made = subscriptionOf({ startMillis: startMillis + 100 });
    await store.write(made);
    await push(at('n2', 2));
    await run(100);
    expect(queues.receivedBy(made.queue.arn).map(({ id }) => id)).toEqual(['n2']);
  });

  it('loses nothing when a queue is out of reach for 24 hours, and keeps its order', async () => {
    const fifo = subscriptionOf({ isFifo: true });
    const { queues, push, run, idsOf, clock } = await worldOf(fifo, subscriptionOf());
    queues.behave(fifo.queue.arn, () => (clock.now < startMillis + 24 * hour ? 'fail' : 'take'));
    const ids = Array.from({ length: 30 }, (_, index) => `n${index}`);
    for (const [index, id] of ids.entries()) {
      await push(at(id, index));
      await run(10 * minute);
    }
    expect(idsOf(1)).toEqual(ids);
    expect(idsOf(0)).toEqual([]);
    await run(25 * hour);
    expect(idsOf(0)).toEqual(ids);
  });

  it('marks what comes late, and leaves it out of the numbers', async () => {
    const { queues, push, run } = await worldOf(subscriptionOf({ id: 'sub-late000000000001', isFifo: true }));
    for (const one of [at('n2', 2), at('n1', 1), at('n3', 3)]) await push(one);
    await run(1_000);
    const received = queues.receivedBy(subscriptionOf({ id: 'sub-late000000000001', isFifo: true }).queue.arn);
    expect(received.map(({ id, delivery, entitysequence }) => [id, delivery, entitysequence])).toEqual([
      ['n2', undefined, `${'0'.repeat(19)}1`],
      ['n1', 'late', undefined],
      ['n3', undefined, `${'0'.repeat(19)}2`],
    ]);
  });

  it('sends one event for an interval, with the last of it and how many it stands for', async () => {
    const latest = subscriptionOf({ latestOnlySeconds: 60 });
    const { queues, push, run } = await worldOf(latest);
    for (const one of [at('n1', 1), at('n2', 2), at('n3', 3)]) await push(one);
    await run(5 * minute);
    await push(at('n4', 4));
    await run(5 * minute);
    const received = queues.receivedBy(latest.queue.arn);
    expect(received.map(({ id, delivery, coalescedcount }) => [id, delivery, coalescedcount])).toEqual([
      ['n3-latest', 'latest', 3],
      ['n4-latest', 'latest', 1],
    ]);
  });

  it('repeats with a mark what a FIFO queue may have taken more than four minutes ago', async () => {
    const fifo = subscriptionOf({ isFifo: true });
    const { queues, push, run, counts, clock } = await worldOf(fifo);
    queues.behave(fifo.queue.arn, () => {
      if (clock.now < startMillis + minute) return 'lose';
      return clock.now < startMillis + 10 * minute ? 'fail' : 'take';
    });
    await push(at('n1', 1));
    await run(hour);
    const received = queues.receivedBy(fifo.queue.arn);
    expect(received.map(({ id, delivery }) => [id, delivery])).toEqual([
      ['n1', undefined],
      ['n1', 'repeated'],
    ]);
    expect(counts.unknown).toBe(1);
    expect(counts.repeated).toBeGreaterThan(0);
  });

  it('parks what not even the dead-letter queue takes, such as what is too long, and lets later events of its entity pass', async () => {
    const fifo = subscriptionOf({ isFifo: true });
    const { queues, push, run, pending } = await worldOf(fifo);
    const { arn, deadLettersArn } = fifo.queue;
    for (const one of [arn, deadLettersArn])
      queues.behave(one, ({ body }) => (JSON.parse(body).id === 'n1' ? 'refuse' : 'take'));
    for (const one of [at('n1', 1), at('n2', 2)]) await push(one);
    await run(hour);
    expect(queues.receivedBy(arn).map(({ id, parkedevent }) => [id, parkedevent])).toEqual([['n2', 'n1']]);
    expect((await pending.dead(fifo.id, 10)).items.map(({ eventId }) => eventId)).toEqual(['n1']);
  });

  it('believes the successor, not a function whose time was up and that went on later', async () => {
    const fifo = subscriptionOf({ isFifo: true });
    const { store, ledger, pending, latest, ingress, clock, queues } = await worldOf(fifo);
    let end: (result: SendResult) => void = () => {};
    const hanging = new Promise<SendResult>((resolve) => {
      end = resolve;
    });
    let calls = 0;
    const fanOutOf = () =>
      createFanOut({
        ...{ ledger, pending, latest, ingress: ingress.ingress, clock, source, newId: () => 'id', observe: () => {} },
        ...{ enrichment: noEnrichment(clock), health: createQueueHealth(clock) },
        ...{ subscriptions: createRememberedSubscriptions(store, clock) },
        sender: {
          send: async (arn, messages) => {
            calls += 1;
            return calls === 1 ? [await hanging] : queues.sender.send(arn, messages);
          },
        },
      });
    const work = { kind: 'notification', id: 'n1', entity: 'experiment:1' } as const;
    await ledger.keep(at('n1', 1), 'writer');
    const late = fanOutOf().handle(work);
    await expect.poll(() => calls).toBe(1);
    await fanOutOf().handle(work);
    clock.now += 10 * minute;
    end({ kind: 'unknown', reason: 'no answer came in time' });
    await late.catch(() => {});
    await fanOutOf().handle({ kind: 'retry', subscriptionId: fifo.id, entity: 'experiment:1' });
    expect(queues.receivedBy(fifo.queue.arn).map(({ id }) => id)).toEqual(['n1']);
    expect((await ledger.read('n1'))?.dispatched?.deliveries).toMatchObject([{ outcome: 'sent' }]);
  });

  it('brings what came during a pause once, by a replay', async () => {
    const paused = subscriptionOf({ isFifo: true, state: 'paused', pausedAtMillis: startMillis });
    const { store, queues, push, run, clock, idsOf } = await worldOf(paused);
    await push(at('n1', 1));
    await run(10 * minute);
    expect(idsOf(0)).toEqual([]);
    const { pausedAtMillis: fromMillis = 0, ...rest } = paused;
    const catchUp = { fromMillis, untilMillis: clock.now };
    await store.write({ ...rest, state: 'active', catchUp, version: 2 });
    await push(at('n2', 2));
    await run(20 * minute);
    const received = queues.receivedBy(paused.queue.arn);
    expect(received.map(({ id, delivery }) => [id, delivery]).toSorted()).toEqual([
      ['n1', 'replay'],
      ['n2', undefined],
    ]);
  });

  it('counts before it replays, and says when nothing matches', async () => {
    const closes = subscriptionOf({ filter: { type: ['com.revvity.signals.close'] } });
    const { push, run, replayer, clock, idsOf, replayStore } = await worldOf(closes);
    const events = Array.from({ length: 250 }, (_, index) =>
      at(`n${index}`, index, { type: index % 2 ? 'sign' : 'close' }),
    );
    for (const one of events) await push(one);
    await run(minute);
    const range = { kind: 'replay', fromMillis: startMillis, untilMillis: clock.now } as const;
    const dry = await replayer().start({ ...range, isDryRun: true }, closes, 1_000);
    expect([dry.state, dry.matching, idsOf(0).length]).toEqual(['done', 125, 125]);
    const { id } = await replayer().start({ ...range, isDryRun: false }, closes);
    await run(minute);
    const replayed = await replayStore.read(closes.id, id);
    expect([replayed?.state, replayed?.matching, replayed?.sent]).toEqual(['done', 125, 125]);
    expect(idsOf(0).length).toBe(250);
    const none = await replayer().start({ ...range, untilMillis: startMillis, isDryRun: false }, closes, 1_000);
    expect([none.state, none.matching, none.reason]).toEqual(['done', 0, 'no event of this time matches the filter']);
  });

  it('sends a replay to a FIFO queue although the events are there already, and goes on where the queue failed', async () => {
    const fifo = subscriptionOf({ isFifo: true });
    const { push, run, replayer, clock, queues } = await worldOf(fifo);
    for (let index = 0; index < 30; index += 1) {
      await push(at(`n${index}`, index));
      await run(1);
    }
    await run(minute);
    let sends = 0;
    queues.behave(fifo.queue.arn, () => {
      sends += 1;
      return sends > 15 && sends < 20 ? 'fail' : 'take';
    });
    await replayer().start({ kind: 'replay', fromMillis: 0, untilMillis: clock.now, isDryRun: false }, fifo);
    await run(hour);
    const replayed = queues.receivedBy(fifo.queue.arn).filter(({ delivery }) => delivery === 'replay');
    expect(replayed.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, index) => `n${index}`));
  });

  it('gives events about one consumer to that consumer only, and never to a later one of its id: live, replayed, counted', async () => {
    const own = subscriptionOf({ consumerId: 'app', incarnation: 'c_1' });
    const others = [
      subscriptionOf({ consumerId: 'other', incarnation: 'c_1' }),
      subscriptionOf({ consumerId: 'app', incarnation: 'c_2' }),
      subscriptionOf({ consumerId: 'app', incarnation: '' }),
    ];
    const { push, run, idsOf, replayer, clock, replayStore } = await worldOf(own, ...others);
    const facts = { origin: 'facade', type: 'token.expired', document: { consumerId: 'app' } } as const;
    await push(at('own', 1, { ...facts, incarnation: 'c_1' }));
    await push(at('old', 2, facts));
    await run(1_000);
    expect([0, 1, 2, 3].map(idsOf)).toEqual([['own'], [], [], ['old']]);
    const range = { kind: 'replay', fromMillis: 0, untilMillis: clock.now, isDryRun: true } as const;
    for (const one of [own, ...others]) await replayer().start(range, one);
    await run(hour);
    const counted = await Promise.all([own, ...others].map(({ id }) => replayStore.list(id)));
    expect(counted.map(([replay]) => replay?.matching)).toEqual([1, 0, 0, 1]);
  });

  it('redrives what SQS has moved to the dead letters, once, and leaves what it cannot send', async () => {
    const fifo = subscriptionOf({ isFifo: true });
    const { push, run, replayer, clock, queues, replayStore } = await worldOf(fifo);
    const { arn, deadLettersArn } = fifo.queue;
    queues.behave(arn, ({ body }) => (JSON.parse(body).id === 'n2' ? 'fail' : 'take'));
    for (const id of ['n1', 'n2', 'n3']) await push(at(id, 1, { entity: `experiment:${id}` }));
    await run(30 * hour);
    queues.behave(arn, 'take');
    queues.moveToDead(arn, deadLettersArn, 'n3');
    queues.receivedBy(deadLettersArn).push({ id: 'test-1', type: 't', subject: 's', delivery: 'test', atMillis: 1 });
    const redrive = { kind: 'redrive', fromMillis: 0, untilMillis: clock.now + 1, isDryRun: false } as const;
    const { id } = await replayer().start(redrive, fifo);
    await run(hour);
    const redriven = queues.receivedBy(arn).filter(({ delivery }) => delivery === 'redrive');
    expect(redriven.map((one) => one.id).toSorted()).toEqual(['n2', 'n3']);
    expect(queues.lettersIn(deadLettersArn).map((one) => one.id)).toEqual(['test-1']);
    expect(await replayStore.read(fifo.id, id)).toMatchObject({ state: 'done', matching: 2, sent: 2 });
  });
});
