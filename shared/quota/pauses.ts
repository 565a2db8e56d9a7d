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
  /** @param retryAtMillis store's clock; undefined = nothing is waited for. */
  afterDecision(retryAtMillis = Number.POSITIVE_INFINITY): number {
    const bounded = Math.min(longestMillis, Math.max(shortestMillis, retryAtMillis - clock.earliestMillis()));
    // Not all instances at once when units come free that all of them wait for.
    return bounded + ticker.random() * (queue.hasInteractive() ? Math.min(bounded, 50) : policy.horizonMillis / 2);
  },
  /** The winner is likely to have taken what there was: background calls need not hurry to see it. */
  afterConflict: (conflicts: number): number =>
    Math.ceil(ticker.random() * (queue.hasInteractive() ? 10 * conflicts : Math.min(300, 40 * conflicts))),
});
