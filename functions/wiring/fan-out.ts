/** Sending notifications to subscribers: the parts of the dispatcher, of replays and of the wake-up. */
import { randomUUID } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { createDynamoPendingStore } from '../../shared/fan-out/adapters/dynamodb-pending.ts';
import {
  createDynamoLatestStore,
  createDynamoReplayStore,
  createDynamoWakeStore,
} from '../../shared/fan-out/adapters/dynamodb-replays.ts';
import { createSqsReplayLane } from '../../shared/fan-out/adapters/sqs-replay-lane.ts';
import { createSqsSender } from '../../shared/fan-out/adapters/sqs-sender.ts';
import { createAttempts } from '../../shared/fan-out/attempt.ts';
import type { Observe } from '../../shared/fan-out/counts.ts';
import { createFanOut } from '../../shared/fan-out/fan-out.ts';
import { createQueueHealth } from '../../shared/fan-out/queue-health.ts';
import { createRememberedSubscriptions } from '../../shared/fan-out/remembered-subscriptions.ts';
import { createReplays } from '../../shared/fan-out/replays.ts';
import { createWake } from '../../shared/fan-out/wake.ts';
import { createDynamoLedger } from '../../shared/notifications/adapters/dynamodb-ledger.ts';
import { createSqsIngress } from '../../shared/notifications/adapters/sqs-ingress.ts';
import { createDynamoSubscriptionStore } from '../../shared/subscriptions/adapters/dynamodb.ts';
import type { QueueArn } from '../../shared/subscriptions/queue-arn.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import type { FanOutEnv } from './env.ts';
import { requestHandler } from './time-outs.ts';

/** Of a queue of the facade: it is in this region and answers. */
const createOwnClient = (): SQSClient =>
  new SQSClient({ maxAttempts: 3, requestHandler: requestHandler(3_000, 1_000), useQueueUrlAsEndpoint: false });

/**
 * One for each region that subscribers' queues are in. A queue that hangs is left after 1.5 s (sqs-sender.ts), two tries included. Requests go to
 * SQS of that region, whatever host the URL names.
 */
const createRegionalClients = (): ((region: string) => SQSClient) => {
  const clients = new Map<string, SQSClient>();
  return (region) => {
    const client =
      clients.get(region) ??
      new SQSClient({ region, maxAttempts: 2, requestHandler: requestHandler(700, 500), useQueueUrlAsEndpoint: false });
    clients.set(region, client);
    return client;
  };
};

const domains: Readonly<Record<string, string>> = { 'aws-cn': 'amazonaws.com.cn' };

/** In the twin, SQS is where the SDK is told to look for it. */
export const sqsEndpointOf = ({ region, partition }: QueueArn): string =>
  process.env.AWS_ENDPOINT_URL_SQS ??
  process.env.AWS_ENDPOINT_URL ??
  `https://sqs.${region}.${domains[partition] ?? 'amazonaws.com'}`;

export const wireFanOut = (env: z.infer<typeof FanOutEnv>, dynamo: DynamoDBDocumentClient, observe: Observe) => {
  const own = createOwnClient();
  const clock = systemClock;
  const store = createDynamoSubscriptionStore(dynamo, env.SUBSCRIPTIONS_TABLE);
  const common = {
    ...{ clock, observe, source: `/signals-facade/${env.STAGE}`, newId: randomUUID },
    ledger: createDynamoLedger(dynamo, env.NOTIFICATIONS_TABLE, clock),
    ingress: createSqsIngress(own, env.INGRESS_QUEUE_URL),
    lane: createSqsReplayLane(own, env.REPLAYS_QUEUE_URL),
    pending: createDynamoPendingStore(dynamo, env.NOTIFICATIONS_TABLE, clock.nowMillis),
    latest: createDynamoLatestStore(dynamo, env.SUBSCRIPTIONS_TABLE),
    replays: createDynamoReplayStore(dynamo, env.SUBSCRIPTIONS_TABLE),
    wakes: createDynamoWakeStore(dynamo, env.SUBSCRIPTIONS_TABLE),
    sender: createSqsSender({ clientFor: createRegionalClients(), endpointOf: sqsEndpointOf }),
    health: createQueueHealth(clock),
    subscriptions: createRememberedSubscriptions(store, clock, (subscriptionId, error) =>
      logger.error('the filter of a subscription cannot be read', { subscriptionId, error: error as Error }),
    ),
  };
  const replays = createReplays({ ...common, store, attempts: createAttempts(common) });
  return {
    own,
    fanOut: createFanOut(common),
    replays,
    wake: createWake({ ...common, catchUp: (subscription) => replays.catchUp(subscription) }),
  };
};
