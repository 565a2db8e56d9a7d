import type { Priority } from '../exchange/quota-profile.ts';
import type { Cap } from './policy.ts';

/** A call that waits for a unit, as the rules see it. */
export type Ask = {
  readonly consumerId: string;
  readonly priority: Priority;
  /** Share among consumers that wait: one with weight 2 gets twice as much as one with weight 1. */
  readonly weight: number;
  readonly caps: readonly Cap[];
  /** Method and path template. The upstream refuses calls of one operation together. Undefined = no operation pause applies. */
  readonly operation?: string | undefined;
  /** The call can use no slot after this instant (store's clock). */
  readonly latestMillis: number;
  /** True if the unit of this call was already counted in the consumer's share. Another call used that unit, or it came too late. */
  readonly charged: boolean;
  /** When the call's waiting place ends (store's clock); undefined = it has none. */
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
