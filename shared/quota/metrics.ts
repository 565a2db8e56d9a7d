/** Metrics of the budget for operators, once a minute for each instance. */
import type { Governor } from './governor.ts';
import type { RefusalCause, RefusalCounts } from './governor-options.ts';
import type { QuotaPolicy } from './policy.ts';
import { tenantStanding } from './standing.ts';

const everyMillis = 60_000;

/** Names of metrics. Used and Limit are the tenant's as this instance saw them last; all others are this instance's own. */
export type QuotaMetrics = {
  /** Units that count now, of all instances; left out, as is the limit, before the budget was looked at. */
  readonly QuotaUsed?: number;
  /** The limit that the facade assumes: the configured limit, less the corrections after 429s of the upstream. */
  readonly QuotaLimit?: number;
  /** Mean wait of the calls admitted since the last time; 0 without any. */
  readonly QuotaWaitMillis: number;
  /** Counts since the last time. */
  readonly QuotaAdmitted: number;
  readonly QuotaStoreFailures: number;
  readonly QuotaUpstream429: number;
  /** Calls that were sent uncounted because the store failed. The ceiling does not hold for them. */
  readonly QuotaAdmittedUnasked: number;
};

export type BudgetMetrics = {
  readonly values: QuotaMetrics;
  /** Calls refused since the last time, by what refused them. */
  readonly refused: Readonly<RefusalCounts>;
};

/** @returns a function that gives the metrics when the last ones are a minute old, and undefined before. Costs no request. */
export const createQuotaMetrics = (
  governor: Governor,
  policy: QuotaPolicy,
  nowMillis: () => number,
): (() => BudgetMetrics | undefined) => {
  let before = { ...governor.counts() };
  let refusedBefore = { ...governor.refusals() };
  let takenMillis = nowMillis();

  const standing = (): Pick<QuotaMetrics, 'QuotaUsed' | 'QuotaLimit'> => {
    const state = governor.lastState();
    if (!state) return {};
    const { used, limit } = tenantStanding(state, policy, governor.clock.earliestMillis());
    return { QuotaUsed: used, QuotaLimit: limit };
  };

  const refusedSince = (): RefusalCounts => {
    const now = { ...governor.refusals() };
    const counted = (Object.entries(now) as [RefusalCause, number][]).map(
      ([cause, count]) => [cause, count - (refusedBefore[cause] ?? 0)] as const,
    );
    refusedBefore = now;
    return Object.fromEntries(counted.filter(([, count]) => count > 0));
  };

  return () => {
    // A clock that was set back must not stop the metrics.
    if (Math.abs(nowMillis() - takenMillis) < everyMillis) return undefined;
    takenMillis = nowMillis();
    const now = { ...governor.counts() };
    const since = (name: keyof typeof now): number => now[name] - before[name];
    const admitted = since('admitted') + since('admittedUnasked');
    const values = {
      ...standing(),
      QuotaWaitMillis: admitted > 0 ? Math.round(since('waitedMillis') / admitted) : 0,
      QuotaAdmitted: admitted,
      QuotaStoreFailures: since('storeFailures'),
      QuotaUpstream429: since('upstream429'),
      QuotaAdmittedUnasked: since('admittedUnasked'),
    };
    before = now;
    return { values, refused: refusedSince() };
  };
};
