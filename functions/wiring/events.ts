/** The queue from which a function gets notifications. */
import type { OwnSubscriberName } from '../../shared/fan-out/own-subscribers.ts';
import { createSqsMessageCare } from '../../shared/queues/adapters/sqs.ts';
import { createEventReceiver } from '../edge/event-receiver.ts';
import type { House } from '../house.ts';
import type { EventsEnv } from './env.ts';
import { createSqsClient } from './sqs.ts';
import { profiles } from './time-outs.ts';

/** A function calls it once and exports the `handler` of the result. */
export const eventReceiver = <Name extends OwnSubscriberName>({ env }: House<EventsEnv>, name: Name) =>
  createEventReceiver(
    name,
    createSqsMessageCare(createSqsClient(profiles.brief), {
      queueUrl: env.EVENTS_QUEUE_URL,
      deadLetterQueueUrl: env.EVENTS_DEAD_LETTERS_URL,
    }),
  );
