/** Forwards pushes of the tenant to mirrors, each of which has a queue of its own. */
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { CloudEvent } from '../shared/notifications/cloud-event.ts';
import { createSqsMessageCare } from '../shared/queues/adapters/sqs.ts';
import { mirrorReceives } from '../shared/queues/receives.ts';
import { queueHandler } from './edge/queue-handler.ts';
import { createHouse, once } from './house.ts';
import { parseEnv } from './wiring/env.ts';
import { forwardOf } from './wiring/mirrors.ts';
import { MirrorEnv } from './wiring/notification-env.ts';
import { sqsOf } from './wiring/sqs.ts';

const house = createHouse(parseEnv(MirrorEnv));

const { mostReceives } = mirrorReceives;

const handlers = new Map(
  house.env.MIRRORS.map((mirror) => [
    mirror.arn,
    once(() =>
      queueHandler(
        {
          ...{ queue: `mirror-${mirror.name}`, body: CloudEvent, mostReceives },
          care: createSqsMessageCare(sqsOf(house, 'brief'), {
            queueUrl: mirror.queueUrl,
            deadLetterQueueUrl: mirror.deadLettersUrl,
          }),
        },
        (message) => forwardOf(house)(mirror, message),
      ),
    ),
  ]),
);

/** A batch is of one queue. */
export const handler = async (
  event: SQSEvent,
  invocation: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> => {
  const [first] = event.Records;
  const handle = first && handlers.get(first.eventSourceARN);
  // Of a mirror that this version does not know: it is left in its queue.
  if (!handle) throw new Error(`No mirror has the queue ${first?.eventSourceARN}.`);
  return handle()(event, invocation);
};
