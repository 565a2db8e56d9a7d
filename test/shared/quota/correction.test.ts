import { describe, expect, it } from 'vitest';
import { afterUpstreamRefusal } from '../../../shared/quota/correction.ts';
import { addUnits, bucketOf } from '../../../shared/quota/ledger.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { believedLimit, emptyState } from '../../../shared/quota/state.ts';

const now = 1_800_000_000_000;
const refusal = { sinceMillis: now, retryAfterMillis: undefined };

describe('an upstream 429 while two deployments have different limits', () => {
  const state = {
    ...emptyState,
    ledger: addUnits(emptyState.ledger, new Map([[bucketOf(now + 60_000), 490]])),
    lowest: { limit: 500, untilMillis: now + 300_000 },
  };

  it('cuts the same off the limit that all keep to, whichever of them tells', () => {
    const told = [1_000, 500].map((limit) => {
      const policy = { ...defaultPolicy, limit };
      const after = afterUpstreamRefusal(state, policy, now, refusal);
      return [after.cut?.units, believedLimit(after, policy, now)];
    });
    expect(told).toEqual([
      [10, 490],
      [10, 490],
    ]);
  });

  it('cuts off the own limit once the lower one is past', () => {
    const policy = { ...defaultPolicy, limit: 1_000 };
    const past = { ...state, lowest: { limit: 500, untilMillis: now } };
    const after = afterUpstreamRefusal(past, policy, now, refusal);
    expect(believedLimit(after, policy, now)).toBe(490);
  });
});

/** `units` are used up. */
const used = (units: number) => ({
  ...emptyState,
  ledger: addUnits(emptyState.ledger, new Map([[bucketOf(now + 62_000), units]])),
});

describe('refusals of one moment that instances tell at different times', () => {
  it('count as one, though some were frozen before they could tell', () => {
    const ofOperation = { ...refusal, operation: 'GET /entities' };
    let state = used(4);
    for (const toldMillis of [now, now + 2_000, now + 4_500, now + 9_000])
      state = afterUpstreamRefusal(state, defaultPolicy, toldMillis, ofOperation);
    expect(state.operations?.['GET /entities']?.refusals).toBe(1);
    expect(believedLimit(state, defaultPolicy, now + 9_000)).toBe(1_000);
  });

  it('correct the budget once', () => {
    let state = used(950);
    const limits = [];
    for (const toldMillis of [now, now + 2_000, now + 4_500, now + 9_000]) {
      state = afterUpstreamRefusal(state, defaultPolicy, toldMillis, refusal);
      limits.push([believedLimit(state, defaultPolicy, toldMillis), state.pausedUntilMillis - now]);
    }
    expect(limits.at(-1)?.[1]).toBe(1_000);
    expect(limits.at(-1)?.[0]).toBeGreaterThanOrEqual(950);
  });
});
