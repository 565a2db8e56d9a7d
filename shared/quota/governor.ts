/** The governor of one instance: calls wait in its queue, and rounds decide which of them may be sent. */
import {
  causeOf,
  defaultStoreTimeoutMillis,
  type GovernorCounts,
  type GovernorOptions,
  newCounts,
  type RefusalCounts,
} from './governor-options.ts';
import { createOutage } from './outage.ts';
import { longestWaitMillis } from './policy.ts';
import { createQueue } from './queue.ts';
import { unavailable } from './refusals.ts';
import { createRounds } from './rounds.ts';
import { createSharedView } from './shared-view.ts';
import type { QuotaState } from './state.ts';
import { createStoreClock } from './store-clock.ts';
import { type Admission, type Applicant, noUnit, type Waiter, waiterKey } from './waiting.ts';

/** A call that may not wait may still take this long to ask the store. */
const leastWaitMillis = 500;
/** In shadow mode, a longer wait is counted as one. */
const shortWaitMillis = 100;

export const createGovernor = (options: GovernorOptions) => {
  const { store, ticker, policy, mode = 'enforce', whenStoreFails = 'refuse', tell = () => {} } = options;
  const counts = newCounts();
  const refusals: RefusalCounts = {};
  const clock = createStoreClock(ticker, options.bounds);
  const view = createSharedView(
    store,
    ticker,
    clock,
    policy,
    options.storeTimeoutMillis ?? defaultStoreTimeoutMillis,
    counts,
  );
  const outage = createOutage(tell);
  const queue = createQueue({ ticker, clock, policy, outage, limit: () => rounds.seen().limit });
  const rounds = createRounds({ options, queue, view, clock, outage, counts });

  const enqueue = (waiter: Waiter): void => {
    if (outage.isOn(ticker.monotonicMillis())) {
      if (whenStoreFails === 'admit') waiter.admit('store-failed');
      else waiter.refuse(unavailable(outage.lastCause()));
      return;
    }
    const foreseen = queue.foresee(waiter.applicant, waiter.deadlineMillis);
    if (foreseen) {
      waiter.refuse(foreseen);
      return;
    }
    // A call of the same kind waits already, so this one waits too: the store need not be asked again.
    const { expectedMillis, held } = queue.before(waiter) ?? {};
    Object.assign(waiter, { expectedMillis, held });
    queue.add(waiter);
    if (waiter.expectedMillis === undefined) rounds.startSoon();
  };

  const admission = (sinceMillis: number, how: Admission['how'], unit = noUnit): Admission => ({
    waitedMillis: ticker.monotonicMillis() - sinceMillis,
    units: 1,
    ...rounds.seen(),
    how,
    ...unit,
  });

  const deadlineOf = ({ priority, waitMillis }: Applicant, sinceMillis: number): number => {
    const longest = longestWaitMillis(policy, priority);
    return sinceMillis + Math.max(leastWaitMillis, Math.min(longest, waitMillis ?? longest));
  };

  const countRefusal = (error: Error): void => {
    counts.refused += 1;
    const cause = causeOf(error);
    refusals[cause] = (refusals[cause] ?? 0) + 1;
  };

  const wait = (applicant: Applicant): Promise<Admission> => {
    const sinceMillis = ticker.monotonicMillis();
    return new Promise((resolve, reject) =>
      enqueue({
        applicant,
        key: waiterKey(applicant),
        sinceMillis,
        deadlineMillis: deadlineOf(applicant, sinceMillis),
        charged: false,
        expectedMillis: undefined,
        admit(how, unit) {
          if (how === 'store-failed') counts.admittedUnasked += 1;
          else counts.admitted += 1;
          counts.waitedMillis += ticker.monotonicMillis() - sinceMillis;
          resolve(admission(sinceMillis, how, unit));
        },
        refuse(error) {
          countRefusal(error);
          reject(error);
        },
      }),
    );
  };

  const countInShadow = (waited: Promise<Admission>): void => {
    waited.then(
      ({ waitedMillis, departs }) => {
        departs();
        if (waitedMillis > shortWaitMillis) counts.wouldWait += 1;
      },
      () => {
        counts.wouldRefuse += 1;
      },
    );
  };

  return {
    /**
     * Resolves when one call may be sent. Right before it is sent, `departs` must say that it still may; from then on it must
     * reach the upstream within `sendGuardMillis`: later it may break the ceiling.
     * @throws AppError TOO_MANY_REQUESTS with `retryAfterSeconds` and the limit that refused when that would take too long,
     * QUOTA_UNAVAILABLE when the store cannot be asked, INTERNAL for a fault of this code.
     */
    async admit(applicant: Applicant): Promise<Admission> {
      if (mode === 'enforce') return wait(applicant);
      countInShadow(wait(applicant));
      return admission(ticker.monotonicMillis(), 'shadow');
    },
    /** The error with which `admit` would refuse this call at once; undefined = none. It makes no request. */
    foresee(applicant: Applicant): Error | undefined {
      if (mode === 'shadow') return undefined;
      const nowMillis = ticker.monotonicMillis();
      const isDown = whenStoreFails === 'refuse' && outage.isOn(nowMillis);
      const foreseen = isDown
        ? unavailable(outage.lastCause())
        : queue.foresee(applicant, deadlineOf(applicant, nowMillis));
      if (foreseen) countRefusal(foreseen);
      return foreseen;
    },
    /**
     * Reports a 429 for quota from the upstream. It pauses `operation`. If refusals show that others spend the same budget, the
     * budget shrinks for all instances and recovers later.
     */
    upstreamRefused(retryAfterMillis?: number, operation?: string): void {
      counts.upstream429 += 1;
      rounds.tellRefused({ sinceMillis: clock.earliestMillis(), retryAfterMillis, operation });
    },
    counts: (): Readonly<GovernorCounts> => counts,
    /** Refused calls since the start of the instance, by what refused them. */
    refusals: (): Readonly<RefusalCounts> => refusals,
    clock,
    /** The shared state as this instance last saw it. */
    lastState: (): QuotaState | undefined => view.last(),
  };
};
export type Governor = ReturnType<typeof createGovernor>;
