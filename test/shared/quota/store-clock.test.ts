import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStoreClock, defaultClockBounds } from '../../../shared/quota/store-clock.ts';
import type { Ticker } from '../../../shared/quota/ticker.ts';

/** A machine with clocks that the test sets. The store's own clock shows `trueMillis`. */
const createMachine = () => {
  const clocks = { trueMillis: 1_800_000_000_000, monotonicMillis: 0, wallMillis: 1_800_000_000_000 };
  const ticker: Ticker = {
    monotonicMillis: () => clocks.monotonicMillis,
    wallMillis: () => clocks.wallMillis,
    after: () => () => {},
    random: () => 0,
  };
  const pass = (millis: number) => {
    clocks.trueMillis += millis;
    clocks.monotonicMillis += millis;
    clocks.wallMillis += millis;
  };
  return { clocks, ticker, pass };
};
const wholeSecond = (millis: number): number => Math.floor(millis / 1_000) * 1_000;

describe('the store clock', () => {
  it('knows nothing before the first answer', () => {
    const clock = createStoreClock(createMachine().ticker);
    expect(clock.earliestMillis()).toBe(Number.NEGATIVE_INFINITY);
    expect(clock.latestMillis()).toBe(Number.POSITIVE_INFINITY);
  });

  it("encloses the store's time, whatever the wall clock shows and however answers travel", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            pause: fc.integer({ min: 0, max: 5_000 }),
            there: fc.integer({ min: 0, max: 3_000 }),
            back: fc.integer({ min: 0, max: 3_000 }),
            skew: fc.integer({ min: -19, max: 19 }),
            lag: fc.integer({ min: 0, max: 49 }),
            step: fc.integer({ min: -1_000_000, max: 1_000_000 }),
          }),
          { minLength: 1, maxLength: 30 },
        ),
        (answers) => {
          const { clocks, ticker, pass } = createMachine();
          const clock = createStoreClock(ticker);
          for (const { pause, there, back, skew, lag, step } of answers) {
            pass(pause);
            clocks.wallMillis += step;
            const sent = clock.now();
            pass(there);
            const date = wholeSecond(clocks.trueMillis + skew - lag);
            pass(back);
            clock.observe(sent, date);
            expect(clock.earliestMillis()).toBeLessThanOrEqual(clocks.trueMillis);
            expect(clock.latestMillis()).toBeGreaterThanOrEqual(clocks.trueMillis);
          }
          expect(clock.contradictions()).toBe(0);
        },
      ),
    ));

  it('believes no wall clock once the store has told the time', () => {
    const { clocks, ticker, pass } = createMachine();
    const clock = createStoreClock(ticker);
    clock.observe(clock.now(), wholeSecond(clocks.trueMillis));
    pass(500);
    // Within what one answer leaves open, so that nothing contradicts it.
    clocks.wallMillis += 400;
    clock.observe(clock.now(), undefined);
    expect(clock.earliestMillis()).toBeLessThanOrEqual(clocks.trueMillis);
    clocks.wallMillis -= 800;
    clock.observe(clock.now(), undefined);
    expect(clock.latestMillis()).toBeGreaterThanOrEqual(clocks.trueMillis);
  });

  it('learns the time to a few dozen milliseconds from answers of whole seconds', () => {
    const { clocks, ticker, pass } = createMachine();
    const clock = createStoreClock(ticker);
    for (let answer = 0; answer < 50; answer += 1) {
      const sent = clock.now();
      pass(8);
      clock.observe(sent, wholeSecond(clocks.trueMillis - 4));
      pass(137);
    }
    expect(clock.uncertaintyMillis()).toBeLessThan(150);
  });

  it('takes a machine that slept for later than its monotonic clock says', () => {
    const { clocks, ticker } = createMachine();
    const clock = createStoreClock(ticker);
    clock.observe(clock.now(), clocks.trueMillis);
    const before = clock.latestMillis();
    clocks.wallMillis += 3_600_000;
    expect(clock.latestMillis()).toBe(before + 3_600_000);
    expect(clock.earliestMillis()).toBe(1_800_000_000_000 - defaultClockBounds.storeSkewMillis);
  });

  it('widens instead of choosing when answers contradict each other', () => {
    const { clocks, ticker } = createMachine();
    const clock = createStoreClock(ticker);
    clock.observe(clock.now(), clocks.trueMillis);
    const earliest = clock.earliestMillis();
    clock.observe(clock.now(), clocks.trueMillis + 10_000);
    expect(clock.contradictions()).toBe(1);
    expect(clock.earliestMillis()).toBe(earliest);
    expect(clock.latestMillis()).toBeGreaterThan(clocks.trueMillis + 10_000);
  });

  it('leans on the wall clock within its stated skew when the store tells no time', () => {
    const { clocks, ticker } = createMachine();
    const clock = createStoreClock(ticker);
    clock.observe(clock.now(), undefined);
    expect(clock.earliestMillis()).toBe(clocks.wallMillis - defaultClockBounds.wallSkewMillis);
    expect(clock.latestMillis()).toBe(clocks.wallMillis + defaultClockBounds.wallSkewMillis);
  });
});
