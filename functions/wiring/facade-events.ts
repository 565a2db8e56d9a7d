/** The operations queue, for the functions that raise events. */
import type * as z from 'zod';
import type { EventSink } from '../../shared/facade-events/publisher.ts';
import { connectFacadeEvents } from '../edge/facade-events.ts';
import type { FacadeEventsEnv } from './env.ts';
import { requestHandler } from './time-outs.ts';

/** Events are rare: the SQS client is loaded with the first. */
const lazySink = (queueUrl: string): EventSink => {
  let opened: Promise<EventSink> | undefined;
  const open = (): Promise<EventSink> => {
    opened ??= Promise.all([import('@aws-sdk/client-sqs'), import('../../shared/facade-events/adapters/sqs.ts')]).then(
      ([{ SQSClient }, { createSqsEventSink }]) =>
        createSqsEventSink(
          new SQSClient({
            maxAttempts: 2,
            requestHandler: requestHandler(900, 500),
            // Requests go to SQS in this region, whatever host the URL names.
            useQueueUrlAsEndpoint: false,
          }),
          queueUrl,
        ),
    );
    return opened;
  };
  return { send: async (events) => (await open()).send(events) };
};

/** To be called once by a function that raises events. */
export const wireFacadeEvents = (env: z.infer<typeof FacadeEventsEnv>): void =>
  connectFacadeEvents(lazySink(env.OPERATIONS_QUEUE_URL), env.STAGE);
