/**
 * The decision: given what is shared, who waits here and what time it is, which calls get a unit, for when, and what the
 * shared state is then. Pure: the governor reads, calls this, and writes the result only if nobody else wrote meanwhile.
 */

import type { Priority } from '../exchange/quota-profile.ts';
import type { Ask, Reservation } from './ask.ts';
import { createCapBook } from './caps.ts';
import { entitledAt, entitledUnits, isUsedUp, useEntitlement } from './entitlement.ts';
import { isFair, lowestRivalTag, nextQueue, type Queue, toQueues } from './fairness.ts';
import type { Held } from './held.ts';
import { createLane, type Lane } from './lane.ts';
import { bucketOf, outlook, type Settlement, settle, usedAt } from './ledger.ts';
import { createOperationPauses } from './operation-pauses.ts';
import { nextState } from './outcome.ts';
import { createPlaceBook, type LeftPlace, type WaitingBound } from './places.ts';
import type { Cap, QuotaPolicy } from './policy.ts';
import type { Grant, Round } from './round.ts';
import { smallConsumersOf } from './small-consumers.ts';
import { believedLimit, type QuotaState, tidy } from './state.ts';

export type DecisionInput = {
  readonly state: QuotaState;
  readonly policy: QuotaPolicy;
  /** The store's clock has passed `earliest` and has not reached `latest`. */
  readonly now: { readonly earliestMillis: number; readonly latestMillis: number };
  readonly asks: readonly Ask[];
  readonly settlements: readonly Settlement[];
  readonly reservations: readonly Reservation[];
  /** What the last decision of this instance said of it; empty for the first. */
  readonly backlog?: ReadonlyMap<string, number>;
  /** The state itself has news for everybody. */
  readonly mustWrite?: boolean;
  /** Left out: any number of calls may wait. */
  readonly bound?: WaitingBound | undefined;
  /** Places that calls of this instance have left before their time. */
  readonly leftPlaces?: readonly LeftPlace[];
};

export type Decision = {
  /** To be written before any grant is used; undefined = there is nothing worth a write. */
  readonly next: QuotaState | undefined;
  readonly grants: readonly Grant[];
  /** By index of ask: when it is likely to get a slot; its slot when it got one. */
  readonly expectedMillis: readonly number[];
  /** When to ask again for those that wait; undefined when nobody does. */
  readonly retryAtMillis: number | undefined;
  /** Tags of consumers that wait here, by flow: for the next decision, unless this one is not written. */
  readonly backlog: ReadonlyMap<string, number>;
  /** By index of ask: what keeps it from going now; undefined when it got a slot. */
  readonly held: readonly (Held | undefined)[];
  /** By index of ask: until when a place is taken for its wait; none for one that does not wait, or may not. */
  readonly placeMillis: readonly (number | undefined)[];
  /** Units that are free now, and the limit that they are part of. */
  readonly freeNow: number;
  readonly limit: number;
};

/** Part of the limit that is always left for the next interactive call. */
const freeShare = 0.001;
/** While background calls wait, they go at most this much faster than the budget comes back: no bursts and no gaps. */
const paceFactor = 1.1;
/** A unit that nobody fetched for so long is open to all, also to those ahead of their share. */
const openAfterMillis = 150;
/** The lease grows with what is not known of the time, up to this. */
const mostUncertainMillis = 1_500;

type HeldQueue = Extract<Held, { by: 'cap' | 'share' | 'waiting' }>;

type Rank = {
  readonly lane: Lane;
  readonly queues: readonly Queue[];
  /** How much of the horizon a call may be away from its slot before it is worth a write of its own. */
  readonly batchMillis: number;
  readonly isPaced: boolean;
  readonly priority: Priority;
  /** For whom room is held that this rank may not use; undefined when for nobody. */
  readonly beside: 'bookings' | 'reserve' | 'small' | undefined;
  readonly reservation: Reservation | undefined;
  /** Calls that it may still serve, or let wait; the others are left to the ranks below. */
  left: number;
};

const consumerOf = (queue: Queue): string => queue.key.slice(2);

/** From the most to the least urgent: running bookings as far as their rate goes, interactive, background. */
const toRanks = (round: Round): Rank[] => {
  const { state, policy, limit, nowMillis } = round;
  const { windowMillis, horizonMillis } = policy;
  const running = round.reservations.filter((reservation) => !isUsedUp(round.booked, reservation));
  const bookedRate = running.reduce((sum, { unitsPerMilli }) => sum + unitsPerMilli, 0);
  const reservedRate = Math.floor(limit * policy.reservedShare) / windowMillis;
  const base = outlook(state.ledger, limit, Math.max(nowMillis, state.pausedUntilMillis));
  const lane = (units: number, unitsPerMilli: number) => createLane(base, { units, unitsPerMilli }, windowMillis);
  const all = [...round.queues.values()];
  const isPaced = (priority: Priority) => state.pace[priority].pressedMillis + windowMillis > nowMillis;
  const batchMillis = horizonMillis / 2;
  const left = Number.POSITIVE_INFINITY;
  const plain = { batchMillis: 0, priority: 'interactive' as const, beside: undefined, reservation: undefined, left };
  const besideBookings: Rank['beside'] = bookedRate > 0 ? 'bookings' : undefined;
  const small = smallConsumersOf(state, limit, nowMillis);
  const keptRate = small.units / windowMillis;
  const interactive = {
    ...plain,
    isPaced: isPaced('interactive'),
    beside: besideBookings,
    batchMillis: isPaced('interactive') ? batchMillis : 0,
  };
  const asking = all.filter(({ priority }) => priority === 'interactive');
  return [
    ...running.map((reservation) => {
      const queues = all.filter((queue) => consumerOf(queue) === reservation.consumerId);
      const due = entitledUnits(round.booked, reservation, nowMillis);
      return { ...plain, isPaced: false, lane: lane(0, 0), queues, reservation, left: due };
    }),
    { ...interactive, lane: lane(0, bookedRate), queues: asking.filter(small.has) },
    {
      ...interactive,
      lane: lane(0, bookedRate + keptRate),
      beside: keptRate > 0 ? 'small' : besideBookings,
      queues: asking.filter((queue) => !small.has(queue)),
    },
    {
      lane: lane(Math.floor(limit * freeShare), reservedRate + bookedRate),
      queues: all.filter(({ priority }) => priority === 'background'),
      batchMillis,
      priority: 'background',
      isPaced: isPaced('background'),
      beside: bookedRate > reservedRate ? 'bookings' : 'reserve',
      reservation: undefined,
      left,
    },
  ];
};

/** The rank's next call goes no earlier for its pace; 0 while it is not paced. */
const paceOf = (round: Round, rank: Rank): number => (rank.isPaced ? round.nextMillis[rank.priority] : 0);

/** @param notBeforeMillis what the call waits for itself: those behind it go on meanwhile, at the pace of the budget. */
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
  // A cap is about when calls go, so who goes later than planned counts then, too.
  round.caps.take(ask, slotMillis);
  round.operations.take(ask, slotMillis);
  round.held[index] = undefined;
  if (ask.charged) return;
  queue.units += 1;
  queue.tag += 1 / queue.weight;
  if (rank.reservation) useEntitlement(round.booked, rank.reservation, round.nowMillis);
};

/** Notes when an ask that gets nothing now may expect its slot, and what it waits for. */
const postpone = (round: Round, rank: Rank, index: number, notBeforeMillis: number, held: Held): number => {
  round.held[index] = held;
  const openMillis = rank.lane.expected(round.taken + round.awaited);
  // One that waits for a cap of its own, or may not wait, lets all others pass.
  if (held.by !== 'cap' && held.by !== 'waiting') round.awaited += 1;
  const expected = Math.max(openMillis, notBeforeMillis, paceOf(round, rank));
  round.expected[index] = expected;
  return expected;
};

const retryNoLaterThan = (round: Round, millis: number): void => {
  round.retryMillis = Math.min(round.retryMillis, millis);
};

/** Leaves a queue out of this round. */
const hold = (round: Round, rank: Rank, queue: Queue, held: HeldQueue, notBeforeMillis: number): void => {
  queue.heldBy = held.by;
  for (const index of queue.asks.slice(queue.position)) postpone(round, rank, index, notBeforeMillis, held);
};

/** What a rank waits for whose next call would have to wait: for units, or for those that are held for others. */
const heldOf = (round: Round, rank: Rank): Held => {
  if (round.state.pausedUntilMillis > round.nowMillis) return { by: 'pause' };
  const hasUnits = round.limit - round.used - round.taken >= 1;
  const isSpent = rank.lane.freeNow - round.taken < 1;
  return { by: (hasUnits && isSpent && rank.beside) || 'tenant' };
};

/** Ends the booking of a rank: its next call has to wait. Those behind it only learn what to expect. */
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
const serve = (round: Round, rank: Rank): void => {
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

/** Whether the call may have this slot: one that has to wait for it needs a place, and any other leaves its own. */
const mayWaitUntil = (round: Round, index: number, slotMillis: number): boolean => {
  const ask = round.asks[index] as Ask;
  if (slotMillis <= round.nowMillis) {
    round.places.leave(ask);
    round.placeMillis[index] = undefined;
    return true;
  }
  const untilMillis = Math.ceil(slotMillis);
  if (!round.places.take(ask, untilMillis)) return false;
  round.placeMillis[index] = untilMillis;
  return true;
};

/** @param operation what is paused, where the call waits for nothing else: other calls of its consumer need no place. */
const tooMany = ({ places }: Round, { consumerId }: Ask, operation?: string): HeldQueue => ({
  by: 'waiting',
  calls: places.countOf(consumerId),
  operation,
});

/** Takes places for the calls that wait without a slot; a call that gets none may not wait. */
const takePlaces = (round: Round): void => {
  const granted = new Set(round.grants.map(({ ask }) => ask));
  round.asks.forEach((ask, index) => {
    if (granted.has(index) || ask.placeMillis !== undefined) return;
    if ((round.expected[index] as number) > ask.latestMillis) return;
    const untilMillis = round.places.untilOf(ask);
    const held = round.held[index];
    if (held?.by !== 'waiting' && round.places.take(ask, untilMillis)) round.placeMillis[index] = untilMillis;
    else round.held[index] = tooMany(round, ask, held && 'operation' in held ? held.operation : undefined);
  });
};

/** A call that may not wait is told to come back when those that wait have had their turn. */
const expectTurn = (round: Round): void => {
  const unitMillis = round.policy.windowMillis / round.limit;
  round.held.forEach((held, index) => {
    if (held?.by !== 'waiting') return;
    const turnMillis = round.nowMillis + held.calls * unitMillis;
    round.expected[index] = Math.max(round.expected[index] as number, turnMillis);
  });
};

/** Those for whom a booking will give a unit later may expect it then, if not before. */
const promise = (round: Round, { reservation, queues }: Rank): void => {
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

/** Leaves the calls of paused operations out of this round that cannot go yet: others of their consumer go on. */
const holdPaused = (round: Round): void => {
  for (const [index, slotMillis] of round.operations.slots) {
    if (!isPausedBeyond(round, slotMillis)) continue;
    round.expected[index] = slotMillis;
    round.held[index] = { by: 'operation', operation: round.asks[index]?.operation ?? '' };
    retryNoLaterThan(round, slotMillis - round.policy.horizonMillis);
  }
};

const isPausedBeyond = ({ policy, nowMillis }: Pick<Round, 'policy' | 'nowMillis'>, slotMillis: number): boolean =>
  slotMillis > nowMillis + policy.horizonMillis;

/** Decides for all that wait at one instance. The same input always gives the same decision. */
export const decide = (input: DecisionInput): Decision => {
  const { policy, asks, now } = input;
  const nowMillis = Math.max(now.earliestMillis, input.state.asOfMillis);
  const tidied = tidy(input.state, nowMillis);
  const state = { ...tidied, ledger: settle(tidied.ledger, input.settlements) };
  const used = usedAt(state.ledger, nowMillis);
  const operations = createOperationPauses(state.operations ?? {}, asks, nowMillis);
  const isLeftOut = (index: number): boolean =>
    isPausedBeyond({ policy, nowMillis }, operations.slots.get(index) ?? nowMillis);
  const round: Round = {
    state,
    policy,
    asks,
    reservations: input.reservations,
    nowMillis,
    uncertainMillis: Math.min(mostUncertainMillis, Math.max(0, now.latestMillis - nowMillis)),
    limit: believedLimit(state, policy, nowMillis),
    caps: createCapBook(state.caps),
    queues: toQueues(asks, state, nowMillis, input.backlog ?? new Map(), isLeftOut),
    operations,
    places: createPlaceBook(state.places ?? {}, input.bound, nowMillis, input.leftPlaces ?? []),
    placeMillis: asks.map((ask) => ask.placeMillis),
    used,
    fresh: usedAt(state.ledger, nowMillis - openAfterMillis) - used,
    grants: [],
    expected: new Array<number>(asks.length).fill(Number.POSITIVE_INFINITY),
    held: new Array<Held | undefined>(asks.length).fill(undefined),
    booked: { ...state.booked },
    taken: 0,
    awaited: 0,
    nextMillis: { interactive: state.pace.interactive.nextMillis, background: state.pace.background.nextMillis },
    retryMillis: Number.POSITIVE_INFINITY,
  };
  const ranks = toRanks(round);
  for (const rank of ranks) serve(round, rank);
  for (const rank of ranks) promise(round, rank);
  holdPaused(round);
  takePlaces(round);
  expectTurn(round);
  return {
    next: nextState(round, input.mustWrite ?? false),
    grants: round.grants,
    expectedMillis: round.expected,
    held: round.held,
    placeMillis: round.placeMillis,
    retryAtMillis: Number.isFinite(round.retryMillis) ? round.retryMillis : undefined,
    backlog: new Map([...round.queues.values()].map((queue) => [queue.key, queue.start + queue.units / queue.weight])),
    freeNow: Math.max(0, round.limit - used - round.taken),
    limit: round.limit,
  };
};
