/** Sends events of the facade to the operations queue and, where they concern a consumer, on their way to its subscriptions. */
import { type RaisedEvent, toShown } from '../facade-events/facade-event.ts';
import type { EventSink, RefusedEvent } from '../facade-events/publisher.ts';
import type { Ingress } from './ingress.ts';
import { isForConsumers } from './own-event.ts';

/** Neither way waits for the other. What one of them did not take is named once. */
export const alsoToSubscribers = (operations: EventSink, ingress: Ingress): EventSink => {
  const add = async (raised: RaisedEvent): Promise<readonly RefusedEvent[]> => {
    const { id, subject, incarnation } = raised;
    try {
      const concerned = incarnation === undefined ? {} : { incarnation };
      await ingress.add({ kind: 'facade-event', entity: subject, event: toShown(raised), ...concerned });
      return [];
    } catch (error) {
      return [{ id, reason: `not on its way to subscriptions: ${(error as Error).message}` }];
    }
  };
  const toOperations = (events: readonly RaisedEvent[]): Promise<readonly RefusedEvent[]> =>
    operations
      .send(events)
      .catch((error: unknown) => events.map(({ id }) => ({ id, reason: (error as Error).message })));

  return {
    async send(events) {
      const ways = await Promise.all([toOperations(events), ...events.filter(isForConsumers).map(add)]);
      return [...new Map(ways.flat().map((refused) => [refused.id, refused])).values()];
    },
  };
};
