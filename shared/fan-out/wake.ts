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
import { isOrdered, type PendingDelivery, type PendingStore, type Slice } from './pending.ts';
import type { RememberedSubscriptions } from './remembered-subscriptions.ts';
import type { ReplayLane, ReplayStore } from './replay-store.ts';
import { retriedMillis } from './retry.ts';
import { createUndispatched } from './undispatched.ts';
import type { WakeStore } from './wake-store.ts';

export type WakeParts = {
  readonly ledger: Pick<Ledger, 'list' | 'read'>;
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
  /** Subscriptions that this run had no time for. */
  readonly leftOver: number;
  /** When the oldest pending delivery that was seen should have been sent. */
  readonly oldestPendingMillis: number | undefined;
};

const pageSize = 200;
/** Of one subscription in one run. A longer list is gone through by several runs: each begins where the one before has ended. */
const mostPages = 5;
const mostLatestPages = 20;
/** When the entities of one subscription whose deliveries are tried in one run are as many, no further page is read. */
const mostEntities = 100;
/** Of a queue that has failed at least twice only so many are tried. The first that succeeds draws the others after it. */
const mostProbes = 5;
const mostAttemptsOfTrusted = 1;
const replayIdleMillis = 240_000;
/** Subscriptions that are looked after at a time. */
const atOnce = 8;
/** The next run begins with the first that this one does not come to. */
const mostRunMillis = 40_000;

/** What stands first in the entity decides on a FIFO queue; on a standard queue each delivery is for itself. */
const decisive = (items: readonly PendingDelivery[], isFifo: boolean): readonly PendingDelivery[] => {
  if (!isFifo) return items;
  const first = items.find(isOrdered);
  return items.filter((one) => one === first || !isOrdered(one));
};

/** The same for each who adds the work before the next attempt: the ingress drops repeated ones. */
export const againOf = ({ attempts, nextAttemptMillis }: PendingDelivery): string => `${attempts}-${nextAttemptMillis}`;

export const createWake = (parts: WakeParts) => {
  const { ingress, pending, latest, replays, lane, catchUp, wakes, subscriptions, clock } = parts;
  const undispatched = createUndispatched(parts);

  /** Due entities in the order of the store, and what they are due by. */
  const dueOf = (items: readonly PendingDelivery[], isFifo: boolean, nowMillis: number): PendingDelivery[] =>
    [...Map.groupBy(items, ({ entity }) => entity).values()].flatMap((ofEntity) => {
      const due = decisive(ofEntity, isFifo).filter(({ nextAttemptMillis }) => nextAttemptMillis <= nowMillis);
      // One that is expired first: it is given up in numbers.
      return due.toSorted((one, other) => one.firstMillis - other.firstMillis).slice(0, 1);
    });

  /**
   * Goes through a list from where the last run has ended, page after page, and leaves to the next run where this one has.
   * @param handle false = this was enough.
   */
  const goThrough = async <Item>(
    {
      name,
      cursors,
      most,
    }: { readonly name: string; readonly cursors: ReadonlyMap<string, string>; readonly most: number },
    page: (cursor: string | undefined) => Promise<Slice<Item>>,
    handle: (items: readonly Item[]) => Promise<boolean>,
  ): Promise<void> => {
    const begin = cursors.get(name);
    let cursor = begin;
    for (let pages = 0; pages < most; pages += 1) {
      const slice = await page(cursor);
      const mayGoOn = await handle(slice.items);
      cursor = slice.cursor;
      if (cursor === undefined || !mayGoOn) break;
    }
    if (cursor !== begin) await wakes.writeCursor(name, cursor);
  };

  const wakePending = async ({ id, queue }: Subscription, cursors: ReadonlyMap<string, string>) => {
    const now = clock.nowMillis();
    const isExpired = ({ firstMillis }: PendingDelivery): boolean => now - firstMillis >= retriedMillis;
    let [added, probes, oldestMillis] = [0, 0, Number.POSITIVE_INFINITY];
    await goThrough(
      { name: pendingList(id), cursors, most: mostPages },
      (cursor) => pending.page(id, pageSize, cursor),
      async (items) => {
        for (const one of items) oldestMillis = Math.min(oldestMillis, one.firstMillis);
        for (const one of dueOf(items, queue.isFifo, now)) {
          const isProbe = one.attempts > mostAttemptsOfTrusted && !isExpired(one);
          if (isProbe && probes >= mostProbes) continue;
          await ingress.add({ kind: 'retry', subscriptionId: id, entity: one.entity }, againOf(one));
          added += 1;
          probes += isProbe ? 1 : 0;
        }
        return added < mostEntities;
      },
    );
    return { added, oldestMillis };
  };

  const wakeLatest = async (
    { id, latestOnlySeconds }: Subscription,
    cursors: ReadonlyMap<string, string>,
  ): Promise<number> => {
    if (latestOnlySeconds === undefined) return 0;
    const now = clock.nowMillis();
    let added = 0;
    await goThrough(
      { name: latestList(id), cursors, most: mostLatestPages },
      (cursor) => latest.list(id, pageSize, cursor),
      async (marks) => {
        for (const { entity, dueMillis } of marks.filter((mark) => mark.dueMillis <= now)) {
          await ingress.add({ kind: 'latest', subscriptionId: id, entity }, `${dueMillis}-${minuteOf(now)}`);
          added += 1;
        }
        return true;
      },
    );
    return added;
  };

  const wakeReplays = async (): Promise<number> => {
    const now = clock.nowMillis();
    const idle = (await replays.underWay()).filter(({ updatedAtMillis }) => now - updatedAtMillis >= replayIdleMillis);
    for (const { subscriptionId, id } of idle) await lane.add({ subscriptionId, replayId: id }, 0);
    return idle.length;
  };

  /** Where a subscription is removed, its lists need no cursor. */
  const forget = async (cursors: ReadonlyMap<string, string>, all: readonly Subscription[]): Promise<void> => {
    const names = new Set([turn, ...all.flatMap(({ id }) => [pendingList(id), latestList(id)])]);
    for (const name of cursors.keys()) if (!names.has(name)) await wakes.writeCursor(name, undefined);
  };

  return {
    /** Each part is tried also when another fails. @throws the first failure. */
    async run(): Promise<WakeReport> {
      const beginMillis = clock.nowMillis();
      const { all } = await subscriptions.current();
      const report = { retries: 0, latest: 0, oldestMillis: Number.POSITIVE_INFINITY };
      const failures: unknown[] = [];
      const guard = <Value>(work: Promise<Value>): Promise<Value | undefined> =>
        work.catch((error: unknown) => {
          failures.push(error);
          return undefined;
        });
      const found = (await guard(undispatched.run())) ?? 0;
      const restarted = (await guard(wakeReplays())) ?? 0;
      // Without cursors each list begins at its front.
      const cursors = (await guard(wakes.readCursors())) ?? new Map<string, string>();
      await guard(forget(cursors, all));
      const wakeOne = async (subscription: Subscription): Promise<void> => {
        await guard(catchUp(subscription));
        const woken = await guard(wakePending(subscription, cursors));
        report.retries += woken?.added ?? 0;
        report.oldestMillis = Math.min(report.oldestMillis, woken?.oldestMillis ?? report.oldestMillis);
        report.latest += (await guard(wakeLatest(subscription, cursors))) ?? 0;
      };
      const active = all.filter(({ state }) => state === 'active');
      const first = Math.max(
        0,
        active.findIndex(({ id }) => id === cursors.get(turn)),
      );
      const waiting = [...active.slice(first), ...active.slice(0, first)];
      const work = async (): Promise<void> => {
        while (waiting.length > 0 && clock.nowMillis() - beginMillis < mostRunMillis)
          await wakeOne(waiting.shift() as Subscription);
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      const [next] = waiting;
      if (next?.id !== cursors.get(turn)) await guard(wakes.writeCursor(turn, next?.id));
      if (failures.length > 0) throw failures[0];
      return {
        ...{ retries: report.retries, latest: report.latest, undispatched: found, replays: restarted },
        leftOver: waiting.length,
        oldestPendingMillis: Number.isFinite(report.oldestMillis) ? report.oldestMillis : undefined,
      };
    },
  };
};

const minuteOf = (millis: number): number => Math.floor(millis / 60_000);
/** Whose turn it is in the next run. */
const turn = 'turn';
const pendingList = (subscriptionId: string): string => `pending#${subscriptionId}`;
const latestList = (subscriptionId: string): string => `latest#${subscriptionId}`;
