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
      values: {
        QuotaUsed: 10,
        QuotaLimit: 10,
        QuotaWaitMillis: 0,
        QuotaAdmitted: 10,
        QuotaStoreFailures: 0,
        QuotaUpstream429: 0,
        QuotaAdmittedUnasked: 0,
      },
      refused: { tenant: 2 },
    });
    governor.upstreamRefused(1_000);
    await time.runUntil(100_000);
    setFault('down');
    watch([governor.admit(app)]);
    await time.runUntil(120_000);
    const later = take() ?? expect.fail('no metrics');
    expect(later).toMatchObject({ values: { QuotaAdmitted: 0, QuotaUpstream429: 1 }, refused: { store: 1 } });
    expect(later.values.QuotaStoreFailures).toBeGreaterThan(1);
    expect(later.values.QuotaLimit).toBeLessThan(10);
  });

  it('name one cause for all caps of consumers, whatever their windows', async () => {
    const caps = [{ windowSeconds: 300, units: 1 }];
    const { time, governor } = createWorld();
    const take = createQuotaMetrics(governor, defaultPolicy, time.now);
    watch(times(3, () => governor.admit({ ...app, caps })));
    await time.runUntil(60_000);
    expect(take()?.refused).toEqual({ cap: 2 });
    await time.runUntil(120_000);
    expect(take()?.refused).toEqual({});
  });

  it('leave out what nobody has looked at', () => {
    let nowMillis = 0;
    const take = createQuotaMetrics(createWorld().governor, defaultPolicy, () => nowMillis);
    nowMillis = 60_000;
    expect(take()?.values).not.toHaveProperty('QuotaUsed');
  });
});
