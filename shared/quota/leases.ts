/**
 * Units that this instance holds until their slot comes. Each unit goes to the call it was granted for, or to a more urgent call
 * that came later. A unit that comes too late, because the instance was frozen or the store was slow, is never used: the ledger
 * may have stopped counting it. If the ledger still counts it, it is given back.
 */
import { bucketOf, type Settlement } from './ledger.ts';
import type { QuotaPolicy } from './policy.ts';
import type { Grant } from './round.ts';
import type { StoreClock } from './store-clock.ts';
import type { Waiter } from './waiting.ts';

type Lease = Grant & { readonly waiter: Waiter };
/**
 * A unit whose call was admitted and has not yet been seen to reach the upstream. `latestMillis`: the latest time at which it was
 * sent; until it departs, that is the end of its lease.
 */
type Sent = { readonly bucket: number; readonly useBeforeMillis: number; latestMillis: number; isSettled: boolean };

export type LeaseEvents = {
  /** Takes a more urgent call than this one out of the queue; undefined if there is none. */
  readonly takeMoreUrgent: (waiter: Waiter) => Waiter | undefined;
  /** The call has to wait again. */
  readonly putBack: (waiter: Waiter) => void;
  readonly onLate: () => void;
};

export const createLeases = (
  clock: StoreClock,
  policy: Pick<QuotaPolicy, 'windowMillis' | 'sendGuardMillis'>,
  events: LeaseEvents,
) => {
  const leases: Lease[] = [];
  let sent: Sent[] = [];
  /** By `from`, then `to` (0 = not used). */
  let settlements = new Map<number, Map<number, number>>();

  const note = (from: number, to: number) => {
    const byTo = settlements.get(from) ?? new Map<number, number>();
    byTo.set(to, (byTo.get(to) ?? 0) + 1);
    settlements.set(from, byTo);
  };

  const use = (lease: Lease): void => {
    const latestMillis = clock.latestMillis();
    if (latestMillis > lease.useBeforeMillis) {
      events.onLate();
      note(lease.bucket, 0);
      lease.waiter.charged = true;
      events.putBack(lease.waiter);
      return;
    }
    const urgent = events.takeMoreUrgent(lease.waiter);
    if (urgent) {
      // The two calls swap their units, and so their due times.
      urgent.charged = lease.waiter.charged;
      lease.waiter.charged = true;
      events.putBack(lease.waiter);
    }
    const { bucket, useBeforeMillis } = lease;
    const unit: Sent = { bucket, useBeforeMillis, latestMillis: useBeforeMillis, isSettled: false };
    sent.push(unit);
    (urgent ?? lease.waiter).admit('granted', {
      departs: () => depart(unit),
      answered: () => settle(unit, clock.latestMillis()),
      unsent: () => release(unit),
    });
  };

  /** Whether the unit may still be used: the ledger counts it for a send at the end of its lease at the latest. */
  const depart = (unit: Sent): boolean => {
    const latestMillis = clock.latestMillis();
    if (!unit.isSettled && latestMillis <= unit.useBeforeMillis) {
      unit.latestMillis = latestMillis;
      return true;
    }
    events.onLate();
    release(unit);
    return false;
  };

  /** The call reached the upstream at this time, or before its guard ended. */
  const settle = (unit: Sent, arrivedMillis: number): void => {
    if (unit.isSettled) return;
    unit.isSettled = true;
    const to = bucketOf(Math.min(arrivedMillis, unit.latestMillis + policy.sendGuardMillis) + policy.windowMillis);
    if (to < unit.bucket) note(unit.bucket, to);
  };

  /** The call was never sent: nothing will arrive. */
  const release = (unit: Sent): void => {
    if (unit.isSettled) return;
    unit.isSettled = true;
    note(unit.bucket, 0);
  };

  return {
    hold(grants: readonly Grant[], waiters: readonly Waiter[]): void {
      for (const grant of grants) leases.push({ ...grant, waiter: waiters[grant.ask] as Waiter });
      leases.sort((one, other) => one.slotMillis - other.slotMillis);
    },
    /** Uses every unit whose slot has come. */
    useDue(): void {
      const earliestMillis = clock.earliestMillis();
      while (leases[0] && leases[0].slotMillis <= earliestMillis) use(leases.shift() as Lease);
    },
    /** Store's clock; undefined when nothing is held. */
    nextSlotMillis: (): number | undefined => leases[0]?.slotMillis,
    /** Settlements: units that the ledger may stop counting earlier. The caller writes them at most once; twice would free units of other calls. */
    takeSettlements(): Settlement[] {
      const latestMillis = clock.latestMillis();
      for (const unit of sent)
        if (latestMillis > unit.latestMillis + policy.sendGuardMillis) settle(unit, latestMillis);
      sent = sent.filter(({ isSettled }) => !isSettled);
      const taken: Settlement[] = [];
      for (const [from, byTo] of settlements)
        for (const [to, units] of byTo) taken.push({ from, to: to === 0 ? undefined : to, units });
      settlements = new Map();
      return taken;
    },
    /** Hands settlements back that were certainly not written. */
    giveBack(taken: readonly Settlement[]): void {
      for (const { from, to, units } of taken) for (let unit = 0; unit < units; unit += 1) note(from, to ?? 0);
    },
  };
};
