/**
 * The retries of the facade's queues.
 *
 * How often a message of one of the facade's queues is received before it becomes a dead letter. The handler gives it up, with a reason,
 * at the receive number `mostReceives`. SQS takes it away, without a reason, after `maxReceiveCount`: that is always more, so SQS acts
 * only when functions die.
 */
import { doubling } from '../time/doubling.ts';

const receives = (mostReceives: number, spare: number) => ({ mostReceives, maxReceiveCount: mostReceives + spare });

/** `Ingress`, `Replays`, and the queues of the facade's parts that get notifications, such as `Purges`. */
export const notificationReceives = receives(8, 2);
/** Mirrors. A push is given up by its age, after some 120 receives. SQS takes 1,000 at most (API reference, SetQueueAttributes). */
export const mirrorReceives = receives(900, 100);
/** `Enrichment`. A document is given up by its age, after some 16 receives. */
export const enrichmentReceives = receives(50, 10);
/** `Pulls` and `Operations`: only SQS gives up. Below five, a throttled message may become a dead letter without a try. */
export const otherReceives = { maxReceiveCount: 5 };

/** The pause after each receive: 30 s, doubled after each further one, 15 minutes at most. */
export const backoffSeconds = doubling(30, 900);

/**
 * The pause after a receive that failed. A failure may say when to try again: a throttled store says 5 s. The first pause is as long. The
 * later ones grow all the same: eight receives, 5 s apart, would give a message up after 40 s of throttling.
 */
export const pauseSeconds = (receiveCount: number, leastSeconds?: number): number =>
  receiveCount <= 1
    ? (leastSeconds ?? backoffSeconds(receiveCount))
    : Math.max(leastSeconds ?? 0, backoffSeconds(receiveCount));
