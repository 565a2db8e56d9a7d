/**
 * Port: the queue between the ledger and the dispatcher. FIFO, one message group per entity: whatever is sent about an
 * entity, at first or again, is sent by one worker at a time.
 */
import * as z from 'zod';
import { FacadeEvent } from '../facade-events/facade-event.ts';

const text = z.string().min(1);

/** The body of a message of the queue. */
export const Work = z.discriminatedUnion('kind', [
  /** A notification that the ledger holds. */
  z.object({ kind: z.literal('notification'), id: text, entity: text }),
  /**
   * An event of the facade's own, which is in no ledger yet: the dispatcher keeps it (`toOwnNotification`), and goes on as with
   * any other. So functions that raise events need no right but to send into this queue.
   */
  z.object({
    kind: z.literal('facade-event'),
    entity: text,
    event: FacadeEvent,
    /** Which of all consumers that ever had the id the event concerns. */
    incarnation: z.string().optional(),
  }),
  /** Pending deliveries of a subscription for an entity are due. */
  z.object({ kind: z.literal('retry'), subscriptionId: text, entity: text }),
  /** The interval of a latest-only subscription is over for an entity. */
  z.object({ kind: z.literal('latest'), subscriptionId: text, entity: text }),
]);
export type Work = z.infer<typeof Work>;

export interface Ingress {
  /** @param again tells copies of one work apart: work of the same name within five minutes is dropped. @throws when it is not known to be queued. */
  add(work: Work, again?: string): Promise<void>;
}

const nameOf = (work: Work): readonly string[] => {
  if (work.kind === 'notification') return [work.id];
  if (work.kind === 'facade-event') return [work.event.id];
  return [work.kind, work.subscriptionId, work.entity];
};

/** The same for copies of one work: what an ingress drops repeated ones by. A notification without `again` has its own id. */
export const workName = (work: Work, again?: string): string =>
  [...nameOf(work), ...(again === undefined ? [] : [again])].join('/');
