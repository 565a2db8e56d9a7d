/**
 * Waiting places: how many calls of one consumer may wait for the budget at once, over all instances. A waiting call holds an
 * execution of its function. Without a bound, one consumer's waiting calls could hold all executions, and no other call would be
 * answered. Places are in the shared item and are written with the grants. A call holds its place until its slot, or until it
 * gives up.
 */
import type { Ask } from './ask.ts';

export type WaitingBound = {
  /** Concurrent executions of all functions of the pool. */
  readonly executions: number;
  /** Part of the executions that one consumer's waiting calls may hold while no other consumer waits. Above 0, at most 1. */
  readonly share: number;
  /** Name of the pool. Functions of one pool share their executions and are counted together. */
  readonly pool: string;
};

/** The default: half of the executions. The other half is left for calls that do not wait. */
export const defaultWaitingShare = 0.5;

/** By pool and consumer: until when (store's clock) each place is taken. A place whose time is over is free. */
export type Places = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/** A place that its call left before the place ended. */
export type LeftPlace = { readonly consumerId: string; readonly untilMillis: number };

/** An entry that ends at a full second can be stored together with others. */
const roundMillis = 1_000;

/** The places that are still taken at `nowMillis`. */
export const tidyPlaces = (places: Places, nowMillis: number): Places => {
  const kept = Object.entries(places).map(([pool, consumers]) => {
    const taken = Object.entries(consumers).map(([id, ends]) => [id, ends.filter((end) => end > nowMillis)] as const);
    return [pool, Object.fromEntries(taken.filter(([, ends]) => ends.length > 0))] as const;
  });
  return Object.fromEntries(kept.filter(([, consumers]) => Object.keys(consumers).length > 0));
};

const without = (ends: readonly number[], end: number): readonly number[] => {
  const index = ends.indexOf(end);
  return index < 0 ? ends : ends.toSpliced(index, 1);
};

export type PlaceBook = ReturnType<typeof createPlaceBook>;

/** The places of one round. `bound` undefined = any number of calls may wait, and none is counted. */
export const createPlaceBook = (
  before: Places,
  bound: WaitingBound | undefined,
  nowMillis: number,
  left: readonly LeftPlace[],
) => {
  const pool = bound?.pool ?? '';
  const taken = new Map<string, readonly number[]>(Object.entries(tidyPlaces(before, nowMillis)[pool] ?? {}));
  for (const { consumerId, untilMillis } of left)
    taken.set(consumerId, without(taken.get(consumerId) ?? [], untilMillis));
  let isChanged = false;

  const countOf = (consumerId: string): number => taken.get(consumerId)?.length ?? 0;
  const total = (): number => [...taken.values()].reduce((sum, ends) => sum + ends.length, 0);

  /** The more executions wait, the fewer places a consumer gets. Its first call may always wait. */
  const hasRoom = (consumerId: string, { share, executions }: WaitingBound): boolean => {
    const own = countOf(consumerId);
    return own === 0 || own * (1 - share) < share * (executions - total());
  };

  const set = (consumerId: string, placeMillis: number | undefined, untilMillis: number): void => {
    const ends = taken.get(consumerId) ?? [];
    const others = placeMillis === undefined ? ends : without(ends, placeMillis);
    taken.set(
      consumerId,
      [...others, untilMillis].sort((one, other) => one - other),
    );
    isChanged = true;
  };

  return {
    /** Takes a place for the call until this instant (a whole millisecond), or moves its place there. False = the call may not wait. */
    take({ consumerId, placeMillis, charged }: Ask, untilMillis: number): boolean {
      if (!bound) return true;
      // A call whose unit went to another call was already allowed to wait.
      if (placeMillis === undefined && !charged && !hasRoom(consumerId, bound)) return false;
      set(consumerId, placeMillis, untilMillis);
      return true;
    },
    /** Frees the place of a call that no longer waits. */
    leave({ consumerId, placeMillis }: Ask): void {
      if (!bound || placeMillis === undefined) return;
      taken.set(consumerId, without(taken.get(consumerId) ?? [], placeMillis));
      isChanged = true;
    },
    /** Until when a call that has no slot yet holds its place. */
    untilOf: ({ latestMillis }: Ask): number => Math.ceil(latestMillis / roundMillis) * roundMillis,
    countOf,
    /** Whether there is something to write. */
    isChanged: (): boolean => isChanged,
    result: (): Places => tidyPlaces(bound ? { ...before, [pool]: Object.fromEntries(taken) } : before, nowMillis),
  };
};
