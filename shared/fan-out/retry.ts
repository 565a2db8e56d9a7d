/**
 * Sends the pending deliveries of one subscription and entity, in their order. It runs for one entity at a time, as dispatching does.
 * A queue that fails ends the run. A message that is at fault itself is tried five times and then parked, so that later ones pass.
 */

import { askAgainMillis, type EnrichmentOfEvents } from '../enrichment/enrichment.ts';
import type { Enrichment, Marks } from '../notifications/cloud-event.ts';
import type { Delivery, EntityHead, Entry, Ledger } from '../notifications/ledger.ts';
import type { Notification } from '../notifications/notification.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Clock } from '../time/clock.ts';
import type { Attempts } from './attempt.ts';
import type { Observe } from './counts.ts';
import type { Dispatch } from './dispatch.ts';
import { isBeyondFifoWindow } from './fifo-window.ts';
import type { Copy } from './outgoing.ts';
import { isOwnSubscription } from './own-subscribers.ts';
import { backoffMillis, isOrdered, mostPendingOfEntity, type PendingDelivery, type PendingStore } from './pending.ts';
import type { SendResult } from './queue-sender.ts';
import type { RememberedSubscriptions } from './remembered-subscriptions.ts';

/** A queue may be out of reach for a day. What is over is for the attempt that succeeds. */
export const retriedMillis = 28 * 3_600_000;
/** While the dead-letter queue takes nothing either, a delivery stays pending for so long. */
const heldForDeadLettersMillis = 7 * 24 * 3_600_000;
const mostRefusals = 5;
/** Bounds of one run, so that live events of the entity wait a short time only. */
const mostAttempts = 20;
const mostRunMillis = 4_000;

export type RetryParts = {
  readonly ledger: Pick<Ledger, 'read' | 'writeDispatched'>;
  readonly pending: PendingStore;
  readonly subscriptions: RememberedSubscriptions;
  readonly attempts: Attempts;
  readonly dispatch: Dispatch;
  readonly enrichment: EnrichmentOfEvents;
  readonly clock: Clock;
  readonly observe: Observe;
};

export type RetryReport = {
  readonly sent: number;
  /** The entity has further deliveries that could be sent now. */
  readonly hasMore: boolean;
};
const nothingDone: RetryReport = { sent: 0, hasMore: false };

/** One run over the deliveries of one entity. */
type Run = {
  readonly subscription: Subscription;
  readonly entity: string;
  readonly untilMillis: number;
  head: EntityHead;
  attempted: number;
  sent: number;
  hasMore: boolean;
  /** Why the queue takes nothing now. */
  queueFails?: string;
  /** An ordered delivery could not be sent: on a FIFO queue the later ones wait behind it. */
  isBlocked: boolean;
  /** The newest notification for which the document is to be asked for: it is new enough for the others too. */
  asked?: Notification;
};

type Kept = { readonly one: PendingDelivery; readonly entry: Entry; readonly enrichment?: Enrichment | undefined };

export const createRetry = (parts: RetryParts) => {
  const { ledger, pending, subscriptions, attempts, dispatch, enrichment, clock, observe } = parts;

  const isExpired = ({ firstMillis }: PendingDelivery): boolean => clock.nowMillis() - firstMillis >= retriedMillis;

  /** Replaces what the ledger says of the delivery. */
  const note = async ({ one, entry }: Kept, delivery: Pick<Delivery, 'outcome' | 'messageId' | 'reason'>) => {
    if (!entry.dispatched) return;
    const { subscriptionId, eventId } = one;
    const others = entry.dispatched.deliveries.filter((known) => known.subscriptionId !== subscriptionId);
    const deliveries = [...others, { ...delivery, subscriptionId, atMillis: clock.nowMillis() }];
    await ledger.writeDispatched(eventId, { ...entry.dispatched, deliveries });
  };

  const setParked = async (run: Run, eventId: string | undefined): Promise<void> => {
    const { [run.subscription.id]: before, ...others } = run.head.parked;
    if (before === eventId) return;
    const parked = eventId === undefined ? others : { ...others, [run.subscription.id]: eventId };
    run.head = await dispatch.replaceHead(run.entity, run.head, { parked });
  };

  /** Gives the delivery up. Repeated after a kill, it ends in the same. @returns false while the dead-letter queue does not take it. */
  const bury = async (run: Run, kept: Kept, reason: string): Promise<boolean> => {
    const { one } = kept;
    const now = clock.nowMillis();
    const result = await attempts.bury(run.subscription, copyOf(kept, run), reason);
    // What finds fault with the message itself, such as its length, takes it at no time: then the record is all there is to redrive.
    const mayTakeIt = result.kind === 'failed' || result.kind === 'unknown';
    if (mayTakeIt && now - one.firstMillis < heldForDeadLettersMillis) {
      const why = `${reason}; the dead-letter queue does not take it either: ${result.reason}`;
      await pending.put({ ...one, nextAttemptMillis: now + backoffMillis(one.attempts), reason: why });
      return false;
    }
    const { subscriptionId, entity, sequence, eventId } = one;
    await pending.bury({ subscriptionId, entity, sequence, eventId, reason, atMillis: now });
    await note(kept, { outcome: 'dead-letter', reason });
    // Before it is gone from here: later ones name it.
    if (one.kind !== 'redrive') await setParked(run, eventId);
    await pending.remove(one);
    observe({ deadLettered: 1 });
    return true;
  };

  const buryExpired = async (run: Run, kept: Kept, reason: string): Promise<void> => {
    const isGone = isExpired(kept.one) && (await bury(run, kept, reason));
    if (!isGone && isOrdered(kept.one)) run.isBlocked = true;
  };

  const onSent = async (run: Run, kept: Kept, messageId: string): Promise<void> => {
    await note(kept, { outcome: 'sent', messageId });
    if (run.head.parked[run.subscription.id] === kept.one.eventId) await setParked(run, undefined);
    await pending.remove(kept.one);
    run.sent += 1;
    observe({ sent: 1 });
  };

  const onRefused = async (run: Run, kept: Kept, reason: string): Promise<void> => {
    const refusals = kept.one.refusals + 1;
    if (refusals >= mostRefusals && (await bury(run, kept, reason))) return;
    if (isOrdered(kept.one)) run.isBlocked = true;
    if (refusals < mostRefusals) await pending.put({ ...nextTry(kept.one), refusals, reason });
  };

  const nextTry = (one: PendingDelivery): PendingDelivery => ({
    ...one,
    attempts: one.attempts + 1,
    nextAttemptMillis: clock.nowMillis() + backoffMillis(one.attempts + 1),
  });

  const attempt = async (run: Run, kept: Kept): Promise<void> => {
    const { one } = kept;
    const { isFifo } = run.subscription.queue;
    const now = clock.nowMillis();
    const isRepeated = isFifo && isBeyondFifoWindow(one.unknownSinceMillis, now);
    if (isRepeated) observe({ repeated: 1 });
    // Stored before the send: whoever follows knows since when a copy may be in the queue.
    const trying = { ...nextTry(one), unknownSinceMillis: one.unknownSinceMillis ?? now };
    if (isFifo) await pending.put(trying);
    const result = await attempts.send(run.subscription, copyOf(kept, run, isRepeated));
    await after(run, { kept, trying }, result);
  };

  const after = async (
    run: Run,
    { kept, trying }: { kept: Kept; trying: PendingDelivery },
    result: SendResult,
  ): Promise<void> => {
    if (result.kind === 'sent') return onSent(run, kept, result.messageId);
    if (result.kind === 'refused') return onRefused(run, kept, result.reason);
    if (result.kind === 'unknown') observe({ unknown: 1 });
    const { reason } = result;
    run.queueFails = reason;
    const one = { ...(result.kind === 'unknown' ? trying : nextTry(kept.one)), reason };
    await pending.put(one);
    await buryExpired(run, { ...kept, one }, reason);
  };

  /** A killed run may have sent it and not removed it. A redriven one is sent although it was. */
  const isSent = ({ one, entry }: Kept): boolean =>
    one.kind !== 'redrive' &&
    (entry.dispatched?.deliveries ?? []).some(
      ({ subscriptionId, outcome }) => subscriptionId === one.subscriptionId && outcome === 'sent',
    );

  /** It waits without a try: what it needs is read elsewhere, and whoever has read it adds a retry. */
  const waitForDocument = async (run: Run, { one, entry: { notification } }: Kept): Promise<void> => {
    if (isOrdered(one)) run.isBlocked = true;
    // Waiting is no attempt: a run that only waits must not be followed by the next at once.
    run.attempted -= 1;
    const now = clock.nowMillis();
    const documentAskedMillis = enrichment.askedSince(one.documentAskedMillis);
    if (documentAskedMillis === one.documentAskedMillis && one.nextAttemptMillis > now) return;
    await pending.put({ ...one, documentAskedMillis, nextAttemptMillis: now + askAgainMillis });
    if ((run.asked?.receivedAtMillis ?? 0) <= notification.receivedAtMillis) run.asked = notification;
  };

  const attemptWithDocument = async (run: Run, kept: Kept): Promise<void> => {
    const found = await enrichment.of(run.subscription, kept.entry.notification, kept.one.documentAskedMillis);
    if (found === 'wait') await waitForDocument(run, kept);
    else await attempt(run, { ...kept, enrichment: found });
  };

  const step = async (run: Run, one: PendingDelivery): Promise<void> => {
    const isBehind = run.subscription.queue.isFifo && isOrdered(one) && run.isBlocked;
    const now = clock.nowMillis();
    if (isBehind && run.queueFails === undefined) return;
    if (run.queueFails !== undefined && !isExpired(one)) {
      if (isOrdered(one)) run.isBlocked = true;
      return;
    }
    if (one.refusals > 0 && one.nextAttemptMillis > now) {
      if (isOrdered(one)) run.isBlocked = true;
      return;
    }
    if (run.attempted >= mostAttempts || now >= run.untilMillis) {
      run.hasMore = true;
      return;
    }
    run.attempted += 1;
    const entry = await ledger.read(one.eventId);
    if (!entry || isSent({ one, entry })) return pending.remove(one);
    const kept = { one, entry };
    if (run.queueFails === undefined && attempts.isHeld(run.subscription)) run.queueFails = one.reason;
    if (run.queueFails === undefined) await attemptWithDocument(run, kept);
    else await buryExpired(run, kept, run.queueFails);
  };

  /** Later notifications wait as long as there is an ordered delivery before them. */
  const releaseWaiting = async ({ subscription: { id }, entity, head }: Run): Promise<void> => {
    if (!head.waiting.includes(id)) return;
    const left = await pending.list(id, entity, mostPendingOfEntity);
    if (left.some(isOrdered)) return;
    await dispatch.replaceHead(entity, head, { waiting: head.waiting.filter((waiting) => waiting !== id) });
  };

  return {
    /** @throws when a store fails. */
    async retry(subscriptionId: string, entity: string): Promise<RetryReport> {
      const head = await dispatch.finishCurrent(entity);
      const subscription = (await subscriptions.current()).find(subscriptionId);
      const items = await pending.list(subscriptionId, entity, mostPendingOfEntity);
      if (!subscription && isOwnSubscription(subscriptionId)) return nothingDone;
      if (!subscription) {
        for (const one of items) await pending.remove(one);
        return nothingDone;
      }
      if (subscription.state !== 'active') return nothingDone;
      const run: Run = {
        ...{ subscription, entity, head, untilMillis: clock.nowMillis() + mostRunMillis },
        ...{ attempted: 0, sent: 0, hasMore: false, isBlocked: false },
      };
      for (const one of items) await step(run, one);
      if (run.asked) await enrichment.ask([subscriptionId], run.asked);
      await releaseWaiting(run);
      return { sent: run.sent, hasMore: run.hasMore && run.attempted > 0 && run.queueFails === undefined };
    },
  };
};
export type Retry = ReturnType<typeof createRetry>;

const marksOf = ({ one, enrichment }: Kept, { subscription, head }: Run, isRepeated: boolean): Marks => {
  const { kind, sequence, eventId, coalescedCount } = one;
  const parked = head.parked[subscription.id];
  const marks = {
    ...(kind === 'live' || kind === 'latest' ? { sequence } : {}),
    mark: isRepeated ? 'repeated' : kind === 'live' ? undefined : kind,
    parkedEventId: parked === eventId ? undefined : parked,
    enrichment,
  } as const;
  return kind === 'latest' ? { ...marks, id: `${eventId}-latest`, coalescedCount } : marks;
};

const copyOf = (kept: Kept, run: Run, isRepeated = false): Copy => ({
  notification: kept.entry.notification,
  marks: marksOf(kept, run, isRepeated),
  copy: kept.one.copy,
});
