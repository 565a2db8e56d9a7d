/**
 * How many calls of one consumer may wait for the budget at once, over all instances. A call that waits holds an execution of
 * its function: without a bound, the waiting calls of one consumer hold all of them, and nobody else is answered. The places
 * are in the shared item and written with the grants: a place is taken until the call's slot, or until it gives up.
 */
import type { Ask } from './ask.ts';

export type WaitingBound = {
  /** What the functions of the pool may run at once. */
  readonly executions: number;
  /** Part of them on which calls of one consumer may wait while no other consumer has a call that waits. Above 0, at most 1. */
  readonly share: number;
  /** Functions that share their executions are counted together. */
  readonly pool: string;
};

/** The other half is left for calls that need not wait. */
export const defaultWaitingShare = 0.5;

/** By pool and consumer: until when (store's clock) each place is taken. A place whose time is over is free. */
export type Places = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

/** A place that its call has left before its time. */
export type LeftPlace = { readonly consumerId: string; readonly untilMillis: number };

/** An entry that ends at a full second can be stored together with others. */
const roundMillis = 1_000;

/** The places without those that are free at `nowMillis`. */
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

  /** The more executions wait, the fewer more one consumer gets; its first call may always wait. */
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
    /** Takes a place for the call until then, a whole millisecond, or moves its place there. False = the call may not wait. */
    take({ consumerId, placeMillis, charged }: Ask, untilMillis: number): boolean {
      if (!bound) return true;
      // A call whose unit went to another one has been let wait already.
      if (placeMillis === undefined && !charged && !hasRoom(consumerId, bound)) return false;
      set(consumerId, placeMillis, untilMillis);
      return true;
    },
    /** Gives back the place of a call that waits no longer. */
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
