/** The ceiling, against a sliding log kept where the sends arrive. The long run is `npm run bench:quota-sim`. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scenarios } from '../../../bench/quota/scenarios.ts';
import { mostInAnyWindow, simulate } from '../../../bench/quota/simulate.ts';
import { sized } from '../../support/test-size.ts';

describe('the ceiling', () => {
  it('holds in every window of 60 s, whatever instances, stores and clocks do', () =>
    fc.assert(
      fc.asyncProperty(scenarios(20), async (scenario) => {
        const { sends } = await simulate(scenario);
        expect(mostInAnyWindow(sends)).toBeLessThanOrEqual(scenario.limit);
      }),
      { numRuns: sized(500, 40) },
    ));
});
