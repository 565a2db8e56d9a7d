/** The queue from which a function gets notifications. */
import type { OwnSubscriberName } from '../../shared/fan-out/own-subscribers.ts';
import { createSqsMessageCare } from '../../shared/queues/adapters/sqs.ts';
import { createEventReceiver } from '../edge/event-receiver.ts';
import type { House } from '../house.ts';
import type { EventsEnv } from './notification-env.ts';
import { sqsOf } from './sqs.ts';

/** A function calls it once and exports the `handler` of the result. */
export const eventReceiver = <Name extends OwnSubscriberName>(house: House<EventsEnv>, name: Name) =>
  createEventReceiver(name, () =>
    createSqsMessageCare(sqsOf(house, 'brief'), {
      queueUrl: house.env.EVENTS_QUEUE_URL,
      deadLetterQueueUrl: house.env.EVENTS_DEAD_LETTERS_URL,
    }),
  );
