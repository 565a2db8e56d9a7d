/** Sends notifications to the queues of subscribers: work of the ingress, and replays, which come by a queue of their own. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { Work } from '../shared/notifications/ingress.ts';
import { createSqsMessageCare } from '../shared/queues/adapters/sqs.ts';
import { done } from '../shared/queues/message.ts';
import { notificationReceives } from '../shared/queues/receives.ts';
import { queueHandler } from './edge/queue-handler.ts';
import { isFifo } from './edge/queue-record.ts';
import { createHouse, once } from './house.ts';
import { parseEnv } from './wiring/env.ts';
import { fanOutMetricsOf, fanOutOf, replaysOfLane } from './wiring/fan-out.ts';
import { DispatcherEnv } from './wiring/notification-env.ts';
import { sqsOf } from './wiring/sqs.ts';

const house = createHouse(parseEnv(DispatcherEnv));
const { env } = house;

/** The wake-up finds what was given up here and should be sent. */
const { mostReceives } = notificationReceives;
/** Of an invocation, for the pages of one replay. */
const replayMillis = 15_000;

const ingress = once(() =>
  queueHandler(
    {
      ...{ queue: 'ingress', body: Work, mostReceives },
      care: createSqsMessageCare(sqsOf(house, 'usual'), {
        queueUrl: env.INGRESS_QUEUE_URL,
        deadLetterQueueUrl: env.INGRESS_DEAD_LETTERS_URL,
      }),
    },
    async ({ body }) => {
      await fanOutOf(house).handle(body);
      return done;
    },
  ),
);

const ReplayWork = z.object({ subscriptionId: z.string().min(1), replayId: z.string().min(1) });
const lane = once(() =>
  queueHandler(
    {
      ...{ queue: 'replays', body: ReplayWork, mostReceives },
      care: createSqsMessageCare(sqsOf(house, 'usual'), {
        queueUrl: env.REPLAYS_QUEUE_URL,
        deadLetterQueueUrl: env.REPLAYS_DEAD_LETTERS_URL,
      }),
    },
    async ({ body }) => {
      await replaysOfLane(house).goOn(body, replayMillis);
      return done;
    },
  ),
);

/** A batch is of one queue. */
export const handler = async (
  event: SQSEvent,
  invocation: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const [first] = event.Records;
  try {
    return await (first && isFifo(first) ? ingress() : lane())(event, invocation);
  } finally {
    fanOutMetricsOf(house).handIn();
  }
};
