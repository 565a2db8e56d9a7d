/** The queue of one instance: calls that wait, their refusals, and the memory of recent refusals. */

import type { Outage } from './outage.ts';
import type { LeftPlace } from './places.ts';
import type { QuotaPolicy } from './policy.ts';
import { createRefusalMemory, type Outlook, refusalOf, unavailable } from './refusals.ts';
import type { StoreClock } from './store-clock.ts';
import type { Ticker } from './ticker.ts';
import type { WaitReason } from './wait-reason.ts';
import { type Admission, type Applicant, type Waiter, waiterKey } from './waiting.ts';

/** Most places whose early release is remembered. A forgotten one only ends later. */
const mostLeft = 50;

/** Refusals are remembered by consumer and priority, those of a paused operation by the operation as well. */
const ofOperation = (key: string, operation: string): string => `${key} ${operation}`;
const keyOf = ({ key }: Waiter, held: WaitReason): string =>
  'operation' in held && held.operation !== undefined ? ofOperation(key, held.operation) : key;
const keysOf = (applicant: Applicant): readonly string[] => {
  const key = waiterKey(applicant);
  return applicant.operation === undefined ? [key] : [key, ofOperation(key, applicant.operation)];
};

export type QueueParts = {
  readonly ticker: Ticker;
  readonly clock: StoreClock;
  readonly policy: QuotaPolicy;
  readonly outage: Outage;
  /** Units in a window, as last seen. */
  readonly limit: () => number;
};

export const createQueue = ({ ticker, clock, policy, outage, limit }: QueueParts) => {
  const waiting: Waiter[] = [];
  const refusals = createRefusalMemory();
  /** Places that calls have left early, not yet written for other instances. */
  let leftPlaces: readonly LeftPlace[] = [];

  const refusal = (applicant: Applicant, { expectedMillis, held }: Outlook): Error =>
    refusalOf(applicant, held, limit(), policy, expectedMillis - clock.earliestMillis());

  const leavePlace = ({ applicant: { consumerId }, placeMillis }: Waiter): void => {
    if (placeMillis === undefined || placeMillis <= clock.earliestMillis()) return;
    leftPlaces = [...leftPlaces.slice(1 - mostLeft), { consumerId, untilMillis: placeMillis }];
  };

  const remove = (waiter: Waiter): void => {
    const index = waiting.indexOf(waiter);
    if (index >= 0) waiting.splice(index, 1);
  };

  const refuse = (waiter: Waiter, error: Error): void => {
    remove(waiter);
    leavePlace(waiter);
    waiter.refuse(error);
  };

  /** The reason when a call's time is over: the store fails, or the last known state of the budget holds. */
  const lateError = ({ applicant, expectedMillis, held }: Waiter): Error =>
    outage.isFailing()
      ? unavailable(outage.lastCause())
      : refusal(applicant, { expectedMillis: expectedMillis ?? Number.NaN, held: held ?? { by: 'tenant' } });

  return {
    all: (): Waiter[] => [...waiting],
    isEmpty: (): boolean => waiting.length === 0,
    has: (waiter: Waiter): boolean => waiting.includes(waiter),
    add: (waiter: Waiter): void => void waiting.push(waiter),
    addFirst: (waiter: Waiter): void => void waiting.unshift(waiter),
    remove,
    /** Takes out the first call that fits and frees its place; undefined if there is none. */
    takeFirst(fits: (waiter: Waiter) => boolean): Waiter | undefined {
      const found = waiting.find(fits);
      if (!found) return undefined;
      remove(found);
      leavePlace(found);
      return found;
    },
    /** Another waiting call of the same kind; then this one waits too. A call of a paused operation counts only for calls of that operation. */
    before: ({ key, applicant: { operation } }: Waiter): Waiter | undefined =>
      waiting.findLast((one) => one.key === key && (one.held?.by !== 'operation' || one.held.operation === operation)),
    hasInteractive: (): boolean => waiting.some(({ applicant }) => applicant.priority === 'interactive'),
    /** Calls that no round has seen yet. */
    hasNew: (): boolean => waiting.some(({ expectedMillis }) => expectedMillis === undefined),
    /** Infinity if no call waits. */
    nextDeadlineMillis: (): number => Math.min(...waiting.map(({ deadlineMillis }) => deadlineMillis)),
    /** @param forMillis how long calls like this one are refused at once. */
    refuseAndRemember(waiter: Waiter, forMillis: number, outlook: Outlook): void {
      refusals.remember(keyOf(waiter, outlook.held), ticker.monotonicMillis(), forMillis, outlook);
      refuse(waiter, refusal(waiter.applicant, outlook));
    },
    refuseAll(error: Error): void {
      for (const waiter of [...waiting]) refuse(waiter, error);
    },
    admitAll(how: Admission['how']): void {
      for (const waiter of waiting.splice(0)) {
        leavePlace(waiter);
        waiter.admit(how);
      }
    },
    /** Refuses the calls whose time is over. */
    expire(): void {
      const now = ticker.monotonicMillis();
      for (const waiter of [...waiting]) if (waiter.deadlineMillis < now) refuse(waiter, lateError(waiter));
    },
    /** The refusal of a call without a read of the store, because a call of the same kind was refused a moment ago. */
    foresee(applicant: Applicant, deadlineMillis: number): Error | undefined {
      const nowMillis = ticker.monotonicMillis();
      const known = keysOf(applicant).map((key) => refusals.recall(key, nowMillis));
      // The refused call may have had less time to wait.
      const latestMillis = deadlineMillis + clock.earliestMillis() - nowMillis;
      const outlook = known.find((one) => one && (one.held.by === 'waiting' || one.expectedMillis > latestMillis));
      return outlook && refusal(applicant, outlook);
    },
    leftPlaces: (): readonly LeftPlace[] => leftPlaces,
    /** Forgets the releases that were written. */
    forgetLeft(written: readonly LeftPlace[]): void {
      leftPlaces = leftPlaces.filter((place) => !written.includes(place));
    },
  };
};
export type Queue = ReturnType<typeof createQueue>;
