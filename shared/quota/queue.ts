/** The queue of one instance: calls that wait, how they are refused, and what is remembered of that. */

import type { Outage } from './outage.ts';
import type { LeftPlace } from './places.ts';
import type { QuotaPolicy } from './policy.ts';
import { createRefusalMemory, type Outlook, refusalOf, unavailable } from './refusals.ts';
import type { StoreClock } from './store-clock.ts';
import type { Ticker } from './ticker.ts';
import type { WaitReason } from './wait-reason.ts';
import { type Admission, type Applicant, type Waiter, waiterKey } from './waiting.ts';

/** Places that were left are hints for others, who see them end anyway. */
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
  /** Places that calls have left before their time, and that others do not know of yet. */
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

  /** While the store fails, nothing is known of the budget; else its last state holds, or others keep writing first. */
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
    /** Takes out the first that fits, which leaves its place; undefined when there is none. */
    takeFirst(fits: (waiter: Waiter) => boolean): Waiter | undefined {
      const found = waiting.find(fits);
      if (!found) return undefined;
      remove(found);
      leavePlace(found);
      return found;
    },
    /** Another call of its kind that waits, so that it waits too; those of a paused operation tell nothing of others. */
    before: ({ key, applicant: { operation } }: Waiter): Waiter | undefined =>
      waiting.findLast((one) => one.key === key && (one.held?.by !== 'operation' || one.held.operation === operation)),
    hasInteractive: (): boolean => waiting.some(({ applicant }) => applicant.priority === 'interactive'),
    /** Calls that no round has looked at yet. */
    hasNew: (): boolean => waiting.some(({ expectedMillis }) => expectedMillis === undefined),
    /** Infinity when nobody waits. */
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
    /** The refusal that a call gets without a look at the store, since one like it was refused a moment ago. */
    foresee(applicant: Applicant, deadlineMillis: number): Error | undefined {
      const nowMillis = ticker.monotonicMillis();
      const known = keysOf(applicant).map((key) => refusals.recall(key, nowMillis));
      // The one that was refused may have had less time to wait.
      const latestMillis = deadlineMillis + clock.earliestMillis() - nowMillis;
      const outlook = known.find((one) => one && (one.held.by === 'waiting' || one.expectedMillis > latestMillis));
      return outlook && refusal(applicant, outlook);
    },
    leftPlaces: (): readonly LeftPlace[] => leftPlaces,
    /** These are written now. */
    forgetLeft(written: readonly LeftPlace[]): void {
      leftPlaces = leftPlaces.filter((place) => !written.includes(place));
    },
  };
};
export type Queue = ReturnType<typeof createQueue>;
