/** Keeps events in memory, for tests. */
import type { FacadeEvent } from '../facade-event.ts';
import type { EventSink } from '../publisher.ts';

export const createMemoryEventSink = (): EventSink & { readonly events: readonly FacadeEvent[] } => {
  const events: FacadeEvent[] = [];
  return {
    events,
    async send(sent) {
      events.push(...sent);
      return [];
    },
  };
};
