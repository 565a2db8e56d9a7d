/** The queues that events of the facade go to. facade-events.ts loads this file with the first event. */
import { createSqsEventSink } from '../../shared/facade-events/adapters/sqs.ts';
import type { EventSink } from '../../shared/facade-events/publisher.ts';
import { createSqsIngress } from '../../shared/notifications/adapters/sqs-ingress.ts';
import { alsoToSubscribers } from '../../shared/notifications/own-event-sink.ts';
import type { FacadeEventsEnv } from './env.ts';
import { createSqsClient } from './sqs.ts';

export const openEventSink = ({ OPERATIONS_QUEUE_URL, INGRESS_QUEUE_URL }: FacadeEventsEnv): EventSink => {
  const client = createSqsClient({ maxAttempts: 2, requestMillis: 900, connectionMillis: 500 });
  const operations = createSqsEventSink(client, OPERATIONS_QUEUE_URL);
  return INGRESS_QUEUE_URL === undefined
    ? operations
    : alsoToSubscribers(operations, createSqsIngress(client, INGRESS_QUEUE_URL));
};
