/** Subscriptions, their queues, and the deliveries and replays that consumers may see and start. */
import { randomUUID } from 'node:crypto';
import { createTestEvents } from '../../shared/fan-out/test-events.ts';
import { createSqsPullRequests } from '../../shared/notifications/adapters/sqs-pull-requests.ts';
import { type Abandoned, createAbandoned } from '../../shared/subscriptions/abandoned.ts';
import { createMadeQueueRemover, createSqsQueues } from '../../shared/subscriptions/adapters/sqs-queues.ts';
import { confirmationMessage } from '../../shared/subscriptions/confirmation.ts';
import type { Home } from '../../shared/subscriptions/queue-arn.ts';
import { createSubscriptions } from '../../shared/subscriptions/subscriptions.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { House } from '../house.ts';
import { findConsumerIn } from './consumers.ts';
import { fanOutPartsOf, regionalSqsOf, replaysOf, sqsEndpointOf } from './fan-out.ts';
import type { HomeEnv, SubscriptionsEnv, WakeEnv } from './notification-env.ts';
import { sqsOf } from './sqs.ts';

const homeOf = ({ env }: House<HomeEnv>): Home => ({
  partition: env.AWS_PARTITION_NAME,
  region: env.AWS_REGION,
  account: env.ACCOUNT_ID,
  stage: env.STAGE,
});

const makeParts = (house: House<SubscriptionsEnv>) => {
  const { env } = house;
  const home = homeOf(house);
  const fanOut = fanOutPartsOf(house);
  const { source } = fanOut;
  const queues = createSqsQueues({
    home,
    sender: env.SENDER_ROLE_ARN,
    tester: env.TESTER_ROLE_ARN,
    clientFor: regionalSqsOf(house),
    endpointOf: sqsEndpointOf,
  });
  return {
    source,
    queues,
    ledger: fanOut.ledger,
    pending: fanOut.pending,
    replays: replaysOf(house),
    replayStore: fanOut.replays,
    mostReplays: env.REPLAYS_PER_CONSUMER,
    pullRequests: createSqsPullRequests(sqsOf(house, 'usual'), env.PULLS_QUEUE_URL),
    sendTestEvent: createTestEvents({ attempts: fanOut.attempts, clock: systemClock, source, newId: randomUUID }),
    subscriptions: createSubscriptions({
      store: fanOut.store,
      queues,
      home,
      clock: systemClock,
      mostPerConsumer: env.SUBSCRIPTIONS_PER_CONSUMER,
      confirmationMessage: confirmationMessage(source, systemClock.nowMillis),
    }),
  };
};

const makeAbandoned = (house: House<WakeEnv>): Abandoned =>
  createAbandoned({
    store: fanOutPartsOf(house).store,
    queues: createMadeQueueRemover({
      home: homeOf(house),
      clientFor: regionalSqsOf(house),
      endpointOf: sqsEndpointOf,
    }),
    findConsumer: findConsumerIn(house),
    clock: systemClock,
  });

/** Ends the subscriptions of consumers that were removed. */
export const abandonedOf = (house: House<WakeEnv>) => house.part(makeAbandoned);

export const subscriberPartsOf = (house: House<SubscriptionsEnv>) => house.part(makeParts);
