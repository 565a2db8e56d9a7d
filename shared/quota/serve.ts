/** Serves the ranks of a round: which calls get a unit, for when, and what the others wait for. */
import type { Ask } from './ask.ts';
import { entitledAt, useEntitlement } from './entitlement.ts';
import { isFair, lowestRivalTag, nextQueue, type Queue } from './fairness.ts';
import { bucketOf } from './ledger.ts';
import type { Cap } from './policy.ts';
import type { Rank } from './ranks.ts';
import { type Round, retryNoLaterThan } from './round.ts';
import { mayWaitUntil, tooMany } from './take-places.ts';
import type { WaitReason } from './wait-reason.ts';

/** While background calls wait, they are sent at most this much faster than units become free, so that there are no bursts and no gaps. */
const paceFactor = 1.1;
/** A unit that stayed free for this long is open to all consumers, including those ahead of their share. */
export const openAfterMillis = 150;

/** Earliest time of the rank's next call by its pace; 0 while the rank is not paced. */
const paceOf = (round: Round, rank: Rank): number => (rank.isPaced ? round.nextMillis[rank.priority] : 0);

/** @param notBeforeMillis the time that the call itself waits for. Calls behind it continue in the meantime, at the pace of the budget. */
const book = (
  round: Round,
  rank: Rank,
  queue: Queue,
  index: number,
  openMillis: number,
  notBeforeMillis: number,
): void => {
  const { policy } = round;
  const slotMillis = Math.max(openMillis, notBeforeMillis);
  const ask = round.asks[index] as Ask;
  const useBeforeMillis = slotMillis + policy.leaseMillis + round.uncertainMillis;
  const bucket = bucketOf(useBeforeMillis + policy.windowMillis + policy.sendGuardMillis);
  round.grants.push({ ask: index, slotMillis, useBeforeMillis, bucket });
  round.expected[index] = slotMillis;
  round.taken += 1;
  rank.left -= 1;
  queue.position += 1;
  if (rank.isPaced) round.nextMillis[rank.priority] = openMillis + policy.windowMillis / (round.limit * paceFactor);
  // A cap counts calls when they are sent, so a later send counts later.
  round.caps.take(ask, slotMillis);
  round.operations.take(ask, slotMillis);
  round.held[index] = undefined;
  if (ask.charged) return;
  queue.units += 1;
  queue.tag += 1 / queue.weight;
  if (rank.reservation) useEntitlement(round.booked, rank.reservation, round.nowMillis);
};

/** Records the expected slot of an ask that gets no unit now, and the reason. */
const postpone = (round: Round, rank: Rank, index: number, notBeforeMillis: number, held: WaitReason): number => {
  round.held[index] = held;
  const openMillis = rank.lane.expected(round.taken + round.awaited);
  // A queue that waits for its own cap, or may not wait, does not hold up the others.
  if (held.by !== 'cap' && held.by !== 'waiting') round.awaited += 1;
  const expected = Math.max(openMillis, notBeforeMillis, paceOf(round, rank));
  round.expected[index] = expected;
  return expected;
};

type QueueReason = Extract<WaitReason, { by: NonNullable<Queue['heldBy']> }>;

/** Leaves a queue out of this round. */
const hold = (round: Round, rank: Rank, queue: Queue, held: QueueReason, notBeforeMillis: number): void => {
  queue.heldBy = held.by;
  for (const index of queue.asks.slice(queue.position)) postpone(round, rank, index, notBeforeMillis, held);
};

/** Why the next call of a rank has to wait: no units are free, or the free ones are held for others. */
const heldOf = (round: Round, rank: Rank): WaitReason => {
  if (round.state.pausedUntilMillis > round.nowMillis) return { by: 'pause' };
  const hasUnits = round.limit - round.used - round.taken >= 1;
  const isSpent = rank.lane.freeNow - round.taken < 1;
  return { by: (hasUnits && isSpent && rank.beside) || 'tenant' };
};

/** Stops booking for a rank whose next call has to wait. The calls behind it get only an estimate. */
const close = (round: Round, rank: Rank, openMillis: number): void => {
  const { horizonMillis } = round.policy;
  const held = heldOf(round, rank);
  let isFirst = true;
  for (let queue = nextQueue(rank.queues); queue && rank.left > 0; queue = nextQueue(rank.queues)) {
    rank.left -= 1;
    const index = queue.asks[queue.position] as number;
    const expected = postpone(round, rank, index, round.nowMillis, held);
    const isLent = openMillis > expected + horizonMillis;
    if (isFirst) retryNoLaterThan(round, isLent ? expected : expected - (rank.batchMillis || horizonMillis));
    isFirst = false;
    queue.position += 1;
    queue.tag += 1 / queue.weight;
  }
};

/** Serves one rank, the lowest tag first, until its next call would have to wait. */
export const serve = (round: Round, rank: Rank): void => {
  const { policy, nowMillis } = round;
  const horizonMillis = nowMillis + policy.horizonMillis;
  const priority = rank.queues[0]?.priority;
  if (!priority) return;
  const rival = rank.reservation
    ? Number.POSITIVE_INFINITY
    : lowestRivalTag(round.state, priority, nowMillis, round.queues);
  for (let queue = nextQueue(rank.queues); queue && rank.left > 0; queue = nextQueue(rank.queues)) {
    const index = queue.asks[queue.position] as number;
    const ask = round.asks[index] as Ask;
    const openMillis = Math.max(rank.lane.slot(round.taken), paceOf(round, rank));
    const isWorthAWrite =
      round.grants.length > 0 || openMillis <= nowMillis + (rank.batchMillis || policy.horizonMillis);
    if (openMillis > horizonMillis || !isWorthAWrite) {
      close(round, rank, openMillis);
      return;
    }
    const capMillis = round.caps.slot(ask, nowMillis);
    const hasFree = rank.lane.freeNow - round.fresh - round.taken >= 1;
    const isOpenToAll = hasFree && paceOf(round, rank) <= nowMillis - openAfterMillis;
    if (capMillis > horizonMillis) {
      retryNoLaterThan(round, capMillis - policy.horizonMillis);
      hold(round, rank, queue, { by: 'cap', cap: round.caps.tightest(ask, nowMillis) as Cap }, capMillis);
    } else if (!isOpenToAll && !isFair(queue, rival)) {
      retryNoLaterThan(round, nowMillis + openAfterMillis);
      hold(round, rank, queue, { by: 'share' }, nowMillis);
    } else {
      const pausedMillis = round.operations.slots.get(index) ?? 0;
      const notBeforeMillis = Math.max(capMillis, pausedMillis);
      if (mayWaitUntil(round, index, Math.max(openMillis, notBeforeMillis)))
        book(round, rank, queue, index, openMillis, notBeforeMillis);
      else if (pausedMillis > Math.max(openMillis, capMillis)) {
        postpone(round, rank, index, pausedMillis, tooMany(round, ask, ask.operation));
        queue.position += 1;
      } else hold(round, rank, queue, tooMany(round, ask), nowMillis);
    }
  }
};

/** Calls with a booking expect their unit when the booking gives the next one, or earlier. */
export const promise = (round: Round, { reservation, queues }: Rank): void => {
  if (!reservation) return;
  const openMillis = Math.max(round.nowMillis, round.state.pausedUntilMillis);
  let ahead = 0;
  for (const index of queues.flatMap((queue) => (queue.heldBy === 'cap' ? [] : queue.asks))) {
    if (round.grants.some(({ ask }) => ask === index)) continue;
    const dueMillis = Math.max(openMillis, entitledAt(round.booked, reservation, round.nowMillis, ahead));
    if (ahead === 0) retryNoLaterThan(round, dueMillis);
    round.expected[index] = Math.min(round.expected[index] as number, dueMillis);
    ahead += 1;
  }
};
