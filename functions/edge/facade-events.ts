/**
 * The facade's own events of this instance: raised from anywhere, sent in parallel with requests, and logged if they
 * are lost.
 */
import { randomUUID } from 'node:crypto';
import { eventSourceOf } from '../../shared/config/names.ts';
import { type FacadeEventFacts, toShown } from '../../shared/facade-events/facade-event.ts';
import { createPublisher, type EventSink, type Publisher } from '../../shared/facade-events/publisher.ts';
import { logger } from './logger.ts';
import { putMetrics } from './put-metrics.ts';
import { currentTrace } from './trace.ts';

let publisher: Publisher | undefined;

/** Sends later events to `sink`. Functions that were never connected raise nothing. */
export const connectFacadeEvents = (sink: EventSink, stage: string): void => {
  publisher = createPublisher({
    sink,
    source: eventSourceOf(stage),
    nowMillis: Date.now,
    newId: randomUUID,
    traceId: currentTrace,
    onSent: () => putMetrics({ FacadeEventsSent: 1 }),
    onLost(event, reason) {
      // The event contains no secret, so the log line can replace it.
      logger.error('facade event lost', { event: toShown(event), reason });
      putMetrics({ FacadeEventsLost: 1 });
    },
  });
};

/** Starts to send an event, and returns at once. Never throws. */
export const raiseFacadeEvent = (facts: FacadeEventFacts): void => publisher?.raise(facts);

/** Runs one invocation. It ends when its events have been sent or lost, which takes at most 5 s. */
export const withFacadeEvents = async <T>(requestId: string | undefined, run: () => Promise<T>): Promise<T> => {
  publisher?.during(requestId);
  try {
    return await run();
  } finally {
    await publisher?.settle();
  }
};
