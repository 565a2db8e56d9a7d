/** Pushes, subscriptions and their deliveries in memory. */
import { createHookRoutes } from '../../../functions/edge/hook-routes.ts';
import { createMemoryPendingStore, createMemoryReplayStore } from '../../../shared/fan-out/adapters/memory.ts';
import { createAttempts } from '../../../shared/fan-out/attempt.ts';
import { createQueueHealth } from '../../../shared/fan-out/queue-health.ts';
import type { QueueSender } from '../../../shared/fan-out/queue-sender.ts';
import { createReplays } from '../../../shared/fan-out/replays.ts';
import { createTestEvents } from '../../../shared/fan-out/test-events.ts';
import { createMemoryIngress } from '../../../shared/notifications/adapters/memory-ingress.ts';
import { createMemoryLedger } from '../../../shared/notifications/adapters/memory-ledger.ts';
import { withValue } from '../../../shared/notifications/hook-header.ts';
import { createIntake } from '../../../shared/notifications/intake.ts';
import { createMemoryQueues, createMemorySubscriptionStore } from '../../../shared/subscriptions/adapters/memory.ts';
import type { Home } from '../../../shared/subscriptions/queue-arn.ts';
import { createSubscriptions } from '../../../shared/subscriptions/subscriptions.ts';
import { createBreakable } from './breakable.ts';

/** Pushes are known by `x-signals-hook: hook-secret`. */
export const createHook = (clock: { nowMillis(): number }) => {
  const value = { name: 'x-signals-hook', value: 'hook-secret', nowMillis: clock.nowMillis(), endsOthers: false };
  const header = withValue(undefined, value);
  const { store: ledger, breakIt: breakLedger } = createBreakable(createMemoryLedger(clock));
  const intake = createIntake({ ledger, ingress: createMemoryIngress(clock), clock, newWriter: () => 'w' });
  const handle = createHookRoutes({ readHeader: async () => header, intake, putMetrics: () => {} });
  return { handle, breakLedger };
};

const home: Home = { partition: 'aws', region: 'us-east-1', account: '000000000000', stage: 'test' };

/** Subscriptions, the ledger and the fan-out on memory adapters. Every queue accepts every message. */
export const createSubscribers = (clock: { nowMillis(): number }) => {
  const source = '/signals-facade/test';
  const store = createMemorySubscriptionStore();
  const queues = createMemoryQueues(home, ['arn:aws:sqs:us-east-1:111122223333:mine']);
  const [ledger, pending, replayStore] = [
    createMemoryLedger(clock),
    createMemoryPendingStore(),
    createMemoryReplayStore(),
  ];
  const sender: QueueSender = {
    send: async (_arn, messages) => messages.map(() => ({ kind: 'sent', messageId: 'message-1' })),
  };
  const attempts = createAttempts({ sender, health: createQueueHealth(clock), clock, source });
  const subscriptions = createSubscriptions({
    ...{ store, queues, home, clock, mostPerConsumer: 20 },
    confirmationMessage: (_subscription, code) => code,
  });
  const replays = createReplays({
    ...{ replays: replayStore, pending, ledger, store, attempts, clock, source, observe: () => {} },
    ...{ lane: { add: async () => {} }, ingress: createMemoryIngress(clock) },
  });
  const sendTestEvent = createTestEvents({ attempts, clock, source, newId: () => 'id-1' });
  const pullRequests = { add: async () => {} };
  const parts = { store, queues, ledger, pending, subscriptions, replays, replayStore, pullRequests };
  return { ...parts, mostReplays: 5, sendTestEvent, clock, source };
};
