/**
 * The governor of one instance: queues calls, and in rounds reads what all instances share, decides, writes, and lets
 * calls go when their slots come. One round at a time, so calls that come together share a read and a write.
 */
import { AppError } from '../errors/app-error.ts';
import { type Priority, priorities } from '../exchange/quota-profile.ts';
import { afterUpstreamRefusal, type UpstreamRefusal } from './correction.ts';
import { type Decision, decide } from './decide.ts';
import { type GovernorCounts, type GovernorOptions, newCounts } from './governor-options.ts';
import type { Held } from './held.ts';
import { createLeases } from './leases.ts';
import { isSlowed } from './operation-pauses.ts';
import { createOutage } from './outage.ts';
import type { LeftPlace } from './places.ts';
import { longestWaitMillis } from './policy.ts';
import { createRefusalMemory, type Outlook, refusalOf, unavailable } from './refusals.ts';
import { createServiceRate, type ServiceRate } from './service-rate.ts';
import { createSharedView, QuotaStoreError } from './shared-view.ts';
import type { QuotaState } from './state.ts';
import { createStoreClock } from './store-clock.ts';
import { type Admission, type Applicant, noUnit, toAsk, type Waiter, waiterKey } from './waiting.ts';

const shortestPauseMillis = 20;
const longestPauseMillis = 1_000;
/** Who has no time to wait still has the time to ask. */
const leastWaitMillis = 500;
/** A queue that is this much longer than the wait allows is full; the estimate of its pace is not better than that. */
const estimateTolerance = 1.25;

/** How long calls are refused without a look at the store once no place was free: one may come free at any time. */
const placeMemoryMillis = 300;

/** Refusals come in crowds. The first ones say all there is to say. */
const mostNews = 50;

/** Refusals are remembered by consumer and priority, those of a paused operation by the operation as well. */
const ofOperation = (key: string, operation: string): string => `${key} ${operation}`;
const keyOf = ({ key }: Waiter, held: Held): string =>
  held.by === 'operation' ? ofOperation(key, held.operation) : key;
const keysOf = (applicant: Applicant): readonly string[] => {
  const key = waiterKey(applicant);
  return applicant.operation === undefined ? [key] : [key, ofOperation(key, applicant.operation)];
};

/** The unit of another call has not been counted in the caps of this one. */
const isCapped = ({ applicant }: Waiter): boolean => applicant.caps !== undefined && applicant.caps.length > 0;

export const createGovernor = (options: GovernorOptions) => {
  const { store, ticker, policy, mode = 'enforce', whenStoreFails = 'refuse', tell = () => {} } = options;
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
  const outage = createOutage(tell);
  /** Places that calls have left before their time, and that others do not know of yet. */
  let leftPlaces: readonly LeftPlace[] = [];
  /** Refusals of the upstream that others do not know of yet. */
  let news: readonly UpstreamRefusal[] = [];

  const isPaused = ({ applicant: { operation } }: Waiter): boolean =>
    operation !== undefined && isSlowed(view.last()?.operations?.[operation], clock.earliestMillis());

  const leases = createLeases(clock, policy, {
    takeMoreUrgent(waiter) {
      if (waiter.applicant.priority === 'interactive' || isCapped(waiter)) return undefined;
      const urgent = waiting.find(
        (other) =>
          other.applicant.priority === 'interactive' && !isCapped(other) && !inFlight.has(other) && !isPaused(other),
      );
      if (urgent) waiting.splice(waiting.indexOf(urgent), 1);
      return urgent;
    },
    putBack(waiter) {
      Object.assign(waiter, { expectedMillis: undefined, held: { by: 'tenant' }, placeMillis: undefined });
      waiting.unshift(waiter);
      startSoon();
    },
    onLate: () => {
      counts.late += 1;
    },
  });

  /** The refusal that a call gets without a look at the store, since one like it was refused a moment ago. */
  const foreseenRefusal = (applicant: Applicant, deadlineMillis: number): Error | undefined => {
    const nowMillis = ticker.monotonicMillis();
    const known = keysOf(applicant).map((key) => refusals.recall(key, nowMillis));
    // Who was refused may have had less time to wait.
    const latestMillis = deadlineMillis + clock.earliestMillis() - nowMillis;
    const outlook = known.find((one) => one && (one.held.by === 'waiting' || one.expectedMillis > latestMillis));
    return outlook && refusal(applicant, outlook);
  };

  /** `outlook` undefined = the store gave no answer in time, so nothing is known of the budget. */
  const refuse = (waiter: Waiter, outlook: Outlook | undefined): void => {
    const index = waiting.indexOf(waiter);
    if (index >= 0) waiting.splice(index, 1);
    leavePlace(waiter);
    waiter.refuse(outlook ? refusal(waiter.applicant, outlook) : unavailable(outage.lastCause()));
  };

  const refusal = (applicant: Applicant, { expectedMillis, held }: Outlook): Error =>
    refusalOf(applicant, held, seen.limit, policy, expectedMillis - clock.earliestMillis());

  const leavePlace = ({ applicant: { consumerId }, placeMillis }: Waiter): void => {
    if (placeMillis === undefined || placeMillis <= clock.earliestMillis()) return;
    leftPlaces = [...leftPlaces.slice(-mostNews), { consumerId, untilMillis: placeMillis }];
  };

  /** Ends the wait of all without a word about the budget. */
  const refuseAll = (error: Error): void => {
    for (const waiter of waiting.splice(0)) waiter.refuse(error);
  };

  const expire = (): void => {
    const now = ticker.monotonicMillis();
    for (const waiter of [...waiting])
      if (waiter.deadlineMillis < now)
        refuse(waiter, waiter.held && { expectedMillis: waiter.expectedMillis ?? now, held: waiter.held });
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
      const held: Held = decision.held[index] ?? { by: 'tenant' };
      // Calls of a paused operation stand in nobody's way.
      const isBeside = held.by === 'operation';
      const queueMillis = isBeside ? 0 : rates[priority].waitMillis(ahead[priority], nowMillis) / estimateTolerance;
      const likelyMillis = nowMillis + offset + queueMillis;
      const expectedMillis = Math.max(decision.expectedMillis[index] as number, likelyMillis);
      Object.assign(waiter, { expectedMillis, held });
      if (held.by === 'waiting') {
        refusals.remember(keyOf(waiter, held), nowMillis, placeMemoryMillis, { expectedMillis, held });
        refuse(waiter, { expectedMillis, held });
        return;
      }
      const spareMillis = waiter.deadlineMillis + offset - expectedMillis;
      if (spareMillis < 0) {
        refusals.remember(keyOf(waiter, held), nowMillis, -spareMillis, { expectedMillis, held });
        refuse(waiter, { expectedMillis, held });
      } else if (!isBeside) ahead[priority] += 1;
    });
    for (const priority of priorities) rates[priority].watch(ahead[priority] > 0, nowMillis);
  };

  const takeGrants = (waiters: readonly Waiter[], decision: Decision): void => {
    const granted = new Set(decision.grants.map(({ ask }) => waiters[ask] as Waiter));
    waiters.forEach((waiter, index) => {
      waiter.placeMillis = decision.placeMillis[index];
    });
    for (const waiter of granted) rates[waiter.applicant.priority].served(1, ticker.monotonicMillis());
    const kept = waiting.filter((waiter) => !granted.has(waiter));
    waiting.splice(0, waiting.length, ...kept);
    leases.hold(decision.grants, waiters);
    useDueLeases();
  };

  /** One read, one decision, and a write if there is something to write. False = somebody else wrote first. */
  const round = async (): Promise<Decision | undefined> => {
    const shared = await view.read();
    const told = news;
    const left = leftPlaces;
    const waiters = [...waiting];
    const nowMillis = ticker.monotonicMillis();
    const offset = clock.earliestMillis() - nowMillis;
    const settlements = leases.takeSettlements();
    const now = { earliestMillis: clock.earliestMillis(), latestMillis: clock.latestMillis() };
    const state = told.reduce(
      (before, refusal) => afterUpstreamRefusal(before, policy, now.earliestMillis, refusal),
      shared.state,
    );
    const decision = decide({
      state,
      policy,
      now,
      asks: waiters.map((waiter) => toAsk(waiter, offset)),
      settlements,
      reservations: options.reservations?.() ?? [],
      backlog,
      mustWrite: state !== shared.state,
      bound: mode === 'enforce' ? options.bound : undefined,
      leftPlaces: left,
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
      leftPlaces = leftPlaces.filter((place) => !left.includes(place));
    } else leases.giveBack(settlements);
    news = news.slice(told.length);
    weighPatience(waiters, decision);
    const waitingKeys = new Set(waiting.map(({ key }) => key));
    backlog = new Map([...decision.backlog].filter(([key]) => waitingKeys.has(key)));
    return decision;
  };

  const hasInteractive = (): boolean => waiting.some(({ applicant }) => applicant.priority === 'interactive');

  const hasWork = (): boolean => waiting.length > 0 || news.length > 0;

  /** Calls that nobody has looked at yet, or an upstream refusal to pass on: no reason to pause. */
  const isUrgent = (): boolean => news.length > 0 || waiting.some(({ expectedMillis }) => expectedMillis === undefined);

  const storeFailed = (cause: unknown): number => {
    const { pauseMillis, isLong } = outage.failed(ticker.monotonicMillis(), cause);
    if (isLong && whenStoreFails === 'admit') for (const waiter of waiting.splice(0)) waiter.admit('store-failed');
    else if (isLong) refuseAll(unavailable(cause));
    return pauseMillis;
  };

  /** A fault of this code is no failure of the store: nobody is let go for it, and nobody waits for it to pass. */
  const broken = (cause: unknown): number => {
    tell({ kind: 'fault', cause });
    news = [];
    refuseAll(new AppError('INTERNAL', { sent: false, cause }));
    return longestPauseMillis;
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
        outage.over(ticker.monotonicMillis());
        conflicts = decision ? 0 : conflicts + 1;
        pauseMillis = decision ? pauseAfter(decision) : pauseAfterConflict(conflicts);
      } catch (error) {
        pauseMillis = error instanceof QuotaStoreError ? storeFailed(error.cause) : broken(error);
      }
    }
    isRunning = false;
    if (hasWork()) startIn(pauseMillis);
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

  const startIn = (pauseMillis: number): void => {
    cancelRound();
    cancelRound = ticker.after(untilNextRound(pauseMillis), start);
  };

  /** At once, unless the store has just failed. */
  const startSoon = (): void => {
    const pauseMillis = outage.pauseMillis(ticker.monotonicMillis());
    if (pauseMillis === 0) start();
    else if (!isRunning) startIn(pauseMillis);
  };

  /** Another call of its kind that waits, so that it waits too; those of a paused operation tell nothing of others. */
  const before = ({ key, applicant: { operation } }: Waiter): Waiter | undefined =>
    waiting.findLast((one) => one.key === key && (one.held?.by !== 'operation' || one.held.operation === operation));

  const enqueue = (waiter: Waiter): void => {
    if (outage.isOn(ticker.monotonicMillis())) {
      if (whenStoreFails === 'admit') waiter.admit('store-failed');
      else waiter.refuse(unavailable(outage.lastCause()));
      return;
    }
    const foreseen = foreseenRefusal(waiter.applicant, waiter.deadlineMillis);
    if (foreseen) {
      waiter.refuse(foreseen);
      return;
    }
    // Behind one of its kind that is known to wait, it waits too: no reason to ask again.
    const { expectedMillis, held } = before(waiter) ?? {};
    Object.assign(waiter, { expectedMillis, held });
    waiting.push(waiter);
    if (waiter.expectedMillis === undefined) startSoon();
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
     * @throws AppError TOO_MANY_REQUESTS with `retryAfterSeconds` and the limit that refused when that would take too long,
     * QUOTA_UNAVAILABLE when the store cannot be asked, INTERNAL for a fault of this code.
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
      if (mode === 'shadow') return undefined;
      const nowMillis = ticker.monotonicMillis();
      const isDown = whenStoreFails === 'refuse' && outage.isOn(nowMillis);
      const foreseen = isDown
        ? unavailable(outage.lastCause())
        : foreseenRefusal(applicant, deadlineOf(applicant, nowMillis));
      if (foreseen) counts.refused += 1;
      return foreseen;
    },
    /**
     * Tells that the upstream answered 429 for quota. `operation` pauses; where refusals show that others spend the same
     * budget, it shrinks for everybody and recovers.
     */
    upstreamRefused(retryAfterMillis?: number, operation?: string): void {
      counts.upstream429 += 1;
      if (news.length < mostNews)
        news = [...news, { sinceMillis: clock.earliestMillis(), retryAfterMillis, operation }];
      startSoon();
    },
    counts: (): Readonly<GovernorCounts> => counts,
    clock,
    /** What all instances share, as this one saw it last. */
    lastState: (): QuotaState | undefined => view.last(),
  };
};
export type Governor = ReturnType<typeof createGovernor>;
