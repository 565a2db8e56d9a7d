/**
 * Each minute: puts work into the ingress for what is due. Pending deliveries, ends of intervals, notifications that nobody has dispatched, and
 * replays that nobody works on. The work of one run is bounded. What is left over is due at the next.
 */
import type { Ingress } from '../notifications/ingress.ts';
import type { Ledger } from '../notifications/ledger.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Clock } from '../time/clock.ts';
import type { Observe } from './counts.ts';
import type { LatestStore } from './latest-store.ts';
import { isOrdered, type PendingDelivery, type PendingStore } from './pending.ts';
import type { RememberedSubscriptions } from './remembered-subscriptions.ts';
import type { ReplayLane, ReplayStore } from './replay-store.ts';
import { retriedMillis } from './retry.ts';
import type { WakeStore } from './wake-store.ts';

export type WakeParts = {
  readonly ledger: Pick<Ledger, 'list'>;
  readonly ingress: Ingress;
  readonly pending: Pick<PendingStore, 'page'>;
  readonly latest: Pick<LatestStore, 'list'>;
  readonly replays: Pick<ReplayStore, 'underWay'>;
  readonly lane: ReplayLane;
  /** Begins the replay that a subscription is owed, where one is. */
  readonly catchUp: (subscription: Subscription) => Promise<unknown>;
  readonly wakes: WakeStore;
  readonly subscriptions: RememberedSubscriptions;
  readonly clock: Clock;
  readonly observe: Observe;
};

export type WakeReport = {
  readonly retries: number;
  readonly latest: number;
  readonly undispatched: number;
  readonly replays: number;
  /** When the oldest pending delivery that was seen should have been sent. */
  readonly oldestPendingMillis: number | undefined;
};

const pageSize = 200;
const mostPages = 5;
/** Entities of one subscription whose deliveries are tried in one run. */
const mostEntities = 100;
/** Of a queue that has failed at least twice only so many are tried. The first that succeeds draws the others after it. */
const mostProbes = 5;
const mostAttemptsOfTrusted = 1;
/** A dispatcher that was killed is followed by SQS itself within minutes. */
const dispatchedWithinMillis = 120_000;
/** What nobody could dispatch for so long is left to the alarm. */
const searchedMillis = 6 * 3_600_000;
const replayIdleMillis = 240_000;

/** What stands first in the entity decides on a FIFO queue; on a standard queue each delivery is for itself. */
const decisive = (items: readonly PendingDelivery[], isFifo: boolean): readonly PendingDelivery[] => {
  if (!isFifo) return items;
  const first = items.find(isOrdered);
  return items.filter((one) => one === first || !isOrdered(one));
};

/** The same for each who adds the work before the next attempt: the ingress drops repeated ones. */
export const againOf = ({ attempts, nextAttemptMillis }: PendingDelivery): string => `${attempts}-${nextAttemptMillis}`;

export const createWake = (parts: WakeParts) => {
  const { ledger, ingress, pending, latest, replays, lane, catchUp, wakes, subscriptions, clock, observe } = parts;

  /** Due entities in the order of the store, and what they are due by. */
  const dueOf = (items: readonly PendingDelivery[], isFifo: boolean, nowMillis: number): PendingDelivery[] =>
    [...Map.groupBy(items, ({ entity }) => entity).values()].flatMap((ofEntity) => {
      const due = decisive(ofEntity, isFifo).filter(({ nextAttemptMillis }) => nextAttemptMillis <= nowMillis);
      // One that is expired first: it is given up in numbers.
      return due.toSorted((one, other) => one.firstMillis - other.firstMillis).slice(0, 1);
    });

  const wakePending = async ({ id, queue }: Subscription): Promise<{ added: number; oldestMillis: number }> => {
    const now = clock.nowMillis();
    const isExpired = ({ firstMillis }: PendingDelivery): boolean => now - firstMillis >= retriedMillis;
    let cursor: string | undefined;
    let [added, probes, oldestMillis] = [0, 0, Number.POSITIVE_INFINITY];
    for (let page = 0; page < mostPages && added < mostEntities; page += 1) {
      const slice = await pending.page(id, pageSize, cursor);
      for (const one of slice.items) oldestMillis = Math.min(oldestMillis, one.firstMillis);
      for (const one of dueOf(slice.items, queue.isFifo, now)) {
        const isProbe = one.attempts > mostAttemptsOfTrusted && !isExpired(one);
        if (added >= mostEntities || (isProbe && probes >= mostProbes)) continue;
        await ingress.add({ kind: 'retry', subscriptionId: id, entity: one.entity }, againOf(one));
        added += 1;
        probes += isProbe ? 1 : 0;
      }
      cursor = slice.cursor;
      if (cursor === undefined) break;
    }
    return { added, oldestMillis };
  };

  const wakeLatest = async ({ id, latestOnlySeconds }: Subscription): Promise<number> => {
    if (latestOnlySeconds === undefined) return 0;
    const now = clock.nowMillis();
    let cursor: string | undefined;
    let added = 0;
    for (let page = 0; page < mostPages; page += 1) {
      const slice = await latest.list(id, pageSize, cursor);
      for (const { entity, dueMillis } of slice.items.filter((mark) => mark.dueMillis <= now)) {
        await ingress.add({ kind: 'latest', subscriptionId: id, entity }, `${dueMillis}-${minuteOf(now)}`);
        added += 1;
      }
      cursor = slice.cursor;
      if (cursor === undefined) break;
    }
    return added;
  };

  /** Adds what was kept and not dispatched. The checkpoint stays before the first of these, so that they are looked at again. */
  const wakeUndispatched = async (): Promise<number> => {
    const now = clock.nowMillis();
    const fromMillis = Math.max((await wakes.readCheckpoint()) ?? 0, now - searchedMillis);
    let untilMillis = now - dispatchedWithinMillis;
    let firstFoundMillis: number | undefined;
    let cursor: string | undefined;
    let found = 0;
    for (let page = 0; page < mostPages && fromMillis < untilMillis; page += 1) {
      const { entries, ...rest } = await ledger.list({
        ...{ fromMillis, untilMillis, order: 'oldest-first', limit: 100 },
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { notification, dispatched } of entries) {
        if (dispatched) continue;
        const { id, entity, receivedAtMillis } = notification;
        firstFoundMillis ??= receivedAtMillis;
        await ingress.add({ kind: 'notification', id, entity }, String(minuteOf(now)));
        found += 1;
      }
      cursor = rest.cursor;
      if (cursor === undefined) break;
      const last = entries.at(-1);
      // Where this run ends: there the next one goes on.
      if (page === mostPages - 1 && last) untilMillis = last.notification.receivedAtMillis;
    }
    if (fromMillis < untilMillis) await wakes.writeCheckpoint(firstFoundMillis ?? untilMillis);
    if (found > 0) observe({ foundUndispatched: found });
    return found;
  };

  const wakeReplays = async (): Promise<number> => {
    const now = clock.nowMillis();
    const idle = (await replays.underWay()).filter(({ updatedAtMillis }) => now - updatedAtMillis >= replayIdleMillis);
    for (const { subscriptionId, id } of idle) await lane.add({ subscriptionId, replayId: id }, 0);
    return idle.length;
  };

  return {
    /** Each part is tried also when another fails. @throws the first failure. */
    async run(): Promise<WakeReport> {
      const active = (await subscriptions.current()).all.filter(({ state }) => state === 'active');
      const report = { retries: 0, latest: 0, oldestMillis: Number.POSITIVE_INFINITY };
      const failures: unknown[] = [];
      const guard = <Value>(work: Promise<Value>): Promise<Value | undefined> =>
        work.catch((error: unknown) => {
          failures.push(error);
          return undefined;
        });
      const undispatched = (await guard(wakeUndispatched())) ?? 0;
      const restarted = (await guard(wakeReplays())) ?? 0;
      for (const subscription of active) {
        await guard(catchUp(subscription));
        const woken = await guard(wakePending(subscription));
        report.retries += woken?.added ?? 0;
        report.oldestMillis = Math.min(report.oldestMillis, woken?.oldestMillis ?? report.oldestMillis);
        report.latest += (await guard(wakeLatest(subscription))) ?? 0;
      }
      if (failures.length > 0) throw failures[0];
      return {
        ...{ retries: report.retries, latest: report.latest, undispatched, replays: restarted },
        oldestPendingMillis: Number.isFinite(report.oldestMillis) ? report.oldestMillis : undefined,
      };
    },
  };
};

const minuteOf = (millis: number): number => Math.floor(millis / 60_000);
