/** One round of decisions while it is being made. */

import type { Priority } from '../exchange/quota-profile.ts';
import type { Ask, Reservation } from './ask.ts';
import type { CapBook } from './caps.ts';
import type { Queue } from './fairness.ts';
import type { OperationPauses } from './operation-pauses.ts';
import type { PlaceBook } from './places.ts';
import type { QuotaPolicy } from './policy.ts';
import type { QuotaState } from './state.ts';
import type { WaitReason } from './wait-reason.ts';

/** A unit for one ask. Times are the store's. */
export type Grant = {
  /** Index of the ask. */
  readonly ask: number;
  /** The call may be sent when the earliest possible time has reached this, */
  readonly slotMillis: number;
  /** and as long as the latest possible time has not passed this. */
  readonly useBeforeMillis: number;
  /** Where the ledger counts it. */
  readonly bucket: number;
};

export type Round = {
  /** Tidied and settled. */
  readonly state: QuotaState;
  readonly policy: QuotaPolicy;
  readonly asks: readonly Ask[];
  readonly reservations: readonly Reservation[];
  readonly nowMillis: number;
  readonly uncertainMillis: number;
  readonly limit: number;
  /** Units that counted when the round began. */
  readonly used: number;
  readonly caps: CapBook;
  readonly queues: ReadonlyMap<string, Queue>;
  /** Units that came free too recently to be open to all. */
  readonly fresh: number;
  readonly grants: Grant[];
  readonly expected: number[];
  /** By index of ask: what keeps it from going now, where it gets no unit. */
  readonly held: (WaitReason | undefined)[];
  readonly operations: OperationPauses;
  readonly places: PlaceBook;
  /** By index of ask: until when a place is taken for its wait. */
  readonly placeMillis: (number | undefined)[];
  readonly booked: Record<string, number>;
  taken: number;
  /** Units that those who wait here will take besides. */
  awaited: number;
  /** When the next call of each priority may go while it is paced; in the past when it could have gone already. */
  readonly nextMillis: Record<Priority, number>;
  retryMillis: number;
};

/** Sees to it that the next look at the calls that wait comes in time. */
export const retryNoLaterThan = (round: Round, millis: number): void => {
  round.retryMillis = Math.min(round.retryMillis, millis);
};
