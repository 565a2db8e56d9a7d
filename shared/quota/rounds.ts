/**
 * The rounds of one instance. Each round reads the shared state, decides and writes; then calls are sent when their slots come. Only
 * one round runs at a time, so calls that come together share a read and a write.
 */
import { AppError } from '../errors/app-error.ts';
import { afterUpstreamRefusal, type UpstreamRefusal } from './correction.ts';
import { type Decision, decide } from './decide.ts';
import type { GovernorCounts, GovernorOptions } from './governor-options.ts';
import { createHandOut } from './hand-out.ts';
import type { Outage } from './outage.ts';
import { createPatience } from './patience.ts';
import { createPauses } from './pauses.ts';
import type { Queue } from './queue.ts';
import { unavailable } from './refusals.ts';
import { QuotaStoreError, type SharedView } from './shared-view.ts';
import type { StoreClock } from './store-clock.ts';
import { toAsk, type Waiter } from './waiting.ts';

/** Many refusals come at once. Only the first ones are passed on. */
const mostNews = 50;

export type RoundParts = {
  readonly options: GovernorOptions;
  readonly queue: Queue;
  readonly view: SharedView;
  readonly clock: StoreClock;
  readonly outage: Outage;
  readonly counts: GovernorCounts;
};

export const createRounds = ({ options, queue, view, clock, outage, counts }: RoundParts) => {
  const { ticker, policy, mode = 'enforce', whenStoreFails = 'refuse', tell = () => {} } = options;
  const patience = createPatience(queue, ticker, clock);
  const pauses = createPauses(options, queue, clock);
  const seen = { freeUnits: policy.limit, limit: policy.limit };
  /** Start tags of consumers that have waited here without a break. */
  let backlog: ReadonlyMap<string, number> = new Map();
  /** Refusals of the upstream that are not yet written for other instances. */
  let news: readonly UpstreamRefusal[] = [];
  let isRunning = false;
  let cancelRound = () => {};

  const handOut = createHandOut({ options, queue, patience, view, clock, counts }, () => startSoon());

  const decideNow = (stored: Awaited<ReturnType<typeof view.read>>, waiters: readonly Waiter[]) => {
    const now = { earliestMillis: clock.earliestMillis(), latestMillis: clock.latestMillis() };
    const offset = now.earliestMillis - ticker.monotonicMillis();
    const told = news;
    const state = told.reduce(
      (before, refusal) => afterUpstreamRefusal(before, policy, now.earliestMillis, refusal),
      stored.state,
    );
    const settlements = handOut.takeSettlements();
    const leftPlaces = queue.leftPlaces();
    const asks = waiters.map((waiter) => toAsk(waiter, offset));
    const bound = mode === 'enforce' ? options.bound : undefined;
    const reservations = options.reservations?.() ?? [];
    const mustWrite = state !== stored.state;
    const shared = { state, policy, now, settlements, leftPlaces, backlog, reservations, bound, mustWrite };
    return { decision: decide({ ...shared, asks }), settlements, leftPlaces, told };
  };

  /** One read, one decision, and a write if there is something to write. Undefined = another instance wrote first. */
  const round = async (): Promise<Decision | undefined> => {
    const stored = await view.read();
    const waiters = queue.all();
    const { decision, settlements, leftPlaces, told } = decideNow(stored, waiters);
    const { next } = decision;
    seen.freeUnits = decision.freeNow;
    seen.limit = decision.limit;
    if (next && decision.grants.length === 0) counts.marks += 1;
    const isWritten = next !== undefined && (await handOut.during(waiters, decision, () => view.write(stored, next)));
    if (!isWritten) handOut.giveBack(settlements);
    if (next && !isWritten) return undefined;
    if (isWritten) {
      handOut.take(waiters, decision);
      queue.forgetLeft(leftPlaces);
    }
    news = news.slice(told.length);
    patience.weigh(waiters, decision);
    const waitingKeys = new Set(queue.all().map(({ key }) => key));
    backlog = new Map([...decision.backlog].filter(([key]) => waitingKeys.has(key)));
    return decision;
  };

  const hasWork = (): boolean => !queue.isEmpty() || news.length > 0;

  const storeFailed = (cause: unknown): number => {
    const { pauseMillis, isLong } = outage.failed(ticker.monotonicMillis(), cause);
    if (isLong && whenStoreFails === 'admit') queue.admitAll('store-failed');
    else if (isLong) queue.refuseAll(unavailable(cause));
    return pauseMillis;
  };

  /** A fault of this code is not a failure of the store: no call is sent uncounted because of it, and no call waits for it to pass. */
  const broken = (cause: unknown): number => {
    tell({ kind: 'fault', cause });
    news = [];
    queue.refuseAll(new AppError('INTERNAL', { sent: false, cause }));
    return pauses.longestMillis;
  };

  const pauseFor = (decision: Decision): number =>
    // Calls that no round has seen, or a refusal of the upstream to pass on.
    news.length > 0 || queue.hasNew() ? 0 : pauses.afterDecision(decision.retryAtMillis);

  const run = async (): Promise<void> => {
    isRunning = true;
    let conflicts = 0;
    let pauseMillis = 0;
    while (hasWork() && pauseMillis === 0) {
      queue.expire();
      if (!hasWork()) break;
      try {
        const decision = await round();
        outage.over(ticker.monotonicMillis());
        conflicts = decision ? 0 : conflicts + 1;
        pauseMillis = decision ? pauseFor(decision) : pauses.afterConflict(conflicts);
      } catch (error) {
        pauseMillis = error instanceof QuotaStoreError ? storeFailed(error.cause) : broken(error);
      }
    }
    isRunning = false;
    if (hasWork()) startIn(pauseMillis);
  };

  const start = (): void => {
    if (isRunning) return;
    cancelRound();
    void run();
  };

  /** No later than the next deadline, so that no call waits beyond its own. */
  const startIn = (pauseMillis: number): void => {
    const untilDeadline = Math.ceil(queue.nextDeadlineMillis() - ticker.monotonicMillis()) + 1;
    cancelRound();
    cancelRound = ticker.after(Math.max(1, Math.min(pauseMillis, untilDeadline)), start);
  };

  /** At once, unless the store has just failed. */
  const startSoon = (): void => {
    const pauseMillis = outage.pauseMillis(ticker.monotonicMillis());
    if (pauseMillis === 0) start();
    else if (!isRunning) startIn(pauseMillis);
  };

  return {
    startSoon,
    /** Units that are free for all, and the limit, as last seen. */
    seen: (): Readonly<typeof seen> => seen,
    /** Passes a refusal of the upstream on to all instances. */
    tellRefused(refusal: UpstreamRefusal): void {
      if (news.length < mostNews) news = [...news, refusal];
      startSoon();
    },
  };
};
