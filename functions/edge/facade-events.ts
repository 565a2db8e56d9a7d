/** The facade's own events of this instance: raised from anywhere, sent beside the requests, in the log as well where they are lost. */
import { randomUUID } from 'node:crypto';
import type { FacadeEventFacts } from '../../shared/facade-events/facade-event.ts';
import { createPublisher, type EventSink, type Publisher } from '../../shared/facade-events/publisher.ts';
import { logger } from './logger.ts';
import { putMetrics } from './put-metrics.ts';

let publisher: Publisher | undefined;

/** Sends what is raised from now on to `sink`. Functions that were never connected raise nothing. */
export const connectFacadeEvents = (sink: EventSink, stage: string): void => {
  publisher = createPublisher({
    sink,
    source: `/signals-facade/${stage}`,
    nowMillis: Date.now,
    newId: randomUUID,
    // Lambda sets it anew for each invocation (developer guide, environment variables).
    traceId: () => process.env._X_AMZN_TRACE_ID,
    onSent: () => putMetrics({ FacadeEventsSent: 1 }),
    onLost(event, reason) {
      // The event holds no secret, so that the line can stand in for it.
      logger.error('facade event lost', { event, reason });
      putMetrics({ FacadeEventsLost: 1 });
    },
  });
};

/** Starts to send an event, and returns at once. Never throws. */
export const raiseFacadeEvent = (facts: FacadeEventFacts): void => publisher?.raise(facts);

/** Runs one invocation; ends once its events have been sent or lost, which takes 5 s at most. */
export const withFacadeEvents = async <T>(requestId: string | undefined, run: () => Promise<T>): Promise<T> => {
  publisher?.during(requestId);
  try {
    return await run();
  } finally {
    await publisher?.settle();
  }
};
