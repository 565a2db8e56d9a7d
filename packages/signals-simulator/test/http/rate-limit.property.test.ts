import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../src/http/rate-limit.ts';

/** Offers requests at these gaps; answers the instants at which one passed, and those at which one was refused. */
const play = (limit: number, gaps: readonly number[]) => {
  let nowMillis = 1_000_000;
  const rateLimit = createRateLimit({ nowMillis: () => nowMillis }, limit);
  const passed: number[] = [];
  const refused: number[] = [];
  for (const gap of gaps) {
    nowMillis += gap;
    try {
      rateLimit.spend();
      passed.push(nowMillis);
    } catch {
      refused.push(nowMillis);
    }
  }
  return { passed, refused };
};

const gaps = fc.array(fc.oneof(fc.nat(50), fc.nat(70_000)), { maxLength: 200 });
const inWindow = (instants: readonly number[], end: number) =>
  instants.filter((instant) => instant > end - 60_000 && instant <= end);

describe('rate limit', () => {
  it('never lets more than the limit pass in any 60 seconds', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), gaps, (limit, given) => {
        const { passed } = play(limit, given);
        for (const end of passed) expect(inWindow(passed, end).length).toBeLessThanOrEqual(limit);
      }),
    ));

  it('refuses only when the window is full', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), gaps, (limit, given) => {
        const { passed, refused } = play(limit, given);
        for (const instant of refused) expect(inWindow(passed, instant)).toHaveLength(limit);
      }),
    ));
});
