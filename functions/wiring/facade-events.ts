/** The operations queue, and the way to subscriptions, for the functions that raise events. */
import type { EventSink } from '../../shared/facade-events/publisher.ts';
import { connectFacadeEvents } from '../edge/facade-events.ts';
import type { House } from '../house.ts';
import type { FacadeEventsEnv } from './env.ts';
import { loadLater } from './load-later.ts';

const makeEventSink = ({ env }: House<FacadeEventsEnv>): EventSink => {
  const open = loadLater('The client of SQS', async () => (await import('./event-queues.ts')).openEventSink(env));
  return { send: async (events) => (await open()).send(events) };
};

/** Events are rare, so the SQS client is loaded with the first one. */
export const eventSinkOf = (house: House<FacadeEventsEnv>) => house.part(makeEventSink);

/** A function that raises events calls it once. */
export const sendFacadeEvents = (house: House<FacadeEventsEnv>): void =>
  connectFacadeEvents(eventSinkOf(house), house.env.STAGE);
