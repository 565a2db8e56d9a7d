/** Keeps events in memory as their readers see them, for tests. */
import { type FacadeEvent, toShown } from '../facade-event.ts';
import type { EventSink } from '../publisher.ts';

export const createMemoryEventSink = (): EventSink & { readonly events: readonly FacadeEvent[] } => {
  const events: FacadeEvent[] = [];
  return {
    events,
    async send(sent) {
      events.push(...sent.map(toShown));
      return [];
    },
  };
};
