/** Sending notifications to subscribers: the parts of the dispatcher, of replays and of the wake-up. */
import { randomUUID } from 'node:crypto';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { eventSourceOf } from '../../shared/config/names.ts';
import { createDynamoPendingStore } from '../../shared/fan-out/adapters/dynamodb-pending.ts';
import { createDynamoLatestStore, createDynamoReplayStore } from '../../shared/fan-out/adapters/dynamodb-replays.ts';
import { createDynamoWakeStore } from '../../shared/fan-out/adapters/dynamodb-wakes.ts';
import { createSqsLetters } from '../../shared/fan-out/adapters/sqs-letters.ts';
import { createSqsReplayLane } from '../../shared/fan-out/adapters/sqs-replay-lane.ts';
import { createSqsSender } from '../../shared/fan-out/adapters/sqs-sender.ts';
import { createAttempts } from '../../shared/fan-out/attempt.ts';
import { createFanOut } from '../../shared/fan-out/fan-out.ts';
import { toOwnSubscribers } from '../../shared/fan-out/own-subscribers.ts';
import { createQueueHealth } from '../../shared/fan-out/queue-health.ts';
import { createRememberedSubscriptions } from '../../shared/fan-out/remembered-subscriptions.ts';
import { createReplays } from '../../shared/fan-out/replays.ts';
import { createWake } from '../../shared/fan-out/wake.ts';
import { toMirrorSubscribers } from '../../shared/mirrors/mirror-subscribers.ts';
import { createDynamoLedger } from '../../shared/notifications/adapters/dynamodb-ledger.ts';
import { createSqsIngress } from '../../shared/notifications/adapters/sqs-ingress.ts';
import { createDynamoSubscriptionStore } from '../../shared/subscriptions/adapters/dynamodb.ts';
import { entitledOnly } from '../../shared/subscriptions/entitled.ts';
import { sqsEndpointOf as publicEndpointOf, type QueueArn } from '../../shared/subscriptions/queue-arn.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { tellAttempt } from '../edge/fan-out-log.ts';
import { createFanOutMetrics } from '../edge/fan-out-metrics.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import type { House } from '../house.ts';
import { findConsumerIn } from './consumers.ts';
import { dynamoOf } from './dynamo.ts';
import { enrichmentOf } from './enrichment.ts';
import type { DispatcherEnv, FanOutEnv } from './notification-env.ts';
import { createPlainSqsClient, sqsOf } from './sqs.ts';

/** Two tries fit into the 2.5 s after which a send is given up (sqs-sender.ts). */
const subscribersQueue = { maxAttempts: 2, requestMillis: 1_200, connectionMillis: 800 };

/** One for each region that subscribers' queues are in. */
const createRegionalClients = (): ((region: string) => SQSClient) => {
  const clients = new Map<string, SQSClient>();
  return (region) => {
    const client = clients.get(region) ?? createPlainSqsClient(subscribersQueue, region);
    clients.set(region, client);
    return client;
  };
};

/** In the twin, the SDK's variables name the endpoint of SQS. */
export const sqsEndpointOf = (arn: QueueArn): string =>
  process.env.AWS_ENDPOINT_URL_SQS ?? process.env.AWS_ENDPOINT_URL ?? publicEndpointOf(arn);

const makeMetrics = () => createFanOutMetrics(putMetrics);

/** Counts of an invocation, which are put as metrics at its end. */
export const fanOutMetricsOf = (house: House) => house.part(makeMetrics);
export const regionalSqsOf = (house: House) => house.part(createRegionalClients);

const tellUnreadable = (subscriptionId: string, error: unknown): void =>
  logger.error('the filter of a subscription cannot be read', { subscriptionId, error: error as Error });

const makeParts = (house: House<FanOutEnv>) => {
  const { env } = house;
  const own = sqsOf(house, 'usual');
  const dynamo = dynamoOf(house);
  const clock = systemClock;
  const store = createDynamoSubscriptionStore(dynamo, env.SUBSCRIPTIONS_TABLE);
  const ownSubscribers = [...toOwnSubscribers(env.OWN_QUEUES), ...toMirrorSubscribers(env.MIRRORS)];
  const entitled = entitledOnly(store, findConsumerIn(house));
  const parts = {
    ...{ clock, store, entitled, source: eventSourceOf(env.STAGE), newId: randomUUID },
    observe: fanOutMetricsOf(house).observe,
    ledger: createDynamoLedger(dynamo, env.NOTIFICATIONS_TABLE, clock),
    ingress: createSqsIngress(own, env.INGRESS_QUEUE_URL),
    lane: createSqsReplayLane(own, env.REPLAYS_QUEUE_URL),
    pending: createDynamoPendingStore(dynamo, env.NOTIFICATIONS_TABLE, clock.nowMillis),
    latest: createDynamoLatestStore(dynamo, env.SUBSCRIPTIONS_TABLE),
    replays: createDynamoReplayStore(dynamo, env.SUBSCRIPTIONS_TABLE),
    wakes: createDynamoWakeStore(dynamo, env.SUBSCRIPTIONS_TABLE),
    sender: createSqsSender({ clientFor: regionalSqsOf(house), endpointOf: sqsEndpointOf }),
    health: createQueueHealth(clock),
    onAttempt: tellAttempt,
    subscriptions: createRememberedSubscriptions(entitled, clock, tellUnreadable, ownSubscribers),
  };
  return { ...parts, attempts: createAttempts(parts) };
};

/** Stores, queues and senders of the fan-out. */
export const fanOutPartsOf = (house: House<FanOutEnv>) => house.part(makeParts);

const makeReplays = (house: House<FanOutEnv>) => {
  const parts = fanOutPartsOf(house);
  return createReplays({ ...parts, store: parts.entitled });
};
export const replaysOf = (house: House<FanOutEnv>) => house.part(makeReplays);

/** For the function of the replay lane, which alone may read dead letters. */
const makeReplaysOfLane = (house: House<FanOutEnv>) => {
  const parts = fanOutPartsOf(house);
  return createReplays({
    ...{ ...parts, store: parts.entitled },
    letters: createSqsLetters(sqsOf(house, 'usual'), sqsEndpointOf),
  });
};
export const replaysOfLane = (house: House<FanOutEnv>) => house.part(makeReplaysOfLane);

const makeFanOut = (house: House<DispatcherEnv>) =>
  createFanOut({ ...fanOutPartsOf(house), enrichment: enrichmentOf(house) });
export const fanOutOf = (house: House<DispatcherEnv>) => house.part(makeFanOut);

const makeWake = (house: House<FanOutEnv>) =>
  createWake({ ...fanOutPartsOf(house), catchUp: (subscription) => replaysOf(house).catchUp(subscription) });
export const wakeOf = (house: House<FanOutEnv>) => house.part(makeWake);
