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
