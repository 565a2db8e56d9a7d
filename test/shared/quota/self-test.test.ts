import { describe, expect, it } from 'vitest';
import { createMemoryQuotaStore } from '../../../shared/quota/adapters/memory.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { selfTest } from '../../../shared/quota/self-test.ts';
import { emptyState } from '../../../shared/quota/state.ts';
import { systemTicker } from '../../../shared/quota/ticker.ts';

const wholeSecond = (offMillis = 0) => Math.floor((Date.now() + offMillis) / 1_000) * 1_000;

describe('the self-test', () => {
  it('finds nothing wrong where nothing is, and writes nothing', async () => {
    const store = createMemoryQuotaStore(() => wholeSecond());
    expect(await selfTest(store, systemTicker, defaultPolicy)).toEqual([]);
    expect((await store.read()).value).toBeUndefined();
  });

  it('names a policy that cannot be, a store that fails and clocks that are off', async () => {
    const broken = { ...createMemoryQuotaStore(), read: () => Promise.reject(new Error('access denied')) };
    const texts = await selfTest(broken, systemTicker, { ...defaultPolicy, limit: 0 });
    expect(texts.map(({ severity }) => severity)).toEqual(['error', 'error']);
    expect(texts[1]?.text).toContain('access denied');
    const ahead = createMemoryQuotaStore(() => wholeSecond(60_000));
    expect(await selfTest(ahead, systemTicker, defaultPolicy)).toMatchObject([{ severity: 'warning' }]);
    const future = createMemoryQuotaStore(() => wholeSecond());
    await future.replace({ ...emptyState, asOfMillis: Date.now() + 3_600_000 }, 0);
    expect(await selfTest(future, systemTicker, defaultPolicy)).toMatchObject([{ severity: 'error' }]);
    const timeless = createMemoryQuotaStore();
    expect(await selfTest(timeless, systemTicker, defaultPolicy)).toMatchObject([{ severity: 'warning' }]);
  });
});
