/** Random fleets with and without faults, under which the ceiling must hold. */
import * as fc from 'fast-check';
import type { Scenario } from './simulate.ts';

const share = (most: number) => fc.oneof(fc.constant(0), fc.double({ min: 0, max: most, noNaN: true }));

const faults = fc.record({
  lostRequests: share(0.1),
  lostAnswers: share(0.2),
  throttled: share(0.3),
  late: share(0.05),
  frozenWriters: share(0.1),
});

/** @param mostLimit bounds the calls of a minute, and with them the time that a scenario takes. */
export const scenarios = (mostLimit: number): fc.Arbitrary<Scenario> =>
  fc.record({
    seed: fc.nat(),
    limit: fc.integer({ min: 1, max: mostLimit }),
    instances: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 8 }) }, fc.integer({ min: 1, max: 50 })),
    minutes: fc.integer({ min: 2, max: 6 }),
    demand: fc.oneof(fc.double({ min: 0.3, max: 3, noNaN: true }), fc.constant(1.5)),
    interactiveShare: fc.constantFrom(0, 0.05, 0.3, 1),
    consumers: fc.integer({ min: 1, max: 6 }),
    bursts: fc.constantFrom(0, 0.3, 1),
    skewMillis: fc.constantFrom(0, 100, 5_000, 3_600_000),
    faults,
    freezes: share(1),
    kills: share(0.5),
    clockSteps: share(1),
    slowSends: fc.constantFrom(0, 0.2, 1),
    unsent: share(0.5),
    upstream429: fc.constantFrom(0, 0, 0, 0.01, 0.2),
    unanswered: fc.constantFrom(0, 0.1, 1),
    answerMillis: fc.constantFrom(0, 200, 5_000),
    medianMillis: fc.constantFrom(2, 10, 40),
    governor: fc.constantFrom({}, { bound: { executions: 4, share: 0.5, pool: 'native' } }),
  });
