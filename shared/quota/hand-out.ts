/** Units on their way to calls: each goes to the call that it was granted for, when its slot comes, or to a more urgent one. */
import type { Decision } from './decide.ts';
import type { GovernorCounts, GovernorOptions } from './governor-options.ts';
import { createLeases } from './leases.ts';
import { isSlowed } from './operation-pauses.ts';
import type { Patience } from './patience.ts';
import type { Queue } from './queue.ts';
import type { SharedView } from './shared-view.ts';
import type { StoreClock } from './store-clock.ts';
import type { Waiter } from './waiting.ts';

/** The unit of another call has not been counted in the caps of this one. */
const isCapped = ({ applicant }: Waiter): boolean => applicant.caps !== undefined && applicant.caps.length > 0;

export type HandOutParts = {
  readonly options: Pick<GovernorOptions, 'ticker' | 'policy'>;
  readonly queue: Queue;
  readonly patience: Patience;
  readonly view: SharedView;
  readonly clock: StoreClock;
  readonly counts: GovernorCounts;
};

/** @param onPutBack a call has to wait again. */
export const createHandOut = (parts: HandOutParts, onPutBack: () => void) => {
  const { options, queue, patience, view, clock, counts } = parts;
  const { ticker, policy } = options;
  /** Waiters whose decision is being written. Until then they cannot be refused or served. */
  let inFlight: ReadonlySet<Waiter> = new Set();
  let cancelSlot = () => {};

  const isPaused = ({ applicant: { operation } }: Waiter): boolean =>
    operation !== undefined && isSlowed(view.last()?.operations?.[operation], clock.earliestMillis());

  const mayGoFirst = (other: Waiter): boolean =>
    other.applicant.priority === 'interactive' && !isCapped(other) && !inFlight.has(other) && !isPaused(other);

  const leases = createLeases(clock, policy, {
    takeMoreUrgent: (waiter) =>
      waiter.applicant.priority === 'interactive' || isCapped(waiter) ? undefined : queue.takeFirst(mayGoFirst),
    putBack(waiter) {
      Object.assign(waiter, { expectedMillis: undefined, held: { by: 'tenant' }, placeMillis: undefined });
      queue.addFirst(waiter);
      onPutBack();
    },
    onLate: () => {
      counts.late += 1;
    },
  });

  const useDue = (): void => {
    cancelSlot();
    leases.useDue();
    const next = leases.nextSlotMillis();
    if (next === undefined) return;
    cancelSlot = ticker.after(Math.max(1, Math.ceil(next - clock.earliestMillis())), useDue);
  };

  /** The decision may have been written. Calls that keep waiting therefore keep these places and take no second ones. */
  const keepPlaces = (waiters: readonly Waiter[], { grants, placeMillis }: Decision): void => {
    const granted = new Set(grants.map(({ ask }) => ask));
    waiters.forEach((waiter, index) => {
      if (!granted.has(index)) waiter.placeMillis = placeMillis[index];
    });
  };

  return {
    takeSettlements: leases.takeSettlements,
    giveBack: leases.giveBack,
    /** Keeps the waiters where they are while their decision is written. */
    async during(waiters: readonly Waiter[], decision: Decision, write: () => Promise<boolean>): Promise<boolean> {
      inFlight = new Set(waiters);
      try {
        return await write();
      } catch (error) {
        keepPlaces(waiters, decision);
        throw error;
      } finally {
        inFlight = new Set();
      }
    },
    /** Takes over the units of a decision that was written. */
    take(waiters: readonly Waiter[], decision: Decision): void {
      waiters.forEach((waiter, index) => {
        waiter.placeMillis = decision.placeMillis[index];
      });
      for (const { ask } of decision.grants) {
        const waiter = waiters[ask] as Waiter;
        patience.served(waiter.applicant.priority);
        queue.remove(waiter);
      }
      leases.hold(decision.grants, waiters);
      useDue();
    },
  };
};
