/**
 * The one clock of all instances: the store's. Each answer of the store carries the second in which it was given, and
 * the answer was given between asking and hearing it. Every answer so narrows down how far the store's clock is from
 * the instance's monotonic one; the wall clock of the instance may be wrong by any amount, or be stepped, and harms nothing.
 *
 * What is left to trust: the store's hosts agree within `storeSkewMillis`, a `Date` is at most `dateLagMillis` old, and
 * monotonic clocks run true to `driftShare`.
 */
import type { Ticker } from './ticker.ts';

export type StoreClock = {
  /** The store's clock shows this or later. */
  readonly earliestMillis: () => number;
  /** The store's clock shows this or earlier. */
  readonly latestMillis: () => number;
  /** Takes in one answer. `dateMillis` = its Date header; undefined = it had none, the wall clock must do. */
  readonly observe: (sent: Instant, dateMillis: number | undefined) => void;
  /** Takes in that the store's clock has been seen past this instant. */
  readonly notBefore: (millis: number) => void;
  /** Width of what is not known; Infinity before the first answer. */
  readonly uncertaintyMillis: () => number;
  /** How often answers contradicted each other: more than a few mean that a trusted bound does not hold. */
  readonly contradictions: () => number;
  readonly now: () => Instant;
};

type Instant = { readonly monotonicMillis: number; readonly wallMillis: number };

export type ClockBounds = {
  readonly storeSkewMillis: number;
  readonly dateLagMillis: number;
  readonly driftShare: number;
  /** Only for stores that tell no time: how far a wall clock may be off. */
  readonly wallSkewMillis: number;
};

export const defaultClockBounds: ClockBounds = {
  storeSkewMillis: 20,
  dateLagMillis: 50,
  driftShare: 0.000_2,
  wallSkewMillis: 100,
};

/** Resolution of a Date header (RFC 9110, section 5.6.7). */
const dateStepMillis = 1_000;

type Bound = { readonly storeMillis: number; readonly seen: Instant };

export const createStoreClock = (ticker: Ticker, bounds: ClockBounds = defaultClockBounds): StoreClock => {
  let low: Bound | undefined;
  let high: Bound | undefined;
  let contradictions = 0;
  let hasTold = false;

  const now = (): Instant => ({ monotonicMillis: ticker.monotonicMillis(), wallMillis: ticker.wallMillis() });

  const lowAt = (bound: Bound | undefined, at: Instant): number =>
    bound === undefined
      ? Number.NEGATIVE_INFINITY
      : bound.storeMillis + (at.monotonicMillis - bound.seen.monotonicMillis) * (1 - bounds.driftShare);
  /** The wall clock counts here too: a machine that slept may have a monotonic clock that did not notice. */
  const highAt = (bound: Bound | undefined, at: Instant): number =>
    bound === undefined
      ? Number.POSITIVE_INFINITY
      : bound.storeMillis +
        Math.max(
          (at.monotonicMillis - bound.seen.monotonicMillis) * (1 + bounds.driftShare),
          at.wallMillis - bound.seen.wallMillis,
        );

  const raiseLow = (storeMillis: number, seen: Instant) => {
    if (storeMillis > lowAt(low, seen)) low = { storeMillis, seen };
  };
  const sinkHigh = (storeMillis: number, seen: Instant, at: Instant) => {
    if (highAt({ storeMillis, seen }, at) < highAt(high, at)) high = { storeMillis, seen };
  };

  return {
    earliestMillis: () => lowAt(low, now()),
    latestMillis: () => highAt(high, now()),
    observe(sent, dateMillis) {
      // Once the store has told the time, no wall clock is believed again.
      if (dateMillis === undefined && hasTold) return;
      hasTold ||= dateMillis !== undefined;
      const heard = now();
      const margin = dateMillis === undefined ? bounds.wallSkewMillis : bounds.storeSkewMillis;
      const newLow = { storeMillis: (dateMillis ?? heard.wallMillis) - margin, seen: heard };
      const newHigh =
        dateMillis === undefined
          ? { storeMillis: heard.wallMillis + margin, seen: heard }
          : { storeMillis: dateMillis + dateStepMillis + margin + bounds.dateLagMillis, seen: sent };
      if (lowAt(newLow, heard) > highAt(high, heard) || highAt(newHigh, heard) < lowAt(low, heard)) {
        // One of the two is wrong. Believing neither bound alone keeps what follows from both safe.
        contradictions += 1;
        if (lowAt(newLow, heard) < lowAt(low, heard)) low = newLow;
        if (highAt(newHigh, heard) > highAt(high, heard)) high = newHigh;
        return;
      }
      raiseLow(newLow.storeMillis, heard);
      sinkHigh(newHigh.storeMillis, newHigh.seen, heard);
    },
    notBefore(millis) {
      const at = now();
      if (millis <= highAt(high, at)) return raiseLow(millis, at);
      contradictions += 1;
      high = { storeMillis: millis, seen: at };
    },
    uncertaintyMillis: () => {
      const at = now();
      return highAt(high, at) - lowAt(low, at);
    },
    contradictions: () => contradictions,
    now,
  };
};
