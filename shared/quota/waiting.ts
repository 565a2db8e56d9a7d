/** Calls that wait in one instance. */

import type { Priority } from '../exchange/quota-profile.ts';
import { type Ask, flowKey } from './ask.ts';
import type { Cap } from './policy.ts';
import type { WaitReason } from './wait-reason.ts';

/** The call that asks for a unit. */
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

/** How a call was admitted: part of the explanation of a request. */
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
   * Must be called right before the call is sent. False = too much time has passed since the admission: the unit is given back, and
   * the call must ask again.
   */
  readonly departs: () => boolean;
  /** Must be called when the upstream's answer begins: the call has arrived, and its unit counts from now at the latest. */
  readonly answered: () => void;
  /** Must be called if it is certain that nothing was or will be sent: the unit is given back. */
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
  /** Store's clock; undefined before the first round. */
  expectedMillis: number | undefined;
  /** When its waiting place ends (store's clock). */
  placeMillis?: number | undefined;
  /** Why it could not be sent in the last round. */
  held?: WaitReason | undefined;
};

/** The waiter as an ask of a round. `offsetMillis` = the store's clock minus the instance's monotonic clock. */
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
