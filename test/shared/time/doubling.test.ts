import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMillis } from '../../../shared/fan-out/pending.ts';
import { backoffSeconds } from '../../../shared/queues/receives.ts';
import { doubling } from '../../../shared/time/doubling.ts';

describe('doubling', () => {
  it('begins with the first pause, doubles it, and stops at the longest', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 1_000_000].map(doubling(2, 20))).toEqual([2, 2, 4, 8, 16, 20, 20, 20]);
  });

  it('is never shorter after more attempts, and always between the first pause and the longest', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.nat(1_000_000), fc.nat(), fc.nat(), (first, more, a, b) => {
        const pause = doubling(first, first + more);
        const [less, most] = [pause(Math.min(a, b)), pause(Math.max(a, b))];
        expect(first <= less && less <= most && most <= first + more).toBe(true);
      }),
    ));

  it('gives deliveries and messages of the own queues the same pauses: 30 s to 15 minutes', () => {
    const attempts = [1, 2, 3, 4, 5, 6, 7];
    expect(attempts.map(backoffSeconds)).toEqual([30, 60, 120, 240, 480, 900, 900]);
    expect(attempts.map(backoffMillis)).toEqual(attempts.map((attempt) => backoffSeconds(attempt) * 1_000));
  });
});
