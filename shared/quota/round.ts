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
  /** By index of ask: why it cannot be sent now; undefined if it gets a unit. */
  readonly held: (WaitReason | undefined)[];
  readonly operations: OperationPauses;
  readonly places: PlaceBook;
  /** By index of ask: when its waiting place ends. */
  readonly placeMillis: (number | undefined)[];
  readonly booked: Record<string, number>;
  taken: number;
  /** Further units that calls waiting here will take. */
  awaited: number;
  /** When the next call of each priority may be sent while the priority is paced. It is in the past if the call could have been sent already. */
  readonly nextMillis: Record<Priority, number>;
  retryMillis: number;
};

/** Moves the next decision earlier if a waiting call needs it. */
export const retryNoLaterThan = (round: Round, millis: number): void => {
  round.retryMillis = Math.min(round.retryMillis, millis);
};
