/**
 * Port: the queue between the ledger and the dispatcher. FIFO, one message group per entity: whatever is sent about an
 * entity, at first or again, is sent by one worker at a time.
 */
export type Work =
  /** A notification that the ledger holds. */
  | { readonly kind: 'notification'; readonly id: string; readonly entity: string }
  /** Pending deliveries of a subscription for an entity are due. */
  | { readonly kind: 'retry'; readonly subscriptionId: string; readonly entity: string }
  /** The interval of a latest-only subscription is over for an entity. */
  | { readonly kind: 'latest'; readonly subscriptionId: string; readonly entity: string };

export interface Ingress {
  /** @param again tells copies of one work apart: work of the same name within five minutes is dropped. @throws when it is not known to be queued. */
  add(work: Work, again?: string): Promise<void>;
}
