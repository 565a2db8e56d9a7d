/**
 * The governor of one instance: queues calls, and in rounds reads what all instances share, decides, writes, and lets
 * calls go when their slots come. One round at a time, so calls that come together share a read and a write.
 */
import { afterUpstreamRefusal, type UpstreamRefusal } from './correction.ts';
import { type Decision, decide } from './decide.ts';
import { type GovernorCounts, type GovernorOptions, newCounts } from './governor-options.ts';
import { createLeases } from './leases.ts';
import { createOutage } from './outage.ts';
import { longestWaitMillis, type Priority, priorities } from './policy.ts';
import { createRefusalMemory, refusalOf } from './refusals.ts';
import { createServiceRate, type ServiceRate } from './service-rate.ts';
import { createSharedView } from './shared-view.ts';
import type { QuotaState } from './state.ts';
import { createStoreClock } from './store-clock.ts';
import { type Admission, type Applicant, noUnit, toAsk, type Waiter, waiterKey } from './waiting.ts';

const shortestPauseMillis = 20;
const longestPauseMillis = 1_000;
/** Who has no time to wait still has the time to ask. */
const leastWaitMillis = 500;
/** A queue that is this much longer than the wait allows is full; the estimate of its pace is not better than that. */
const estimateTolerance = 1.25;

/** The unit of another call has not been counted in the caps of this one. */
const isCapped = ({ applicant }: Waiter): boolean => applicant.caps !== undefined && applicant.caps.length > 0;

export const createGovernor = (options: GovernorOptions) => {
  const { store, ticker, policy, mode = 'enforce', whenStoreFails = 'refuse' } = options;
  const counts = newCounts();
  const clock = createStoreClock(ticker, options.bounds);
  const view = createSharedView(store, ticker, clock, policy, options.storeTimeoutMillis ?? 1_000, counts);
  const waiting: Waiter[] = [];
  const refusals = createRefusalMemory();
  const rates: Record<Priority, ServiceRate> = { interactive: createServiceRate(), background: createServiceRate() };
  const seen = { freeUnits: policy.limit, limit: policy.limit };
  /** Waiters whose write is on its way: they can be neither refused nor served otherwise. */
  let inFlight: ReadonlySet<Waiter> = new Set();
  /** Tags of the consumers that have waited here without a break. */
  let backlog: ReadonlyMap<string, number> = new Map();
  let isRunning = false;
  let cancelRound = () => {};
  let cancelSlot = () => {};
  const outage = createOutage();
  let refusedByUpstream: UpstreamRefusal | undefined;

  const leases = createLeases(clock, policy, {
    takeMoreUrgent(waiter) {
      if (waiter.applicant.priority === 'interactive' || isCapped(waiter)) return undefined;
      const urgent = waiting.find(
        (other) => other.applicant.priority === 'interactive' && !isCapped(other) && !inFlight.has(other),
      );
      if (urgent) waiting.splice(waiting.indexOf(urgent), 1);
      return urgent;
    },
    putBack(waiter) {
      waiter.expectedMillis = undefined;
      waiting.unshift(waiter);
      start();
    },
    onLate: () => {
      counts.late += 1;
    },
  });

  /** The refusal that a call gets without a look at the store, since one like it was refused a moment ago. */
  const foreseenRefusal = (applicant: Applicant, deadlineMillis: number): Error | undefined => {
    const nowMillis = ticker.monotonicMillis();
    const expectedMillis = refusals.recall(waiterKey(applicant), nowMillis);
    // Who was refused may have had less time to wait.
    const isHopeless =
      expectedMillis !== undefined && expectedMillis > deadlineMillis + clock.earliestMillis() - nowMillis;
    return isHopeless ? refusal(applicant, expectedMillis) : undefined;
  };

  const refuse = (waiter: Waiter, expectedMillis: number): void => {
    const index = waiting.indexOf(waiter);
    if (index >= 0) waiting.splice(index, 1);
    waiter.refuse(refusal(waiter.applicant, expectedMillis));
  };

  const refusal = (applicant: Applicant, expectedMillis: number): Error =>
    refusalOf(applicant, seen.limit, policy, expectedMillis - clock.earliestMillis());

  const expire = (): void => {
    const now = ticker.monotonicMillis();
    for (const waiter of [...waiting])
      if (waiter.deadlineMillis < now) refuse(waiter, waiter.expectedMillis ?? clock.earliestMillis() + 1_000);
  };

  const useDueLeases = (): void => {
    cancelSlot();
    leases.useDue();
    const next = leases.nextSlotMillis();
    if (next === undefined) return;
    cancelSlot = ticker.after(Math.max(1, Math.ceil(next - clock.earliestMillis())), useDueLeases);
  };

  /** Refuses those that will not get a slot in time, and remembers it for those that come after them. */
  const weighPatience = (waiters: readonly Waiter[], decision: Decision): void => {
    const nowMillis = ticker.monotonicMillis();
    const offset = clock.earliestMillis() - nowMillis;
    const ahead: Record<Priority, number> = { interactive: 0, background: 0 };
    const granted = new Set(decision.grants.map(({ ask }) => ask));
    waiters.forEach((waiter, index) => {
      // One that had a grant and waits again was too late for it: it is looked at anew.
      if (granted.has(index) || !waiting.includes(waiter)) return;
      const { priority } = waiter.applicant;
      const likelyMillis =
        nowMillis + offset + rates[priority].waitMillis(ahead[priority], nowMillis) / estimateTolerance;
      const expectedMillis = Math.max(decision.expectedMillis[index] as number, likelyMillis);
      waiter.expectedMillis = expectedMillis;
      ahead[priority] += 1;
      const spareMillis = waiter.deadlineMillis + offset - expectedMillis;
      if (spareMillis >= 0) return;
      ahead[priority] -= 1;
      refusals.remember(waiter.key, nowMillis, -spareMillis, expectedMillis);
      refuse(waiter, expectedMillis);
    });
    for (const priority of priorities) rates[priority].watch(ahead[priority] > 0, nowMillis);
  };

  const takeGrants = (waiters: readonly Waiter[], decision: Decision): void => {
    const granted = new Set(decision.grants.map(({ ask }) => waiters[ask] as Waiter));
    for (const waiter of granted) rates[waiter.applicant.priority].served(1, ticker.monotonicMillis());
    const kept = waiting.filter((waiter) => !granted.has(waiter));
    waiting.splice(0, waiting.length, ...kept);
    leases.hold(decision.grants, waiters);
    useDueLeases();
  };

  /** One read, one decision, and a write if there is something to write. False = somebody else wrote first. */
  const round = async (): Promise<Decision | undefined> => {
    const shared = await view.read();
    const upstream = refusedByUpstream;
    const waiters = [...waiting];
    const nowMillis = ticker.monotonicMillis();
    const offset = clock.earliestMillis() - nowMillis;
    const settlements = leases.takeSettlements();
    const now = { earliestMillis: clock.earliestMillis(), latestMillis: clock.latestMillis() };
    const state = upstream ? afterUpstreamRefusal(shared.state, policy, now.earliestMillis, upstream) : shared.state;
    const decision = decide({
      state,
      policy,
      now,
      asks: waiters.map((waiter) => toAsk(waiter, offset)),
      settlements,
      reservations: options.reservations?.() ?? [],
      backlog,
      mustWrite: state !== shared.state,
    });
    seen.freeUnits = decision.freeNow;
    seen.limit = decision.limit;
    if (decision.next) {
      if (decision.grants.length === 0) counts.marks += 1;
      inFlight = new Set(waiters);
      const isWritten = await view.write(shared, decision.next).finally(() => {
        inFlight = new Set();
      });
      if (!isWritten) {
        leases.giveBack(settlements);
        return undefined;
      }
      takeGrants(waiters, decision);
    } else leases.giveBack(settlements);
    if (refusedByUpstream === upstream) refusedByUpstream = undefined;
    weighPatience(waiters, decision);
    const waitingKeys = new Set(waiting.map(({ key }) => key));
    backlog = new Map([...decision.backlog].filter(([key]) => waitingKeys.has(key)));
    return decision;
  };

  const hasInteractive = (): boolean => waiting.some(({ applicant }) => applicant.priority === 'interactive');

  const hasWork = (): boolean => waiting.length > 0 || refusedByUpstream !== undefined;

  /** Calls that nobody has looked at yet, or an upstream refusal to pass on: no reason to pause. */
  const isUrgent = (): boolean =>
    refusedByUpstream !== undefined || waiting.some(({ expectedMillis }) => expectedMillis === undefined);

  const failed = (): number => {
    const { pauseMillis, isLong } = outage.failed(ticker.monotonicMillis());
    if (isLong && whenStoreFails === 'admit') for (const waiter of waiting.splice(0)) waiter.admit('store-failed');
    else if (isLong) for (const waiter of [...waiting]) refuse(waiter, clock.earliestMillis() + longestPauseMillis);
    return pauseMillis;
  };

  const pauseAfter = (decision: Decision): number => {
    if (isUrgent()) return 0;
    const pause = (decision.retryAtMillis ?? Number.POSITIVE_INFINITY) - clock.earliestMillis();
    const bounded = Math.min(longestPauseMillis, Math.max(shortestPauseMillis, pause));
    // Not all instances at once when units come free that all of them wait for.
    return bounded + ticker.random() * (hasInteractive() ? Math.min(bounded, 50) : policy.horizonMillis / 2);
  };

  /** Who lost is likely to find that the winner has taken what there was: background calls need not hurry to see it. */
  const pauseAfterConflict = (conflicts: number): number =>
    Math.ceil(ticker.random() * (hasInteractive() ? 10 * conflicts : Math.min(300, 40 * conflicts)));

  const run = async (): Promise<void> => {
    isRunning = true;
    let conflicts = 0;
    let pauseMillis = 0;
    while (hasWork() && pauseMillis === 0) {
      expire();
      if (!hasWork()) break;
      try {
        const decision = await round();
        outage.over();
        conflicts = decision ? 0 : conflicts + 1;
        pauseMillis = decision ? pauseAfter(decision) : pauseAfterConflict(conflicts);
      } catch {
        pauseMillis = failed();
      }
    }
    isRunning = false;
    if (hasWork()) cancelRound = ticker.after(untilNextRound(pauseMillis), start);
  };

  /** No later than the next deadline, so that nobody waits in vain. */
  const untilNextRound = (pauseMillis: number): number => {
    const now = ticker.monotonicMillis();
    const deadline = Math.min(...waiting.map(({ deadlineMillis }) => deadlineMillis));
    return Math.max(1, Math.min(pauseMillis, Math.ceil(deadline - now) + 1));
  };

  const start = (): void => {
    if (isRunning) return;
    cancelRound();
    void run();
  };

  const enqueue = (waiter: Waiter): void => {
    const foreseen = foreseenRefusal(waiter.applicant, waiter.deadlineMillis);
    if (foreseen) {
      waiter.refuse(foreseen);
      return;
    }
    const before = waiting.findLast(({ key }) => key === waiter.key);
    // Behind one of its kind that is known to wait, it waits too: no reason to ask again.
    waiter.expectedMillis = before?.expectedMillis;
    waiting.push(waiter);
    if (waiter.expectedMillis === undefined) start();
  };

  const admission = (sinceMillis: number, how: Admission['how'], unit = noUnit): Admission => ({
    waitedMillis: ticker.monotonicMillis() - sinceMillis,
    units: 1,
    ...seen,
    how,
    ...unit,
  });

  const deadlineOf = ({ priority, waitMillis }: Applicant, sinceMillis: number): number => {
    const longest = longestWaitMillis(policy, priority);
    return sinceMillis + Math.max(leastWaitMillis, Math.min(longest, waitMillis ?? longest));
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
          counts.refused += 1;
          reject(error);
        },
      }),
    );
  };

  return {
    /**
     * Resolves when one call may be sent. Right before it is sent, `departs` must say that it still may; from then on it must
     * reach the upstream within `sendGuardMillis`: later it may break the ceiling.
     * @throws AppError TOO_MANY_REQUESTS with `retryAfterSeconds` when that would take too long, or the store cannot be asked.
     */
    async admit(applicant: Applicant): Promise<Admission> {
      if (mode === 'enforce') return wait(applicant);
      wait(applicant).then(
        ({ waitedMillis, departs }) => {
          departs();
          if (waitedMillis > 100) counts.wouldWait += 1;
        },
        () => {
          counts.wouldRefuse += 1;
        },
      );
      return admission(ticker.monotonicMillis(), 'shadow');
    },
    /** What `admit` would refuse this call with before it asks the store or waits; undefined = it would not. Costs nothing. */
    foresee(applicant: Applicant): Error | undefined {
      const foreseen =
        mode === 'enforce' ? foreseenRefusal(applicant, deadlineOf(applicant, ticker.monotonicMillis())) : undefined;
      if (foreseen) counts.refused += 1;
      return foreseen;
    },
    /** Tells that the upstream answered 429 for quota. The budget shrinks for everybody, and recovers. */
    upstreamRefused(retryAfterMillis?: number): void {
      counts.upstream429 += 1;
      refusedByUpstream = { sinceMillis: clock.earliestMillis(), retryAfterMillis };
      start();
    },
    counts: (): Readonly<GovernorCounts> => counts,
    clock,
    /** What all instances share, as this one saw it last. */
    lastState: (): QuotaState | undefined => view.last(),
  };
};
export type Governor = ReturnType<typeof createGovernor>;
