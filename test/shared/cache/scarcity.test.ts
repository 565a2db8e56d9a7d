import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/cache/policy.ts';
import { createScarcity } from '../../../shared/cache/scarcity.ts';
import { exchangeOf } from './support.ts';

const scarcityOf = (shortage: number, priority: 'interactive' | 'background', mostStretchMillis?: number) =>
  createScarcity({
    shortage: () => shortage,
    priorityOf: () => priority,
    policy: defaultPolicy,
    ...(mostStretchMillis === undefined ? {} : { mostStretchMillis }),
  });
const graceMillis = 11_000;
const share = fc.double({ min: 0, max: 1, noNaN: true });
const most = fc.integer({ min: 0, max: 3_600_000 });

describe('scarcity', () => {
  it.each(['interactive', 'background'] as const)(
    'stretches nothing for %s consumers while there is plenty',
    (priority) => {
      expect(scarcityOf(0, priority, 600_000).stretchMillis(exchangeOf())).toBeUndefined();
    },
  );

  it('keeps everybody to the published bound unless it is configured otherwise', () => {
    for (const priority of ['interactive', 'background'] as const) {
      expect(scarcityOf(1, priority).stretchMillis(exchangeOf())).toBeCloseTo(graceMillis);
      expect(scarcityOf(0, priority).mostStretchMillis(exchangeOf())).toBeCloseTo(graceMillis);
    }
  });

  it('never takes an interactive consumer past the bound, and never gives it more than a background one', () => {
    fc.assert(
      fc.property(share, most, (shortage, mostStretchMillis) => {
        const [interactive = 0, background = 0] = (['interactive', 'background'] as const).map((priority) =>
          scarcityOf(shortage, priority, mostStretchMillis).stretchMillis(exchangeOf()),
        );
        expect(interactive).toBeLessThanOrEqual(graceMillis + 0.001);
        expect(interactive).toBeLessThanOrEqual(background);
        expect(background).toBeLessThanOrEqual(Math.max(graceMillis + 0.001, mostStretchMillis));
      }),
    );
  });

  it('grows with the shortage', () => {
    fc.assert(
      fc.property(share, share, most, (one, other, mostStretchMillis) => {
        for (const priority of ['interactive', 'background'] as const) {
          const [less = 0, more = 0] = [Math.min(one, other), Math.max(one, other)].map((shortage) =>
            scarcityOf(shortage, priority, mostStretchMillis).stretchMillis(exchangeOf()),
          );
          expect(less).toBeLessThanOrEqual(more);
        }
      }),
    );
  });
});
