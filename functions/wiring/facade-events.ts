/** The operations queue, for the functions that raise events. */
import type { EventSink } from '../../shared/facade-events/publisher.ts';
import { connectFacadeEvents } from '../edge/facade-events.ts';
import { type House, once } from '../house.ts';
import type { FacadeEventsEnv } from './env.ts';
import { clientSettings } from './time-outs.ts';

const makeEventSink = ({ env }: House<FacadeEventsEnv>): EventSink => {
  const open = once(async (): Promise<EventSink> => {
    const [{ SQSClient }, { createSqsEventSink }] = await Promise.all([
      import('@aws-sdk/client-sqs'),
      import('../../shared/facade-events/adapters/sqs.ts'),
    ]);
    const client = new SQSClient({
      ...clientSettings({ maxAttempts: 2, requestMillis: 900, connectionMillis: 500 }),
      // Requests go to SQS in this region, whatever host the URL names.
      useQueueUrlAsEndpoint: false,
    });
    return createSqsEventSink(client, env.OPERATIONS_QUEUE_URL);
  });
  return { send: async (events) => (await open()).send(events) };
};

/** Events are rare: the SQS client is loaded with the first. */
const eventSinkOf = (house: House<FacadeEventsEnv>) => house.part(makeEventSink);

/** To be called once by a function that raises events. */
export const sendFacadeEvents = (house: House<FacadeEventsEnv>): void =>
  connectFacadeEvents(eventSinkOf(house), house.env.STAGE);
