/** What an operator watches of the budget, once a minute and instance. */
import type { Governor } from './governor.ts';
import type { QuotaPolicy } from './policy.ts';
import { tenantStanding } from './standing.ts';

const everyMillis = 60_000;

/** Names of metrics. Used and Limit are the tenant's as this instance saw them last; all others are this instance's own. */
export type QuotaMetrics = {
  /** Units that count now, of all instances; left out, as is the limit, before the budget was looked at. */
  readonly QuotaUsed?: number;
  /** What the facade believes to have in a window: the configured limit, less what upstream 429s have taught. */
  readonly QuotaLimit?: number;
  /** Mean wait of the calls admitted since the last time; 0 without any. */
  readonly QuotaWaitMillis: number;
  /** Counts since the last time. */
  readonly QuotaAdmitted: number;
  readonly QuotaRefused: number;
  readonly QuotaStoreFailures: number;
  readonly QuotaUpstream429: number;
  /** Calls let go uncounted because the store failed: the ceiling does not hold for them. */
  readonly QuotaAdmittedUnasked: number;
};

/** @returns a function that gives the metrics when the last ones are a minute old, and undefined before. Costs no request. */
export const createQuotaMetrics = (
  governor: Governor,
  policy: QuotaPolicy,
  nowMillis: () => number,
): (() => QuotaMetrics | undefined) => {
  let before = { ...governor.counts() };
  let takenMillis = nowMillis();

  const standing = (): Pick<QuotaMetrics, 'QuotaUsed' | 'QuotaLimit'> => {
    const state = governor.lastState();
    if (!state) return {};
    const { used, limit } = tenantStanding(state, policy, governor.clock.earliestMillis());
    return { QuotaUsed: used, QuotaLimit: limit };
  };

  return () => {
    // A clock that was set back must not silence them.
    if (Math.abs(nowMillis() - takenMillis) < everyMillis) return undefined;
    takenMillis = nowMillis();
    const now = { ...governor.counts() };
    const since = (name: keyof typeof now): number => now[name] - before[name];
    const admitted = since('admitted') + since('admittedUnasked');
    const metrics = {
      ...standing(),
      QuotaWaitMillis: admitted > 0 ? Math.round(since('waitedMillis') / admitted) : 0,
      QuotaAdmitted: admitted,
      QuotaRefused: since('refused'),
      QuotaStoreFailures: since('storeFailures'),
      QuotaUpstream429: since('upstream429'),
      QuotaAdmittedUnasked: since('admittedUnasked'),
    };
    before = now;
    return metrics;
  };
};
