/** Fan-out in one process on simulated stores, queues and time, with functions that are killed wherever a test wants. */

import { createEnrichment } from '../../shared/enrichment/enrichment.ts';
import {
  createMemoryLatestStore,
  createMemoryPendingStore,
  createMemoryReplayStore,
  createMemoryWakeStore,
} from '../../shared/fan-out/adapters/memory.ts';
import { createAttempts } from '../../shared/fan-out/attempt.ts';
import type { FanOutCounts } from '../../shared/fan-out/counts.ts';
import { createFanOut } from '../../shared/fan-out/fan-out.ts';
import type { OwnSubscriber } from '../../shared/fan-out/own-subscribers.ts';
import { createQueueHealth } from '../../shared/fan-out/queue-health.ts';
import { createRememberedSubscriptions } from '../../shared/fan-out/remembered-subscriptions.ts';
import type { ReplayWork } from '../../shared/fan-out/replay-store.ts';
import { createReplays } from '../../shared/fan-out/replays.ts';
import { createWake } from '../../shared/fan-out/wake.ts';
import { createMemoryLedger } from '../../shared/notifications/adapters/memory-ledger.ts';
import type { Notification } from '../../shared/notifications/notification.ts';
import { createMemorySubscriptionStore } from '../../shared/subscriptions/adapters/memory.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import { createLife, Killed, type Life, mortal } from './mortal.ts';
import { createSimulatedEnrichment } from './simulated-enrichment.ts';
import { createSimulatedIngress, type IngressMessage } from './simulated-ingress.ts';
import { createSimulatedQueues } from './simulated-queues.ts';

export const startMillis = Date.parse('2026-06-15T12:00:00Z');
export const source = '/signals-facade/test';
const minuteMillis = 60_000;
const retrySeconds = 30;
/** Far above what any test needs without a step of the clock. */
const mostFunctionsAtOneMoment = 10_000;

let subscriptions = 0;
/** A subscription, by default to every event. */
export const subscriptionOf = (facts: Partial<Subscription> & { readonly isFifo?: boolean } = {}): Subscription => {
  const { isFifo = false, ...rest } = facts;
  subscriptions += 1;
  const id = facts.id ?? `sub-${String(subscriptions).padStart(16, '0')}`;
  const arn = (end: string): string =>
    `arn:aws:sqs:us-east-1:000000000000:signals-facade-test-${id}${end}${isFifo ? '.fifo' : ''}`;
  return {
    ...{ id, consumerId: 'app', incarnation: '', state: 'active' },
    queue: { arn: arn(''), isFifo, isMade: true, deadLettersArn: arn('-dead') },
    ...{ startMillis: 0, createdAtMillis: startMillis, version: 1 },
    ...rest,
  };
};

export const notificationOf = (facts: Partial<Notification> & { readonly id: string }): Notification => ({
  ...{ type: 'close', entity: 'experiment:1', createdAtMillis: startMillis, receivedAtMillis: startMillis },
  ...{ origin: 'push', document: { data: { id: facts.id } } },
  ...facts,
});

/** @param own parts of the facade that get notifications too. */
export const createWorld = (own: readonly OwnSubscriber[] = []) => {
  const clock = { now: startMillis, nowMillis: () => clock.now };
  const ledger = createMemoryLedger(clock);
  const pending = createMemoryPendingStore();
  const latest = createMemoryLatestStore();
  const replayStore = createMemoryReplayStore();
  const wakes = createMemoryWakeStore();
  const store = createMemorySubscriptionStore();
  const queues = createSimulatedQueues(clock.nowMillis);
  const ingress = createSimulatedIngress(clock.nowMillis);
  const enrichments = createSimulatedEnrichment(clock);
  const laneWorks: { readonly work: ReplayWork; readonly atMillis: number }[] = [];
  const lane = {
    async add(work: ReplayWork, delaySeconds: number) {
      laneWorks.push({ work, atMillis: clock.now + delaySeconds * 1_000 });
    },
  };
  const counts: Record<string, number> = {};
  const observe = (values: FanOutCounts): void => {
    for (const [name, value] of Object.entries(values)) counts[name] = (counts[name] ?? 0) + value;
  };
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `id-${ids}`;
  };
  let health = createQueueHealth(clock);

  /** The parts of one process, which sees everything through ports that kill it. */
  const processOf = (life: Life) => {
    const through = <Port extends object>(port: Port): Port => mortal(port, life);
    const [led, pend, ing, replays] = [
      through(ledger),
      through(pending),
      through(ingress.ingress),
      through(replayStore),
    ];
    const remembered = createRememberedSubscriptions(through(store), clock, undefined, own);
    const common = { ledger: led, pending: pend, ingress: ing, latest: through(latest), clock, source, observe };
    const sending = { sender: through(queues.sender), health, ...common, subscriptions: remembered };
    const enrichment = createEnrichment({
      ...{ documents: through(enrichments.documents), queue: through(enrichments.queue), clock },
      mayShow: async ({ consumerId }) => enrichments.mayShow.has(consumerId),
    });
    const fanOut = createFanOut({ ...sending, enrichment, newId });
    const replayer = createReplays({
      ...{ ...common, replays, lane: through(lane), store: through(store) },
      attempts: createAttempts(sending),
      letters: through(queues.letters),
    });
    const wake = createWake({
      ...{ ...common, replays, lane: through(lane), wakes: through(wakes), subscriptions: remembered },
      catchUp: (subscription) => replayer.catchUp(subscription),
    });
    return { fanOut, replayer, wake, ledger: led, ingress: ing };
  };

  /** Records of one group in their order; after a failure the rest of the group comes back. */
  const runGroup = async (messages: readonly IngressMessage[], fanOut: ReturnType<typeof processOf>['fanOut']) => {
    const done: IngressMessage[] = [];
    let hasFailed = false;
    for (const message of messages) {
      if (hasFailed) message.visibleAtMillis = clock.now + retrySeconds * 1_000;
      else
        try {
          await fanOut.handle(message.work);
          done.push(message);
        } catch (error) {
          if (error instanceof Killed) throw error;
          hasFailed = true;
          message.visibleAtMillis = clock.now + retrySeconds * 1_000;
        }
    }
    return done;
  };

  /** One invocation with one batch. Lambda deletes handled messages after the function's answer. A killed function gives no answer. */
  const runIngress = async (life: Life): Promise<void> => {
    const messages = ingress.receive();
    const { fanOut } = processOf(life);
    const groups = [...Map.groupBy(messages, ({ group }) => group).values()];
    const results = await Promise.allSettled(groups.map((group) => runGroup(group, fanOut)));
    if (life.isDead) {
      health = createQueueHealth(clock);
      return;
    }
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason;
      for (const message of result.value) ingress.remove(message);
    }
  };

  const orKilled = async (work: Promise<unknown>): Promise<void> => {
    await work.catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
  };

  const runLane = async (life: Life): Promise<void> => {
    const index = laneWorks.findIndex(({ atMillis }) => atMillis <= clock.now);
    const [due] = laneWorks.splice(index, 1);
    if (!due) return;
    await orKilled(processOf(life).replayer.goOn(due.work, 20_000));
    if (life.isDead) laneWorks.push({ ...due, atMillis: clock.now + 180_000 });
  };

  /** A push: stored, then queued. A process that is killed between the two has not answered. */
  const push = async (notification: Notification, life: Life = createLife()): Promise<void> => {
    const parts = processOf(life);
    const { id, entity } = notification;
    const receivedAtMillis = clock.now;
    await orKilled(
      parts.ledger
        .keep({ ...notification, receivedAtMillis }, newId())
        .then(() => parts.ingress.add({ kind: 'notification', id, entity })),
    );
  };

  /**
   * Lets time pass, with a wake-up each minute, and does all work.
   * @param lifeOf how long the next function lives.
   */
  const run = async (millis: number, lifeOf: () => Life = () => createLife()): Promise<void> => {
    const until = clock.now + millis;
    let wakeAtMillis = Math.ceil((clock.now + 1) / minuteMillis) * minuteMillis;
    let moment = { atMillis: clock.now, functions: 0 };
    for (;;) {
      moment = { atMillis: clock.now, functions: moment.atMillis === clock.now ? moment.functions + 1 : 0 };
      if (moment.functions > mostFunctionsAtOneMoment) throw new Error('work leads to work without end');
      if (ingress.nextMillis() <= clock.now) await runIngress(lifeOf());
      else if (laneWorks.some(({ atMillis }) => atMillis <= clock.now)) await runLane(lifeOf());
      else if (enrichments.nextMillis() <= clock.now) await enrichments.run(ingress.ingress, lifeOf());
      else {
        const works = [ingress.nextMillis(), enrichments.nextMillis()];
        const next = Math.min(wakeAtMillis, ...works, ...laneWorks.map(({ atMillis }) => atMillis));
        if (next > until) break;
        clock.now = next;
        if (next !== wakeAtMillis) continue;
        wakeAtMillis += minuteMillis;
        await orKilled(processOf(lifeOf()).wake.run());
      }
    }
    clock.now = until;
  };

  return {
    ...{ clock, ledger, pending, latest, replayStore, store, queues, ingress, enrichments, counts, push, run },
    /** The replays as a route has them. */
    replayer: () => processOf(createLife()).replayer,
  };
};
export type World = ReturnType<typeof createWorld>;
