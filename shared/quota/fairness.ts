/**
 * Fair queueing between consumers, by start tags (Goyal, Vin and Cheng 1996): each unit moves its consumer's tag on by
 * 1 / weight, and the lowest tag goes first. All instances share the tags. A consumer that is ahead yields for a moment to
 * consumers that wait in other instances. Units that those do not fetch are then open to all.
 */

import type { Priority } from '../exchange/quota-profile.ts';
import { type Ask, flowKey } from './ask.ts';
import type { QuotaPolicy } from './policy.ts';
import type { Flow, QuotaState } from './state.ts';

/** Units, at weight 1, that a consumer may be ahead of another that waits elsewhere. */
export const slackUnits = 4;
/** How long a consumer counts as waiting after an instance has reported it. It is long enough for its turn to come. */
export const wantMillis = ({ policy, limit }: { readonly policy: QuotaPolicy; readonly limit: number }): number =>
  Math.max(1_500, (15 * policy.windowMillis) / limit);

/** The calls of one consumer at one priority that wait here, first come first. */
export type Queue = {
  readonly key: string;
  readonly priority: Priority;
  readonly weight: number;
  /** Indices of asks. */
  readonly asks: number[];
  position: number;
  /** Tag on arrival, and units had in this round. */
  readonly start: number;
  units: number;
  /** Place among the queues of this round. */
  tag: number;
  /** Why the queue is left out of this round: its caps are spent, it is ahead of its share, or too many of its calls wait. */
  heldBy: 'cap' | 'share' | 'waiting' | undefined;
};

const isWanting = (flow: Flow, nowMillis: number): boolean => flow.wantsUntilMillis > nowMillis;

/** The lowest tag of the waiting consumers outside `except`, which contains those that wait here. */
export const lowestRivalTag = (
  state: QuotaState,
  priority: Priority,
  nowMillis: number,
  except: ReadonlyMap<string, Queue>,
): number => {
  let lowest = Number.POSITIVE_INFINITY;
  for (const [key, flow] of Object.entries(state.flows))
    if (key[0] === priority[0] && isWanting(flow, nowMillis) && !except.has(key)) lowest = Math.min(lowest, flow.tag);
  return lowest;
};

const startTag = (state: QuotaState, key: string, priority: Priority, nowMillis: number): number => {
  const flow = state.flows[key];
  if (flow && isWanting(flow, nowMillis)) return flow.tag;
  const lowest = lowestRivalTag(state, priority, nowMillis, new Map());
  const start = Number.isFinite(lowest) ? lowest : (state.virtual[priority[0] as string] ?? 0);
  return Math.max(flow?.tag ?? 0, start);
};

/**
 * Sorts the asks into queues by consumer and priority. `backlog`: tags of consumers that have waited here since an earlier round.
 * They keep their place; newcomers start anew. `isLeftOut`: asks, by index, that are in no queue now.
 */
export const toQueues = (
  asks: readonly Ask[],
  state: QuotaState,
  nowMillis: number,
  backlog: ReadonlyMap<string, number>,
  isLeftOut: (index: number) => boolean = () => false,
): Map<string, Queue> => {
  const queues = new Map<string, Queue>();
  asks.forEach((ask, index) => {
    if (isLeftOut(index)) return;
    const key = flowKey(ask.priority, ask.consumerId);
    const queue = queues.get(key);
    if (queue) {
      queue.asks.push(index);
      return;
    }
    const earlier = backlog.get(key);
    const start =
      earlier === undefined
        ? startTag(state, key, ask.priority, nowMillis)
        : Math.max(earlier, state.flows[key]?.tag ?? 0);
    const { priority, weight } = ask;
    queues.set(key, {
      key,
      priority,
      weight,
      asks: [index],
      position: 0,
      start,
      units: 0,
      tag: start,
      heldBy: undefined,
    });
  });
  return queues;
};

/** The queue to serve next; undefined when all are empty or held. */
export const nextQueue = (queues: readonly Queue[]): Queue | undefined => {
  let next: Queue | undefined;
  for (const queue of queues)
    if (
      queue.heldBy === undefined &&
      queue.position < queue.asks.length &&
      (next === undefined || queue.tag < next.tag)
    )
      next = queue;
  return next;
};

export const isFair = (queue: Queue, lowestRival: number): boolean =>
  queue.tag <= lowestRival + slackUnits / queue.weight;

const minuteMillis = 60_000;
const minuteOf = (millis: number): number => Math.floor(millis / minuteMillis);

/** Estimated units in the last 60 s: this minute's count, and the part of the last minute's that still lies within 60 s. */
export const lastMinute = (flow: Flow, nowMillis: number): number => {
  const minute = minuteOf(nowMillis);
  const share = 1 - (nowMillis % minuteMillis) / minuteMillis;
  if (flow.minute >= minute) return Math.round(flow.unitsNow + flow.unitsBefore * share);
  return flow.minute === minute - 1 ? Math.round(flow.unitsNow * share) : 0;
};

/** The flow with `units` more in the minute of `nowMillis`. */
export const withUnits = (flow: Flow | undefined, units: number, nowMillis: number): Flow => {
  const minute = minuteOf(nowMillis);
  const past = flow === undefined ? Number.POSITIVE_INFINITY : minute - flow.minute;
  return {
    tag: flow?.tag ?? 0,
    wantsUntilMillis: flow?.wantsUntilMillis ?? 0,
    minute,
    unitsNow: (past <= 0 ? (flow?.unitsNow ?? 0) : 0) + units,
    unitsBefore: past <= 0 ? (flow?.unitsBefore ?? 0) : past === 1 ? (flow?.unitsNow ?? 0) : 0,
  };
};
