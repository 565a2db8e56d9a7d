import { describe, expect, it } from 'vitest';
import { createQuotaMetrics } from '../../../shared/quota/metrics.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { app, createWorld, times, watch } from './world.ts';

describe('the metrics of the budget', () => {
  it('come once a minute and count since the last time', async () => {
    const policy = { ...defaultPolicy, limit: 10 };
    const { time, governor, setFault } = createWorld({ policy });
    const take = createQuotaMetrics(governor, policy, time.now);
    watch(times(12, () => governor.admit(app)));
    await time.runUntil(59_000);
    expect(take()).toBeUndefined();
    await time.runUntil(60_000);
    expect(take()).toEqual({
      QuotaUsed: 10,
      QuotaLimit: 10,
      QuotaWaitMillis: 0,
      QuotaAdmitted: 10,
      QuotaRefused: 2,
      QuotaStoreFailures: 0,
      QuotaUpstream429: 0,
      QuotaAdmittedUnasked: 0,
    });
    governor.upstreamRefused(1_000);
    await time.runUntil(100_000);
    setFault('down');
    watch([governor.admit(app)]);
    await time.runUntil(120_000);
    const later = take() ?? expect.fail('no metrics');
    expect(later).toMatchObject({ QuotaAdmitted: 0, QuotaRefused: 1, QuotaUpstream429: 1 });
    expect(later.QuotaStoreFailures).toBeGreaterThan(1);
    expect(later.QuotaLimit).toBeLessThan(10);
  });

  it('leave out what nobody has looked at', () => {
    let nowMillis = 0;
    const take = createQuotaMetrics(createWorld().governor, defaultPolicy, () => nowMillis);
    nowMillis = 60_000;
    expect(take()).not.toHaveProperty('QuotaUsed');
  });
});
