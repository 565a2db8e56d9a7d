/** Ends the interval of a latest-only subscription for an entity: the latest notification of it is sent, as one that stands for all. */
import type { Clock } from '../time/clock.ts';
import type { Dispatch } from './dispatch.ts';
import type { LatestStore } from './latest-store.ts';
import type { PendingStore } from './pending.ts';
import type { RememberedSubscriptions } from './remembered-subscriptions.ts';
import type { Retry, RetryReport } from './retry.ts';

export type LatestParts = {
  readonly latest: LatestStore;
  readonly pending: Pick<PendingStore, 'put'>;
  readonly subscriptions: RememberedSubscriptions;
  readonly dispatch: Dispatch;
  readonly retry: Retry;
  readonly clock: Clock;
};

export const createLatest = ({ latest, pending, subscriptions, dispatch, retry, clock }: LatestParts) => ({
  /** @throws when a store fails. */
  async sendLatest(subscriptionId: string, entity: string): Promise<RetryReport> {
    await dispatch.finishCurrent(entity);
    const mark = await latest.read(subscriptionId, entity);
    const subscription = (await subscriptions.current()).find(subscriptionId);
    const now = clock.nowMillis();
    if (mark && subscription?.state === 'active' && mark.dueMillis <= now) {
      const { eventId, sequence, count: coalescedCount } = mark;
      // Stored before the mark goes: a kill between the two ends in one delivery.
      await pending.put({
        ...{ subscriptionId, entity, sequence, eventId, kind: 'latest', coalescedCount },
        ...{ firstMillis: now, attempts: 0, refusals: 0, nextAttemptMillis: now, reason: 'the interval is over' },
      });
    }
    const isOver = mark !== undefined && (subscription === undefined || mark.dueMillis <= now);
    if (isOver && subscription?.state !== 'paused') await latest.remove(subscriptionId, entity);
    return retry.retry(subscriptionId, entity);
  },
});
