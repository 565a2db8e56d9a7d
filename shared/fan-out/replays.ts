/**
 * Replays: notifications of the ledger are sent to one subscription again, in pages, marked as such. Redrives: its dead letters become pending
 * deliveries again. Both run in a lane of their own, one page after the other. One that was killed goes on at the page in which it was.
 */
import { createHash } from 'node:crypto';
import { wantsDocument } from '../enrichment/enrichment.ts';
import { CloudEvent, type Marks, toCloudEvent } from '../notifications/cloud-event.ts';
import type { Ingress } from '../notifications/ingress.ts';
import type { Entry, Ledger, Page } from '../notifications/ledger.ts';
import { isSince, type Notification } from '../notifications/notification.ts';
import { createId } from '../subscriptions/create-id.ts';
import { compileFilter } from '../subscriptions/filter/filter.ts';
import type { SubscriptionStore } from '../subscriptions/store.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import type { Clock } from '../time/clock.ts';
import type { Attempts } from './attempt.ts';
import type { Observe } from './counts.ts';
import type { Letter, Letters } from './letters.ts';
import { backoffMillis, type PendingStore } from './pending.ts';
import type { SendResult } from './queue-sender.ts';
import { isForConsumer } from './remembered-subscriptions.ts';
import { isUnderWay, type Replay, type ReplayLane, type ReplayStore } from './replay-store.ts';
import { retriedMillis } from './retry.ts';

export type ReplayParts = {
  readonly replays: ReplayStore;
  readonly lane: ReplayLane;
  readonly ledger: Pick<Ledger, 'list'>;
  readonly pending: Pick<PendingStore, 'put' | 'dead' | 'bury' | 'unbury'>;
  readonly ingress: Ingress;
  readonly store: Pick<SubscriptionStore, 'read' | 'write'>;
  readonly attempts: Attempts;
  /** Of the function that works on the lane. Others leave the letters in queues to it. */
  readonly letters?: Letters;
  readonly clock: Clock;
  /** `/signals-facade/<stage>`. */
  readonly source: string;
  readonly observe: Observe;
};

export type WantedReplay = Pick<Replay, 'kind' | 'fromMillis' | 'untilMillis' | 'isDryRun'>;

const pageSize = 100;
const batchSize = 10;
/**
 * The index of the ledger follows its table within about a second. Of a catch-up nothing is sent live, so that it also waits for what was
 * received in its time and is being written: a write to the ledger is given up after some seconds (functions/wiring/time-outs.ts).
 */
const settleMillis: Readonly<Record<Replay['kind'], number>> = { replay: 3_000, 'catch-up': 10_000, redrive: 0 };

const newReplayId = (kind: Replay['kind']): string => createId(kind === 'redrive' ? 'red' : 'rep');

/** Cursor of a redrive that has all that is stored, and goes on with the letters in the queue. No sort key is like it. */
const lettersNext = 'letters';

/** The event of a letter, where it is one that the ledger holds. */
const eventOf = ({ body }: Letter) => {
  const event = LetterEvent.safeParse(parseJson(body));
  if (!event.success || event.data.delivery === 'test') return undefined;
  const { id, subject, entitysequence = '0' } = event.data;
  return { eventId: id.replace(/-latest$/, ''), entity: subject, sequence: Number(entitysequence) };
};
const LetterEvent = CloudEvent.pick({ id: true, subject: true, entitysequence: true, delivery: true });

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Somebody else goes on with it: there is nothing to do here. */
class Overtaken extends Error {}

/**
 * What a page is marked by that was done of it. A place in the page would not do: entries expire while a replay waits for its queue. Of 100
 * events two have the same number once in 10^11 pages.
 */
const numberOf = ({ notification: { id } }: Entry): number => createHash('sha256').update(id).digest().readUIntBE(0, 6);

/** No document goes with a replay: thousands of events would spend the tenant's budget, and each would show the entity as it is now. */
const marksOf = (notification: Notification, subscription: Subscription): Marks => ({
  mark: 'replay',
  ...(wantsDocument(subscription, notification) ? { enrichment: { state: 'not-read' } } : {}),
});

type Numbered = { readonly entry: Entry; readonly number: number };

/** At most ten. On a FIFO queue one of each entity: the next one waits for the receipt of the one before. */
const toBatches = (entries: readonly Numbered[], isFifo: boolean): Numbered[][] => {
  const batches: Numbered[][] = [];
  for (const one of entries) {
    const batch = batches.at(-1);
    const { entity } = one.entry.notification;
    const isAlone = !isFifo || batch?.every(({ entry }) => entry.notification.entity !== entity);
    const fits = batch && batch.length < batchSize && isAlone;
    if (fits) batch.push(one);
    else batches.push([one]);
  }
  return batches;
};

export const createReplays = (parts: ReplayParts) => {
  const { replays, lane, ledger, pending, ingress, store, attempts, letters, clock, source, observe } = parts;

  const save = async (replay: Replay, changes: Partial<Replay>): Promise<Replay> => {
    const next = { ...replay, ...changes, updatedAtMillis: clock.nowMillis(), version: replay.version + 1 };
    if (await replays.write(next)) return next;
    throw new Overtaken();
  };

  const matcherOf = (subscription: Subscription, { kind }: Replay) => {
    const filter = compileFilter(subscription.filter);
    return ({ notification }: Entry): boolean =>
      // As live: what was received during a pause may have happened before it.
      (kind !== 'catch-up' || isSince(notification, subscription.startMillis)) &&
      isForConsumer(notification, subscription) &&
      filter(toCloudEvent(notification, { source }));
  };

  const read = ({ fromMillis, untilMillis, cursor }: Replay): Promise<Page> =>
    ledger.list({
      ...{ fromMillis, untilMillis, order: 'oldest-first', limit: pageSize },
      ...(cursor === undefined ? {} : { cursor }),
    });

  const countPage = async (replay: Replay, subscription: Subscription): Promise<Replay> => {
    const { entries, cursor } = await read(replay);
    const matching = replay.matching + entries.filter(matcherOf(subscription, replay)).length;
    if (cursor !== undefined) return save(replay, { matching, cursor });
    const none = matching === 0 ? { reason: 'no event of this time matches the filter' } : {};
    const state = replay.isDryRun || matching === 0 ? 'done' : 'sending';
    return save(replay, { ...none, matching, state, cursor: undefined, doneInPage: [] });
  };

  const buryRefused = async ({ entry }: Numbered, replay: Replay, subscription: Subscription, reason: string) => {
    const { id: eventId, entity } = entry.notification;
    await attempts.bury(
      subscription,
      { notification: entry.notification, marks: { mark: 'replay' }, copy: replay.id },
      reason,
    );
    const letter = { subscriptionId: subscription.id, entity, sequence: entry.dispatched?.sequence ?? 0, eventId };
    await pending.bury({ ...letter, reason, atMillis: clock.nowMillis() });
    observe({ deadLettered: 1 });
  };

  const sendBatch = (batch: readonly Numbered[], replay: Replay, subscription: Subscription): Promise<SendResult[]> =>
    Promise.all(
      batch.map(({ entry: { notification } }) =>
        attempts.send(subscription, { notification, marks: marksOf(notification, subscription), copy: replay.id }),
      ),
    );

  /** @returns the replay with what was done; with a reason where the queue took nothing more. */
  const sendPage = async (replay: Replay, subscription: Subscription): Promise<Replay> => {
    const { entries, cursor } = await read(replay);
    const done = new Set(replay.doneInPage);
    const matches = matcherOf(subscription, replay);
    const left = entries
      .map((entry) => ({ entry, number: numberOf(entry) }))
      .filter(({ entry, number }) => !done.has(number) && matches(entry));
    let { sent, refused } = replay;
    for (const batch of toBatches(left, subscription.queue.isFifo)) {
      const results = await sendBatch(batch, replay, subscription);
      let fault: string | undefined;
      for (const [index, result] of results.entries()) {
        const one = batch[index] as Numbered;
        if (result.kind === 'failed' || result.kind === 'unknown') fault = result.reason;
        else {
          if (result.kind === 'refused') await buryRefused(one, replay, subscription, result.reason);
          sent += result.kind === 'sent' ? 1 : 0;
          refused += result.kind === 'refused' ? 1 : 0;
          done.add(one.number);
        }
      }
      if (fault === undefined) continue;
      observe({ replayed: sent - replay.sent });
      const failingSinceMillis = replay.failingSinceMillis ?? clock.nowMillis();
      return save(replay, { sent, refused, doneInPage: [...done], failingSinceMillis, reason: fault });
    }
    observe({ replayed: sent - replay.sent });
    const isLast = cursor === undefined;
    return save(replay, {
      ...{ sent, refused, cursor, doneInPage: [], failingSinceMillis: undefined, reason: undefined },
      ...(isLast ? { state: 'done' } : {}),
    });
  };

  /** Each letter is pending before it is no dead letter any more: a kill between the two repeats it. */
  const pend = async (
    replay: Replay,
    facts: { readonly entity: string; readonly sequence: number; readonly eventId: string },
  ) => {
    const { subscriptionId, id } = replay;
    const now = clock.nowMillis();
    await pending.put({
      ...{ ...facts, subscriptionId, kind: 'redrive', copy: id },
      ...{ firstMillis: now, attempts: 0, refusals: 0, nextAttemptMillis: now, reason: 'a redrive' },
    });
    await ingress.add({ kind: 'retry', subscriptionId, entity: facts.entity }, id);
  };

  /** Those that the facade has given up. */
  const redrivePage = async (replay: Replay, { id: subscriptionId }: Subscription): Promise<Replay> => {
    const { items, cursor } = await pending.dead(subscriptionId, pageSize, replay.cursor);
    const found = items.filter(({ atMillis }) => atMillis < replay.untilMillis);
    for (const letter of replay.isDryRun ? [] : found) {
      const { entity, sequence, eventId } = letter;
      await pend(replay, { entity, sequence, eventId });
      await pending.unbury(letter);
    }
    const matching = replay.matching + found.length;
    const sent = replay.isDryRun ? 0 : matching;
    if (cursor === undefined && replay.isDryRun) return finish(replay, { matching });
    return save(replay, { matching, sent, cursor: cursor ?? lettersNext });
  };

  /** Those that SQS has moved, since the consumer received them too often. Copies of what the facade has given up are redriven already. */
  const redriveLetters = async (replay: Replay, subscription: Subscription, letters: Letters): Promise<Replay> => {
    const { deadLettersArn } = subscription.queue;
    let { matching } = replay;
    const found = await letters.receive(deadLettersArn);
    if (found.length === 0) return finish(replay, { matching, sent: matching });
    for (const letter of found) {
      const event = letter.sentMillis < replay.untilMillis ? eventOf(letter) : undefined;
      if (!event) continue;
      if (!letter.isOwn) {
        await pend(replay, event);
        matching += 1;
      }
      await letters.remove(deadLettersArn, letter);
    }
    return save(replay, { matching, sent: matching });
  };

  const finish = (replay: Replay, changes: Partial<Replay> & { readonly matching: number }): Promise<Replay> => {
    const none = changes.matching === 0 ? { reason: 'there is no dead letter' } : {};
    return save(replay, { ...changes, ...none, cursor: undefined, state: 'done' });
  };

  /** A catch-up is never given up: what it owes is sent by nobody else, and is in no dead-letter queue. */
  const isOver = (replay: Replay): boolean =>
    replay.kind !== 'catch-up' &&
    replay.failingSinceMillis !== undefined &&
    clock.nowMillis() - replay.failingSinceMillis >= retriedMillis;

  const step = (replay: Replay, subscription: Subscription): Promise<Replay> => {
    if (replay.kind === 'redrive') {
      if (replay.cursor !== lettersNext) return redrivePage(replay, subscription);
      return letters ? redriveLetters(replay, subscription, letters) : Promise.resolve(replay);
    }
    return replay.state === 'counting' ? countPage(replay, subscription) : sendPage(replay, subscription);
  };

  /** Page after page, as long as there is time and the queue takes them. */
  const runPages = async (begun: Replay, subscription: Subscription, untilMillis: number): Promise<Replay> => {
    let replay = begun;
    while (isUnderWay(replay) && clock.nowMillis() < untilMillis) {
      replay = await step(replay, subscription);
      if (replay.failingSinceMillis !== undefined) break;
    }
    return isUnderWay(replay) && isOver(replay) ? save(replay, { state: 'failed' }) : replay;
  };

  /** The next attempt at a queue that takes nothing: each time after half as long as it has failed. */
  const delaySecondsOf = ({ failingSinceMillis, updatedAtMillis }: Replay): number =>
    failingSinceMillis === undefined
      ? 0
      : Math.min(backoffMillis(20), Math.max(backoffMillis(1), (updatedAtMillis - failingSinceMillis) / 2)) / 1_000;

  const queue = (replay: Replay, delaySeconds: number): Promise<void> =>
    lane.add({ subscriptionId: replay.subscriptionId, replayId: replay.id }, delaySeconds);

  const create = (wanted: WantedReplay, { id: subscriptionId, consumerId }: Subscription, id: string): Replay => {
    const now = clock.nowMillis();
    return {
      ...{ ...wanted, id, subscriptionId, consumerId },
      ...{ state: 'counting', matching: 0, sent: 0, refused: 0, doneInPage: [], version: 1 },
      ...{ createdAtMillis: now, updatedAtMillis: now },
    };
  };

  /**
   * @param countMillis how long to count before it is left to the lane: what is counted by then is in the answer.
   * @throws when it is not known to be started.
   */
  const start = async (wanted: WantedReplay, subscription: Subscription, countMillis = 0): Promise<Replay> => {
    const replay = create(wanted, subscription, newReplayId(wanted.kind));
    await replays.write(replay);
    const untilMillis = clock.nowMillis() + countMillis;
    let counted = replay;
    while (counted.state === 'counting' && wanted.kind !== 'redrive' && clock.nowMillis() < untilMillis)
      counted = await countPage(counted, subscription);
    if (wanted.kind === 'redrive' && countMillis > 0) counted = await redrivePage(replay, subscription);
    if (isUnderWay(counted)) await queue(counted, 0);
    return counted;
  };

  return {
    start,
    /**
     * Begins the replay that a subscription is owed since it began in the past or was resumed. Safe to repeat.
     * @returns undefined when none is owed.
     */
    async catchUp(subscription: Subscription): Promise<Replay | undefined> {
      const { catchUp, version } = subscription;
      if (!catchUp || catchUp.replayId !== undefined || subscription.state !== 'active') return undefined;
      const { fromMillis, untilMillis } = catchUp;
      // The same for whoever comes first: one that is there already was begun by somebody who was killed.
      const id = `rep-${subscription.id.slice(-16)}-${untilMillis}`;
      const replay = create({ kind: 'catch-up', fromMillis, untilMillis, isDryRun: false }, subscription, id);
      await replays.write(replay);
      await queue(replay, 0);
      await store.write({ ...subscription, catchUp: { ...catchUp, replayId: id }, version: version + 1 });
      return replay;
    },

    /** Goes on with a replay. Safe to repeat, also at a time. @throws when a store fails. */
    async goOn(
      { subscriptionId, replayId }: { readonly subscriptionId: string; readonly replayId: string },
      millis: number,
    ): Promise<void> {
      const replay = await replays.read(subscriptionId, replayId);
      if (!replay || !isUnderWay(replay)) return;
      const subscription = await store.read(subscriptionId);
      try {
        if (!subscription) {
          await save(replay, { state: 'failed', reason: 'the subscription was removed' });
          return;
        }
        // Until it is resumed. The wake-up comes back to it.
        if (subscription.state !== 'active' && !replay.isDryRun) return;
        const waitMillis = replay.untilMillis + settleMillis[replay.kind] - clock.nowMillis();
        if (waitMillis > 0 && replay.kind !== 'redrive') return await queue(replay, Math.ceil(waitMillis / 1_000));
        const left = await runPages(replay, subscription, clock.nowMillis() + millis);
        if (isUnderWay(left)) await queue(left, Math.ceil(delaySecondsOf(left)));
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
      }
    },
  };
};
export type Replays = ReturnType<typeof createReplays>;
