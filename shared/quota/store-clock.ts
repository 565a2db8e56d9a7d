/**
 * The one clock of all instances: the store's. Each answer of the store carries the second in which it was given, and
 * the answer was given between the request and its arrival. So every answer narrows down the offset between the store's clock and
 * the instance's monotonic clock. The instance's wall clock may be wrong or jump without effect.
 *
 * Assumptions: the store's hosts agree within `storeSkewMillis`, a `Date` is at most `dateLagMillis` old, and monotonic clocks drift
 * by at most `driftShare`.
 */
import type { Ticker } from './ticker.ts';

export type StoreClock = {
  /** The store's clock shows this or later. */
  readonly earliestMillis: () => number;
  /** The store's clock shows this or earlier. */
  readonly latestMillis: () => number;
  /** Uses one answer. `dateMillis` = its Date header; undefined = it had none, and the wall clock is used. */
  readonly observe: (sent: Instant, dateMillis: number | undefined) => void;
  /** Uses the fact that the store's clock has passed this instant. */
  readonly notBefore: (millis: number) => void;
  /** Width of the uncertainty; Infinity before the first answer. */
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
  /** For stores without a Date header: how far a wall clock may be off. */
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
  /** The wall clock counts here too, because a monotonic clock may stop while a machine sleeps. */
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
      // After the store's first Date header, the wall clock no longer stands in for one.
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
        // The old bounds or the new ones are wrong. The lower low and the higher high are safe in both cases.
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
