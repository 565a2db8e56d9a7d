/**
 * Expands a notification to the subscriptions that match it. Whoever is killed in the middle, at any point, is followed by somebody
 * who finds in the head of the entity what may have been sent, and goes on from there.
 *
 * It runs for one entity at a time (the ingress queue sees to that), and fails when a store fails, never because of a subscriber:
 * what cannot be sent is stored as a pending delivery.
 */
import { askAgainMillis, type EnrichmentOfEvents, wantsDocument } from '../enrichment/enrichment.ts';
import { toCloudEvent } from '../notifications/cloud-event.ts';
import type { Delivery, Dispatched, EntityHead, Entry, Ledger } from '../notifications/ledger.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Clock } from '../time/clock.ts';
import type { Attempts } from './attempt.ts';
import type { Observe } from './counts.ts';
import { isBeyondFifoWindow } from './fifo-window.ts';
import type { LatestStore } from './latest-store.ts';
import { isOwnSubscription } from './own-subscribers.ts';
import { backoffMillis, isOrdered, mostPendingOfEntity, type PendingDelivery, type PendingStore } from './pending.ts';
import type { SendResult } from './queue-sender.ts';
import type { RememberedSubscriptions, Subscriptions } from './remembered-subscriptions.ts';

export type DispatchParts = {
  readonly ledger: Pick<Ledger, 'read' | 'readHead' | 'writeHead' | 'writeDispatched'>;
  readonly pending: Pick<PendingStore, 'put' | 'list'>;
  readonly latest: Pick<LatestStore, 'read' | 'write'>;
  readonly subscriptions: RememberedSubscriptions;
  readonly attempts: Attempts;
  readonly enrichment: Pick<EnrichmentOfEvents, 'ask'>;
  readonly clock: Clock;
  readonly source: string;
  readonly observe: Observe;
};

type Current = NonNullable<EntityHead['current']>;

/** What is known while one notification is sent. */
type Sending = {
  readonly entry: Entry;
  readonly head: EntityHead;
  readonly current: Current;
  readonly list: Subscriptions;
  /** Somebody began before, and may have sent it already. */
  readonly isResumed: boolean;
};

class HeadChanged extends Error {
  constructor() {
    super('somebody else works on the same entity');
  }
}

export const createDispatch = (parts: DispatchParts) => {
  const { ledger, pending, latest, subscriptions, attempts, enrichment, clock, source, observe } = parts;

  const replaceHead = async (entity: string, head: EntityHead, changes: Partial<EntityHead>): Promise<EntityHead> => {
    const next = { ...head, ...changes, version: head.version + 1 };
    if (await ledger.writeHead(entity, next, head.version)) return next;
    throw new HeadChanged();
  };

  const toPending = (
    { entry: { notification }, current: { sequence } }: Sending,
    subscriptionId: string,
    facts: Partial<PendingDelivery> & { readonly reason: string },
  ): PendingDelivery => {
    const now = clock.nowMillis();
    const attemptsMade = facts.attempts ?? 0;
    return {
      ...{ subscriptionId, entity: notification.entity, sequence, eventId: notification.id },
      kind: sequence === 0 ? 'late' : 'live',
      ...{ firstMillis: now, attempts: 0, refusals: 0 },
      nextAttemptMillis: now + (attemptsMade === 0 ? 0 : backoffMillis(attemptsMade)),
      ...facts,
    };
  };

  const store = async (sending: Sending, delivery: Delivery, facts: Partial<PendingDelivery> & { reason: string }) => {
    await pending.put(toPending(sending, delivery.subscriptionId, facts));
    observe({ pending: 1 });
    const outcome = facts.unknownSinceMillis === undefined ? 'pending' : 'unknown';
    return { ...delivery, outcome, atMillis: clock.nowMillis(), reason: facts.reason } as const;
  };

  /** The trailing one of an interval is always sent: each notification replaces the one before, and the first sets the time. */
  const noteLatest = async (
    { entry: { notification }, current }: Sending,
    { id, latestOnlySeconds = 0 }: Subscription,
    delivery: Delivery,
  ): Promise<Delivery> => {
    const now = clock.nowMillis();
    const mark = await latest.read(id, notification.entity);
    if (mark?.eventId !== notification.id) {
      const isOlder = mark !== undefined && current.sequence === 0;
      await latest.write({
        ...{ subscriptionId: id, entity: notification.entity },
        dueMillis: mark?.dueMillis ?? now + latestOnlySeconds * 1_000,
        ...(isOlder ? mark : { eventId: notification.id, sequence: current.sequence }),
        count: (mark?.count ?? 0) + 1,
      });
      observe({ coalesced: 1 });
    }
    return { ...delivery, outcome: 'coalesced', atMillis: now };
  };

  const afterAttempt = async (sending: Sending, delivery: Delivery, result: SendResult): Promise<Delivery> => {
    if (result.kind === 'sent') {
      observe({ sent: 1 });
      return { ...delivery, outcome: 'sent', atMillis: clock.nowMillis(), messageId: result.messageId };
    }
    const { reason } = result;
    if (result.kind === 'refused') return store(sending, delivery, { attempts: 1, refusals: 1, reason });
    if (result.kind === 'failed' && !sending.isResumed) return store(sending, delivery, { attempts: 1, reason });
    observe({ unknown: 1 });
    // The time that was stored before anything was sent, also by those who were killed.
    return store(sending, delivery, { attempts: 1, unknownSinceMillis: delivery.atMillis, reason });
  };

  const isPendingAlready = async ({ entry, isResumed }: Sending, { id }: Subscription): Promise<boolean> => {
    if (!isResumed) return false;
    const found = await pending.list(id, entry.notification.entity, mostPendingOfEntity);
    return found.some(({ eventId, kind }) => eventId === entry.notification.id && (kind === 'live' || kind === 'late'));
  };

  const deliver = async (sending: Sending, subscription: Subscription, delivery: Delivery): Promise<Delivery> => {
    const { entry, head, current, isResumed } = sending;
    if (subscription.latestOnlySeconds !== undefined) return noteLatest(sending, subscription, delivery);
    if (await isPendingAlready(sending, subscription)) return { ...delivery, outcome: 'pending' };
    if (wantsDocument(subscription, entry.notification)) {
      const now = clock.nowMillis();
      const asked = { documentAskedMillis: now, nextAttemptMillis: now + askAgainMillis };
      return store(sending, delivery, { ...asked, reason: 'it waits for the document of the entity' });
    }
    const mayBeThere = isResumed ? { unknownSinceMillis: delivery.atMillis } : {};
    if (subscription.queue.isFifo && head.waiting.includes(subscription.id))
      return store(sending, delivery, { reason: 'an earlier event of the entity waits' });
    if (attempts.isHeld(subscription))
      return store(sending, delivery, { ...mayBeThere, reason: 'the queue has just failed several times' });
    const isRepeated =
      subscription.queue.isFifo && isResumed && isBeyondFifoWindow(delivery.atMillis, clock.nowMillis());
    if (isRepeated) observe({ repeated: 1 });
    const result = await attempts.send(subscription, {
      notification: entry.notification,
      marks: {
        sequence: current.sequence,
        mark: isRepeated ? 'repeated' : current.sequence === 0 ? 'late' : undefined,
        parkedEventId: head.parked[subscription.id],
      },
    });
    return afterAttempt(sending, delivery, result);
  };

  /** Subscriptions with FIFO queues that later notifications of the entity must now wait for. */
  const newlyWaiting = ({ head, current, list }: Sending, deliveries: readonly Delivery[]): readonly string[] =>
    isOrdered({ kind: 'live', sequence: current.sequence })
      ? deliveries
          .filter(({ outcome }) => outcome === 'pending' || outcome === 'unknown')
          .map(({ subscriptionId }) => subscriptionId)
          .filter((id) => !head.waiting.includes(id) && list.find(id)?.queue.isFifo)
      : [];

  /** The document is asked for once for all of them. */
  const askForDocument = async ({ entry: { notification }, list }: Sending, deliveries: readonly Delivery[]) => {
    const waiting = deliveries
      .filter(({ outcome }) => outcome === 'pending')
      .map(({ subscriptionId }) => list.find(subscriptionId))
      .flatMap((one) => (one && wantsDocument(one, notification) ? [one.id] : []));
    if (waiting.length > 0) await enrichment.ask(waiting, notification);
  };

  const complete = async (sending: Sending): Promise<EntityHead> => {
    const { entry, head, current, list } = sending;
    const { id, entity } = entry.notification;
    const sends = current.deliveries.flatMap((delivery) => {
      const subscription = list.find(delivery.subscriptionId);
      if (subscription) return [deliver(sending, subscription, delivery)];
      // Otherwise it was removed meanwhile: nobody waits for it.
      const reason = 'this version does not know the part of the facade';
      return isOwnSubscription(delivery.subscriptionId)
        ? [store(sending, delivery, { unknownSinceMillis: delivery.atMillis, reason })]
        : [];
    });
    const deliveries = await settled(sends);
    await askForDocument(sending, deliveries);
    const waiting = newlyWaiting(sending, deliveries);
    const next =
      waiting.length === 0 ? head : await replaceHead(entity, head, { waiting: [...head.waiting, ...waiting] });
    const dispatched: Dispatched = { sequence: current.sequence, isLate: current.sequence === 0, deliveries };
    // A function whose time was up goes on when its environment is used again: it must not replace what its successor has written.
    await ledger.writeDispatched(id, dispatched, true);
    return next;
  };

  const begin = async (entry: Entry, head: EntityHead): Promise<Sending> => {
    const { notification } = entry;
    const { id, entity, createdAtMillis } = notification;
    const isLate = createdAtMillis < head.lastCreatedAtMillis;
    const sequence = isLate ? 0 : head.sequence + 1;
    const list = await subscriptions.current();
    const matching = list.matching(notification, toCloudEvent(notification, { source, sequence }));
    const atMillis = clock.nowMillis();
    const current: Current = {
      ...{ id, sequence },
      deliveries: matching.map((one) => ({ subscriptionId: one.id, outcome: 'attempting', atMillis })),
    };
    const isKnown = (subscriptionId: string): boolean =>
      isOwnSubscription(subscriptionId) || list.find(subscriptionId) !== undefined;
    // Before anything is sent: whoever follows knows what may have been.
    const next = await replaceHead(entity, head, {
      sequence: Math.max(sequence, head.sequence),
      lastCreatedAtMillis: Math.max(createdAtMillis, head.lastCreatedAtMillis),
      current,
      waiting: head.waiting.filter(isKnown),
      parked: Object.fromEntries(Object.entries(head.parked).filter(([subscriptionId]) => isKnown(subscriptionId))),
    });
    if (isLate) observe({ late: 1 });
    return { entry, head: next, current, list, isResumed: false };
  };

  const resume = async (entry: Entry, head: EntityHead, current: Current): Promise<EntityHead> =>
    complete({ entry, head, current, list: await subscriptions.current(), isResumed: true });

  /** Ends what somebody began for the entity and did not end. @returns the head as it is then. */
  const finishCurrent = async (entity: string): Promise<EntityHead> => {
    const head = await ledger.readHead(entity);
    const entry = head.current && (await ledger.read(head.current.id));
    if (!head.current || !entry || entry.dispatched) return head;
    return resume(entry, head, head.current);
  };

  return {
    finishCurrent,
    replaceHead,
    /** Sends the notification to every subscription that matches, or stores what is to be sent later. Safe to repeat. @throws when a store fails. */
    async dispatch(id: string): Promise<void> {
      const entry = await ledger.read(id);
      if (!entry || entry.dispatched) return;
      const head = await finishCurrent(entry.notification.entity);
      // It was the one that somebody had begun.
      if (head.current?.id === id) return;
      await complete(await begin(entry, head));
    },
  };
};
export type Dispatch = ReturnType<typeof createDispatch>;

/** Waits for all of them also when one fails: what goes on unseen would go on beside the next try. @throws the first failure. */
const settled = async <Value>(works: readonly Promise<Value>[]): Promise<Value[]> => {
  const results = await Promise.allSettled(works);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
};
