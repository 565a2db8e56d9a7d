/** The operations queue, and the way to subscriptions, for the functions that raise events. */
import type { EventSink } from '../../shared/facade-events/publisher.ts';
import { connectFacadeEvents } from '../edge/facade-events.ts';
import type { House } from '../house.ts';
import type { FacadeEventsEnv } from './env.ts';
import { loadLater } from './load-later.ts';

const makeEventSink = ({ env }: House<FacadeEventsEnv>): EventSink => {
  const open = loadLater('The client of SQS', async (): Promise<EventSink> => {
    const [{ createSqsClient }, { createSqsEventSink }, { createSqsIngress }, { alsoToSubscribers }] =
      await Promise.all([
        import('./sqs.ts'),
        import('../../shared/facade-events/adapters/sqs.ts'),
        import('../../shared/notifications/adapters/sqs-ingress.ts'),
        import('../../shared/notifications/own-event-sink.ts'),
      ]);
    const client = createSqsClient({ maxAttempts: 2, requestMillis: 900, connectionMillis: 500 });
    const operations = createSqsEventSink(client, env.OPERATIONS_QUEUE_URL);
    const { INGRESS_QUEUE_URL } = env;
    return INGRESS_QUEUE_URL === undefined
      ? operations
      : alsoToSubscribers(operations, createSqsIngress(client, INGRESS_QUEUE_URL));
  });
  return { send: async (events) => (await open()).send(events) };
};

/** Events are rare, so the SQS client is loaded with the first one. */
export const eventSinkOf = (house: House<FacadeEventsEnv>) => house.part(makeEventSink);

/** A function that raises events calls it once. */
export const sendFacadeEvents = (house: House<FacadeEventsEnv>): void =>
  connectFacadeEvents(eventSinkOf(house), house.env.STAGE);
