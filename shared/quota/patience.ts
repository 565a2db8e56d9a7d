/** Decides which calls without a unit keep waiting, and which are refused now. */
import { type Priority, priorities } from '../exchange/quota-profile.ts';
import type { Decision } from './decide.ts';
import type { Queue } from './queue.ts';
import { createServiceRate, type ServiceRate } from './service-rate.ts';
import type { StoreClock } from './store-clock.ts';
import type { Ticker } from './ticker.ts';
import type { WaitReason } from './wait-reason.ts';
import type { Waiter } from './waiting.ts';

/** A queue counts as full if its expected wait exceeds the longest wait by this factor, because the estimate of its pace is that inexact. */
const estimateTolerance = 1.25;
/** How long calls are refused without a read of the store after no waiting place was free. It is short: a place may become free at any time. */
const placeMemoryMillis = 300;

export const createPatience = (queue: Queue, ticker: Ticker, clock: StoreClock) => {
  const rates: Record<Priority, ServiceRate> = { interactive: createServiceRate(), background: createServiceRate() };

  /** Refuses the call if it will not get a slot in time, or may not wait. Calls of a paused operation do not count as ahead of others. */
  const weighOne = (waiter: Waiter, held: WaitReason, decidedMillis: number, ahead: Record<Priority, number>): void => {
    const nowMillis = ticker.monotonicMillis();
    const offset = clock.earliestMillis() - nowMillis;
    const { priority } = waiter.applicant;
    const isBeside = held.by === 'operation';
    const queueMillis = isBeside ? 0 : rates[priority].waitMillis(ahead[priority], nowMillis) / estimateTolerance;
    const expectedMillis = Math.max(decidedMillis, nowMillis + offset + queueMillis);
    Object.assign(waiter, { expectedMillis, held });
    const spareMillis = waiter.deadlineMillis + offset - expectedMillis;
    if (held.by === 'waiting') queue.refuseAndRemember(waiter, placeMemoryMillis, { expectedMillis, held });
    else if (spareMillis < 0) queue.refuseAndRemember(waiter, -spareMillis, { expectedMillis, held });
    else if (!isBeside) ahead[priority] += 1;
  };

  return {
    /** A call of this priority has got its unit. */
    served: (priority: Priority): void => rates[priority].served(1, ticker.monotonicMillis()),
    /** @param waiters those that the decision was about. */
    weigh(waiters: readonly Waiter[], decision: Decision): void {
      const ahead: Record<Priority, number> = { interactive: 0, background: 0 };
      const granted = new Set(decision.grants.map(({ ask }) => ask));
      waiters.forEach((waiter, index) => {
        // A call that had a grant and waits again was too late for it, so it is assessed anew.
        if (granted.has(index) || !queue.has(waiter)) return;
        weighOne(waiter, decision.held[index] ?? { by: 'tenant' }, decision.expectedMillis[index] as number, ahead);
      });
      for (const priority of priorities) rates[priority].watch(ahead[priority] > 0, ticker.monotonicMillis());
    },
  };
};
export type Patience = ReturnType<typeof createPatience>;
