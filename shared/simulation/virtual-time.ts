/** A clock that jumps from event to event, so that hours pass in seconds. */
import { setImmediate as settled } from 'node:timers/promises';

type Event = {
  readonly atMillis: number;
  readonly order: number;
  readonly run: () => void;
  readonly isCancelled: () => boolean;
};

const never = (): boolean => false;

const isBefore = (one: Event, other: Event): boolean =>
  one.atMillis < other.atMillis || (one.atMillis === other.atMillis && one.order < other.order);

/** A binary heap by time, then by order of scheduling. */
const createHeap = () => {
  const events: Event[] = [];
  const swap = (one: number, other: number) => {
    const event = events[one] as Event;
    events[one] = events[other] as Event;
    events[other] = event;
  };
  return {
    push(event: Event): void {
      events.push(event);
      for (let child = events.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!isBefore(events[child] as Event, events[parent] as Event)) return;
        swap(child, parent);
        child = parent;
      }
    },
    peek: (): Event | undefined => events[0],
    pop(): Event | undefined {
      const first = events[0];
      const last = events.pop();
      if (!first || !last || events.length === 0) return first;
      events[0] = last;
      for (let parent = 0; ; ) {
        let least = parent;
        for (const child of [2 * parent + 1, 2 * parent + 2])
          if (child < events.length && isBefore(events[child] as Event, events[least] as Event)) least = child;
        if (least === parent) return first;
        swap(least, parent);
        parent = least;
      }
    },
  };
};

/** @param settle resolves when everything that follows from an event has happened. */
export const createVirtualTime = (settle: () => Promise<unknown> = settled) => {
  const heap = createHeap();
  let nowMillis = 0;
  let order = 0;
  return {
    now: (): number => nowMillis,
    /** Runs `run` then, unless `isCancelled` says otherwise when its time has come. */
    at(atMillis: number, run: () => void, isCancelled: () => boolean = never): void {
      order += 1;
      heap.push({ atMillis: Math.max(nowMillis, atMillis), order, run, isCancelled });
    },
    /**
     * Lets time pass until then. Everything that follows from an event happens before the next.
     * @param isOver ends the run before its end, after any event.
     */
    async runUntil(endMillis: number, isOver: () => boolean = never): Promise<void> {
      await settle();
      for (let next = heap.peek(); !isOver() && next && next.atMillis <= endMillis; next = heap.peek()) {
        heap.pop();
        if (next.isCancelled()) continue;
        nowMillis = next.atMillis;
        next.run();
        await settle();
      }
      if (!isOver()) nowMillis = endMillis;
    },
  };
};
export type VirtualTime = ReturnType<typeof createVirtualTime>;

/** Repeatable random numbers, 0 to 1 (mulberry32). */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
