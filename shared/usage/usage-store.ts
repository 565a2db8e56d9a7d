/** Port: the store of sums. */
import type { Counts, Granularity, Subject } from './usage.ts';

/** A sum of one subject in one period. */
export type UsageRow = Subject & { readonly startMillis: number; readonly counts: Counts };

export interface UsageStore {
  /**
   * Adds to the sum of a period, atomically: concurrent writers lose nothing. The same write may be repeated at once: it is
   * recognised by `writeId`, unless another instance wrote the same shard in between.
   */
  add(granularity: Granularity, row: UsageRow, writeId: string): Promise<void>;
  /** Says that the consumer has sums in the month of this instant. May be repeated. */
  noteConsumer(consumerId: string, atMillis: number): Promise<void>;
  /** Consumers with sums in the months from one instant to another, each once, sorted. */
  consumers(fromMillis: number, untilMillis: number): Promise<readonly string[]>;
  /** One sum for each key and period of the consumer in the bucket that holds this instant, in no order. */
  read(granularity: Granularity, consumerId: string, atMillis: number): Promise<readonly UsageRow[]>;
}

/** Hours are stored by day, and days by month: one query reads a bucket. The text is the bucket's name. */
export const bucketOf = (granularity: Granularity, millis: number): string =>
  new Date(millis).toISOString().slice(0, granularity === 'hour' ? 10 : 7);

/** The last millisecond before the bucket that holds this instant. */
export const beforeBucket = (granularity: Granularity, millis: number): number =>
  Date.parse(`${bucketOf(granularity, millis)}${granularity === 'hour' ? '' : '-01'}T00:00:00Z`) - 1;
