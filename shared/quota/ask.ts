import type { Priority } from '../exchange/quota-profile.ts';
import type { Cap } from './policy.ts';

/** A call that waits for a unit, as the rules see it. */
export type Ask = {
  readonly consumerId: string;
  readonly priority: Priority;
  /** Share among consumers that wait: one with weight 2 gets twice as much as one with weight 1. */
  readonly weight: number;
  readonly caps: readonly Cap[];
  /** Method and path template: what the upstream refuses together. Undefined = it pauses with no other. */
  readonly operation?: string | undefined;
  /** After this (store's clock) a slot is of no use. */
  readonly latestMillis: number;
  /** Its share has paid already: its unit went to a more urgent call of the same instance, or came too late. */
  readonly charged: boolean;
  /** Until when (store's clock) a place is taken for its wait; undefined = none is. */
  readonly placeMillis?: number | undefined;
};

/** A booking that runs now: its consumer is entitled to a rate. */
export type Reservation = {
  readonly bookingId: string;
  readonly consumerId: string;
  readonly units: number;
  readonly unitsPerMilli: number;
};

export const flowKey = (priority: Priority, consumerId: string): string => `${priority[0]}:${consumerId}`;
