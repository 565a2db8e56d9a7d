/** How long an instance pauses between two rounds. */
import type { GovernorOptions } from './governor-options.ts';
import type { Queue } from './queue.ts';
import type { StoreClock } from './store-clock.ts';

const shortestMillis = 20;
const longestMillis = 1_000;

export const createPauses = (
  { ticker, policy }: Pick<GovernorOptions, 'ticker' | 'policy'>,
  queue: Queue,
  clock: StoreClock,
) => ({
  longestMillis,
  /** @param retryAtMillis store's clock; undefined = no call waits. */
  afterDecision(retryAtMillis = Number.POSITIVE_INFINITY): number {
    const bounded = Math.min(longestMillis, Math.max(shortestMillis, retryAtMillis - clock.earliestMillis()));
    // Spreads the instances, which all wait for the same units to become free.
    return bounded + ticker.random() * (queue.hasInteractive() ? Math.min(bounded, 50) : policy.horizonMillis / 2);
  },
  /** Pause after a lost race. The winner has probably taken the free units, so background calls pause longer. */
  afterConflict: (conflicts: number): number =>
    Math.ceil(ticker.random() * (queue.hasInteractive() ? 10 * conflicts : Math.min(300, 40 * conflicts))),
});
