import { describe, expect, it } from 'vitest';
import { createMemoryQuotaStore } from '../../../shared/quota/adapters/memory.ts';
import { usedAt } from '../../../shared/quota/ledger.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import type { QuotaStore } from '../../../shared/quota/quota-store.ts';
import { epochMillis } from '../../../shared/simulation/machine.ts';
import { app, batch, createWorld, times, watch } from './world.ts';

describe('the governor', () => {
  it('lets calls that come together share one read and one write', async () => {
    const { time, governor } = createWorld();
    const seen = watch(times(10, () => governor.admit(app)));
    await time.runUntil(100);
    expect(seen.admitted).toBe(10);
    expect(governor.counts()).toMatchObject({ reads: 1, writes: 1 });
  });

  it('refuses at once what cannot get a slot in time, with the seconds until one is free', async () => {
    const { time, governor } = createWorld();
    watch(times(10, () => governor.admit(app)));
    await time.runUntil(20_000);
    const seen = watch([governor.admit(app)]);
    await time.runUntil(20_100);
    expect(seen.refused[0]).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    const retryAfter = seen.refused[0]?.facts.retryAfterSeconds as number;
    await time.runUntil(20_100 + (retryAfter - 4) * 1_000);
    expect(watch([governor.admit({ ...app, waitMillis: 0 })]).admitted).toBe(0);
    await time.runUntil(20_100 + retryAfter * 1_000);
    const again = watch([governor.admit({ ...app, waitMillis: 0 })]);
    await time.runUntil(20_200 + retryAfter * 1_000);
    expect(again.admitted).toBe(1);
  });

  it('tells a consumer whose cap of the day is spent to come back when the cap has room, hours later', async () => {
    const { time, governor } = createWorld();
    const capped = { ...app, caps: [{ units: 3, windowSeconds: 86_400 }] };
    const seen = watch(times(4, () => governor.admit(capped)));
    await time.runUntil(1_000);
    expect([seen.admitted, seen.refused.length]).toEqual([3, 1]);
    const retryAfter = seen.refused[0]?.facts.retryAfterSeconds as number;
    expect(retryAfter).toBeGreaterThan(86_000);
    await time.runUntil((retryAfter + 2) * 1_000);
    const again = watch([governor.admit(capped)]);
    await time.runUntil((retryAfter + 4) * 1_000);
    expect(again.admitted).toBe(1);
  });

  it('spends one write and next to no read on a refused crowd of 2,000', async () => {
    const { time, governor } = createWorld();
    watch(times(10, () => governor.admit(app)));
    await time.runUntil(5_000);
    const { reads, writes } = governor.counts();
    const seen = watch(times(1_000, () => governor.admit(app)));
    await time.runUntil(5_500);
    const later = watch(times(1_000, () => governor.admit(app)));
    await time.runUntil(5_900);
    expect(seen.refused.length + later.refused.length).toBe(2_000);
    // At most one write: it shows other instances that calls wait.
    expect(governor.counts().writes - writes).toBeLessThanOrEqual(1);
    expect(governor.counts().reads - reads).toBeLessThanOrEqual(1);
  });

  it('makes a call wait for its slot when that is soon enough', async () => {
    const { time, governor } = createWorld();
    watch(times(10, () => governor.admit(app)));
    await time.runUntil(57_000);
    const seen = watch([governor.admit(app)]);
    await time.runUntil(58_000);
    expect(seen.admitted).toBe(0);
    await time.runUntil(63_000);
    expect(seen.admitted).toBe(1);
  });

  it('counts a write whose answer was lost, and lets nobody use it', async () => {
    const { time, governor, setFault, memory } = createWorld();
    setFault('answer lost');
    const seen = watch([governor.admit(app)]);
    await time.runUntil(30);
    setFault('none');
    await time.runUntil(1_000);
    expect(seen.admitted).toBe(1);
    const state = (await memory.read()).value?.state;
    expect(state && usedAt(state.ledger, state.asOfMillis)).toBeGreaterThanOrEqual(2);
  });

  it('settles a unit once: not again after a write whose answer was lost', async () => {
    const policy = { ...defaultPolicy, limit: 10, sendGuardMillis: 10_000 };
    const { time, governor, setFault, memory } = createWorld({ policy });
    const unitsIn = async (bucket: number) => {
      const { first, counts } = (await memory.read()).value?.state.ledger ?? { first: 0, counts: [] };
      return counts[bucket - first];
    };
    // Two units in one bucket, of which one was answered.
    const sent = Promise.all(times(2, () => governor.admit(app)));
    await time.runUntil(1_200);
    const { first, counts } = (await memory.read()).value?.state.ledger ?? { first: 0, counts: [] };
    expect(counts).toEqual([2]);
    const [admission] = await sent;
    admission?.answered();
    setFault('answer lost');
    watch([governor.admit(app)]);
    await time.runUntil(1_220);
    expect(await unitsIn(first)).toBe(1);
    setFault('none');
    await time.runUntil(2_000);
    expect(await unitsIn(first)).toBe(1);
  });

  it('does not use a unit whose grant it hears of too late, but gives it back and asks for another', async () => {
    const { time, memory, join } = createWorld();
    let delayMillis = 10_000;
    const late: QuotaStore = {
      read: () => memory.read(),
      async replace(state, expected) {
        const told = await memory.replace(state, expected);
        await new Promise<void>((resolve) => time.at(time.now() + delayMillis, resolve));
        delayMillis = 0;
        return told;
      },
    };
    const { governor } = join({ store: late, storeTimeoutMillis: 60_000 });
    const seen = watch([governor.admit({ ...app, priority: 'background' })]);
    await time.runUntil(9_999);
    expect(seen.admitted).toBe(0);
    await time.runUntil(10_100);
    expect(seen.admitted).toBe(1);
    expect(governor.counts().late).toBe(1);
    const { ledger } = (await memory.read()).value?.state ?? expect.fail('no state');
    expect(ledger.counts.reduce((sum, units) => sum + units, 0)).toBe(1);
  });

  it.each(['refuse', 'admit'] as const)('does as told while the store is down: %s', async (whenStoreFails) => {
    const { time, governor, setFault } = createWorld({ whenStoreFails });
    setFault('down');
    const seen = watch([governor.admit(app)]);
    await time.runUntil(4_000);
    expect(seen.admitted).toBe(whenStoreFails === 'admit' ? 1 : 0);
    expect(seen.refused).toHaveLength(whenStoreFails === 'admit' ? 0 : 1);
    expect(governor.counts().admittedUnasked).toBe(seen.admitted);
  });

  it('makes nobody wait in shadow mode, and counts who would have', async () => {
    const { time, governor } = createWorld({ mode: 'shadow' });
    const seen = watch(times(12, () => governor.admit(app)));
    await time.runUntil(100);
    expect(seen.admitted).toBe(12);
    expect(governor.counts()).toMatchObject({ admitted: 10, wouldRefuse: 2 });
  });

  it('assumes the budget spent when the shared item has vanished, and tells everybody', async () => {
    const { time, join } = createWorld();
    const date = () => Math.floor((epochMillis + time.now()) / 1_000) * 1_000;
    let current = createMemoryQuotaStore(date);
    const store: QuotaStore = {
      read: () => current.read(),
      replace: (state, expected) => current.replace(state, expected),
    };
    const { governor } = join({ store });
    const first = watch([governor.admit(app)]);
    await time.runUntil(1_000);
    current = createMemoryQuotaStore(date);
    const second = watch([governor.admit(app)]);
    const third = watch([join({ store }).governor.admit(app)]);
    await time.runUntil(3_000);
    expect([first.admitted, second.refused.length, third.refused.length]).toEqual([1, 1, 1]);
    await time.runUntil(70_000);
    const later = watch([governor.admit(app)]);
    await time.runUntil(71_000);
    expect(later.admitted).toBe(1);
  });

  it('shrinks the budget for all instances after an upstream 429, and lets it recover', async () => {
    const { time, governor, join } = createWorld({ policy: { ...defaultPolicy, limit: 100 } });
    const other = join().governor;
    watch(times(50, () => governor.admit(app)));
    await time.runUntil(1_000);
    governor.upstreamRefused(2_000);
    await time.runUntil(70_000);
    const shrunk = watch(times(100, () => other.admit({ ...app, waitMillis: 100 })));
    await time.runUntil(71_000);
    expect(shrunk.admitted).toBeGreaterThanOrEqual(50);
    expect(shrunk.admitted).toBeLessThan(75);
    await time.runUntil(400_000);
    const whole = watch(times(100, () => other.admit(app)));
    await time.runUntil(401_000);
    expect(whole.admitted).toBe(100);
  });

  it('gives the unit of a background call to an interactive one that comes meanwhile', async () => {
    const { time, governor } = createWorld();
    watch(times(10, () => governor.admit(app)));
    await time.runUntil(57_000);
    const background = watch([governor.admit(batch)]);
    await time.runUntil(60_250);
    const interactive = watch([governor.admit({ ...app, waitMillis: 5_000 })]);
    await time.runUntil(66_000);
    expect([interactive.admitted, background.admitted]).toEqual([1, 1]);
  });
});
