/** Port: deliveries that wait for another attempt, and dead letters, of each subscription. */
import { doubling } from '../time/doubling.ts';

export type PendingDelivery = {
  readonly subscriptionId: string;
  readonly entity: string;
  /** Place in the order of the entity; 0 = outside of it. */
  readonly sequence: number;
  /** Of the notification. */
  readonly eventId: string;
  /** Only `live` and `latest` ones keep an order: on a FIFO queue the later ones of the entity wait behind them. */
  readonly kind: 'live' | 'late' | 'latest' | 'redrive';
  /** Tells copies of one event apart that SQS must not take for the same, such as the id of a redrive. */
  readonly copy?: string | undefined;
  /** Of `latest`: how many notifications it stands for. */
  readonly coalescedCount?: number | undefined;
  /** When it should have been sent first. */
  readonly firstMillis: number;
  readonly attempts: number;
  /** Attempts at which SQS found fault with the message itself. */
  readonly refusals: number;
  readonly nextAttemptMillis: number;
  /** Since when a copy may be in the queue of which nobody knows: an attempt without an answer. */
  readonly unknownSinceMillis?: number | undefined;
  /** Since when it waits for the document of its entity (shared/enrichment). */
  readonly documentAskedMillis?: number | undefined;
  readonly reason: string;
};

/** A delivery that was given up. Its message is in the subscription's dead-letter queue. */
export type DeadLetter = Pick<PendingDelivery, 'subscriptionId' | 'entity' | 'sequence' | 'eventId' | 'reason'> & {
  readonly atMillis: number;
};

/** How long a dead letter can be redriven: as long as its message is in the dead-letter queue. */
export const deadLetterDays = 14;

export type Slice<Item> = { readonly items: readonly Item[]; readonly cursor?: string | undefined };

export interface PendingStore {
  /** Creates it, or replaces the one of the same subscription, entity, sequence, event and copy. */
  put(pending: PendingDelivery): Promise<void>;
  remove(pending: PendingDelivery): Promise<void>;
  /** Of one entity, in its order, those outside the order first. With strong consistency. */
  list(subscriptionId: string, entity: string, limit: number): Promise<readonly PendingDelivery[]>;
  /** Of a subscription, entity after entity, each in its order. */
  page(subscriptionId: string, limit: number, cursor?: string): Promise<Slice<PendingDelivery>>;
  /** Those of the entities that `page` gives behind this one. */
  behind(subscriptionId: string, entity: string, limit: number): Promise<readonly PendingDelivery[]>;
  /** Keeps a dead letter for `deadLetterDays`, once for each event. */
  bury(letter: DeadLetter): Promise<void>;
  unbury(letter: DeadLetter): Promise<void>;
  /** With strong consistency. */
  dead(subscriptionId: string, limit: number, cursor?: string): Promise<Slice<DeadLetter>>;
}

/** So many of one entity are looked at in one run. */
export const mostPendingOfEntity = 1_000;

/** Whether later ones of its entity wait behind it on a FIFO queue. */
export const isOrdered = ({ kind, sequence }: Pick<PendingDelivery, 'kind' | 'sequence'>): boolean =>
  sequence > 0 && (kind === 'live' || kind === 'latest');

/** After each attempt: 30 s, doubled after each further one, 15 minutes at most. */
export const backoffMillis = doubling(30_000, 900_000);
