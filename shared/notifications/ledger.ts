/** Port: the ledger of notifications. It keeps each one, its place in the order of its entity, and what was sent to whom, for 180 days. */
import type { Notification } from './notification.ts';

/** How long a notification can be listed, read and replayed. The store may delete it later (TTL), readers compare. */
export const keptDays = 180;
export const keptMillis = keptDays * 86_400_000;

export const outcomes = ['attempting', 'sent', 'pending', 'unknown', 'dead-letter', 'coalesced'] as const;

export type Delivery = {
  readonly subscriptionId: string;
  /** `coalesced`: the subscription wants the latest notification of an interval only, and a later one stands for this one. */
  readonly outcome: (typeof outcomes)[number];
  readonly atMillis: number;
  /** SQS's id of the message, where one was sent. */
  readonly messageId?: string | undefined;
  /** Why it was not sent. */
  readonly reason?: string | undefined;
};

/** The head of an entity's order. Only the one that works on the entity's message group changes it. It is kept for good. */
export type EntityHead = {
  readonly version: number;
  /** Number of the last notification of the entity that got one; the first one has 1. */
  readonly sequence: number;
  readonly lastCreatedAtMillis: number;
  /** The notification that is being sent, with its number, and to whom it may have been sent already. */
  readonly current?:
    | { readonly id: string; readonly sequence: number; readonly deliveries: readonly Delivery[] }
    | undefined;
  /** Subscriptions with earlier notifications of this entity that still wait. On FIFO queues later ones wait behind them. */
  readonly waiting: readonly string[];
  /** Ids of parked notifications of the entity, by subscription: later ones name them. */
  readonly parked: Readonly<Record<string, string>>;
};

/** What `readHead` gives where nothing was written yet. */
export const noHead: EntityHead = { version: 0, sequence: 0, lastCreatedAtMillis: 0, waiting: [], parked: {} };

export type Dispatched = {
  /** 0 for a notification that stands outside the order, since it came late. */
  readonly sequence: number;
  readonly isLate: boolean;
  readonly deliveries: readonly Delivery[];
};

export type Entry = {
  readonly notification: Notification;
  /** Absent until every subscription that matched has it, or has it among its pending deliveries. */
  readonly dispatched?: Dispatched | undefined;
};

/** Input that is no notification, kept for inspection. */
export type MalformedEntry = {
  readonly id: string;
  readonly receivedAtMillis: number;
  readonly reason: string;
  readonly bytes: Uint8Array;
};

export type Range = {
  /** Times of receipt: `from` inclusive, `until` exclusive. What is older than the ledger keeps is left out. */
  readonly fromMillis: number;
  readonly untilMillis: number;
  readonly order: 'oldest-first' | 'newest-first';
  readonly limit: number;
  /** Of an earlier page of the same range and order. @throws AppError REQUEST_INVALID for a text that is none. */
  readonly cursor?: string | undefined;
};
/** A page may be short or empty although more follow: only without a cursor it is the last. */
export type Page<Item = Entry> = { readonly entries: readonly Item[]; readonly cursor?: string | undefined };

export interface Ledger {
  /**
   * Keeps a notification once. `known` when one of its id is there already; a repeat by the same writer, whose first answer
   * was lost, is `new`. @param writer a random text of this attempt to write. @throws when it is not known to be kept.
   */
  keep(notification: Notification, writer: string): Promise<'new' | 'known'>;
  /** With strong consistency. */
  read(id: string): Promise<Entry | undefined>;
  /** By time of receipt, those of one instant by their id. Notifications of the last second may be missing (an index follows the table). */
  list(range: Range): Promise<Page>;
  /** The head of an entity; version 0 where there is none yet. */
  readHead(entity: string): Promise<EntityHead>;
  /**
   * Replaces the head. A repeat of the write, whose first answer was lost, is done too.
   * @param head its version is above the expected one. @returns false when somebody else replaced it meanwhile.
   */
  writeHead(entity: string, head: EntityHead, expectedVersion: number): Promise<boolean>;
  /**
   * Marks a notification as dispatched, or replaces what is known of its deliveries. Does nothing for one that is gone.
   * @param onlyFirst it does nothing for one that is dispatched already either.
   */
  writeDispatched(id: string, dispatched: Dispatched, onlyFirst?: boolean): Promise<void>;
  /** Keeps input that is no notification, for inspection: the same bytes once a day. @returns its id. */
  keepMalformed(bytes: Uint8Array, reason: string): Promise<string>;
  /** As `list`. */
  listMalformed(range: Range): Promise<Page<MalformedEntry>>;
}
