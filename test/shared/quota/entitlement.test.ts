import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entitledAt, entitledUnits, isUsedUp, ofRunning, useEntitlement } from '../../../shared/quota/entitlement.ts';
import { sized } from '../../support/test-size.ts';

const start = 1_800_000_000_000;
/** One call a second. */
const booking = { bookingId: 'b1', consumerId: 'app', units: 100, unitsPerMilli: 0.001 };

describe('the entitlement of a booking', () => {
  it('is ten seconds of its rate at first, then one call after the other', () => {
    const booked: Record<string, number> = {};
    expect(entitledUnits(booked, booking, start)).toBe(11);
    for (let unit = 0; unit < 11; unit += 1) useEntitlement(booked, booking, start);
    expect(entitledUnits(booked, booking, start)).toBe(0);
    expect(entitledAt(booked, booking, start, 0)).toBe(start + 1_000);
    expect(entitledAt(booked, booking, start, 3)).toBe(start + 4_000);
    expect(entitledUnits(booked, booking, start + 2_000)).toBe(2);
  });

  it('ends with the units of the booking', () => {
    const booked = { b1: 99, other: 7, 'other@': 8 };
    expect(entitledUnits(booked, booking, start)).toBe(1);
    expect(entitledAt(booked, booking, start, 1)).toBe(Number.POSITIVE_INFINITY);
    useEntitlement(booked, booking, start);
    expect([isUsedUp(booked, booking), entitledUnits(booked, booking, start)]).toEqual([true, 0]);
    expect(Object.keys(ofRunning(booked, [booking]))).toEqual(['b1', 'b1@']);
  });

  it('gives no more than its rate and ten seconds of it in any time, however it is asked', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 60 }), (pauses) => {
        const booked: Record<string, number> = {};
        const many = { ...booking, units: 1_000_000 };
        const given: number[] = [];
        let now = start;
        for (const pause of pauses) {
          now += pause;
          for (let left = entitledUnits(booked, many, now); left > 0; left -= 1) {
            useEntitlement(booked, many, now);
            given.push(now);
          }
        }
        given.forEach((from, first) => {
          given.slice(first).forEach((to, more) => {
            expect(more + 1).toBeLessThanOrEqual((to - from) / 1_000 + 12);
          });
        });
      }),
      { numRuns: sized(200, 25) },
    ));
});
