/** Calls that wait in one instance. */

import type { Priority } from '../exchange/quota-profile.ts';
import { type Ask, flowKey } from './ask.ts';
import type { Cap } from './policy.ts';
import type { WaitReason } from './wait-reason.ts';

/** Who asks for a unit. */
export type Applicant = {
  readonly consumerId: string;
  readonly priority: Priority;
  readonly weight?: number;
  readonly caps?: readonly Cap[];
  /** Method and path template of the call. */
  readonly operation?: string;
  /** Longest wait; the policy's own when left out. Never longer than that. */
  readonly waitMillis?: number;
};

/** How an admission came about: part of the explanation of a request. */
export type Admission = {
  readonly waitedMillis: number;
  readonly units: number;
  /** Units that were free for all, and the limit, as last seen. */
  readonly freeUnits: number;
  readonly limit: number;
  readonly how: 'granted' | 'shadow' | 'store-failed';
} & UnitInUse;

export type UnitInUse = {
  /**
   * To be called right before the call is sent, after whatever was done since its admission. False: too much time has passed,
   * the unit is given back, and the call must not be sent but ask again.
   */
  readonly departs: () => boolean;
  /** To be called when the upstream's answer has begun: the call has arrived, and counts from now at the latest. */
  readonly answered: () => void;
  /** To be called when it is certain that nothing was sent and nothing will be: the unit is given back. */
  readonly unsent: () => void;
};

/** In shadow mode, or while the store fails, no unit belongs to a call. */
export const noUnit: UnitInUse = { departs: () => true, answered: () => {}, unsent: () => {} };

export type Waiter = {
  readonly applicant: Applicant;
  readonly key: string;
  readonly sinceMillis: number;
  readonly deadlineMillis: number;
  readonly admit: (how: Admission['how'], unit?: UnitInUse) => void;
  readonly refuse: (error: Error) => void;
  charged: boolean;
  /** Store's clock; undefined before it was looked at. */
  expectedMillis: number | undefined;
  /** Until when (store's clock) a place is taken for its wait. */
  placeMillis?: number | undefined;
  /** What kept it from going when it was last looked at. */
  held?: WaitReason | undefined;
};

/** The waiter as the rules see it. `offsetMillis` = the store's clock less the instance's monotonic one. */
export const toAsk = (waiter: Waiter, offsetMillis: number): Ask => ({
  consumerId: waiter.applicant.consumerId,
  priority: waiter.applicant.priority,
  weight: waiter.applicant.weight ?? 1,
  caps: waiter.applicant.caps ?? [],
  operation: waiter.applicant.operation,
  latestMillis: waiter.deadlineMillis + offsetMillis,
  charged: waiter.charged,
  placeMillis: waiter.placeMillis,
});

export const waiterKey = ({ priority, consumerId }: Applicant): string => flowKey(priority, consumerId);
