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

  it('asks again when the first answer was slow, and complains when the second is too', async () => {
    const store = createMemoryQuotaStore(() => wholeSecond());
    let reads = 0;
    let millis = 0;
    const slowFor = (slowReads: number) => {
      reads = 0;
      const read = () => {
        reads += 1;
        if (reads <= slowReads) millis += 800;
        return store.read();
      };
      return selfTest({ ...store, read }, { ...systemTicker, monotonicMillis: () => millis }, defaultPolicy);
    };
    expect([await slowFor(1), reads]).toEqual([[], 2]);
    expect(await slowFor(2)).toMatchObject([{ severity: 'warning' }]);
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
