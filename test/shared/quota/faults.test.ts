/** What a fleet meets in a bad hour, one fault at a time. */
import { describe, expect, it } from 'vitest';
import { createMemoryQuotaStore } from '../../../shared/quota/adapters/memory.ts';
import type { GovernorEvent, GovernorOptions } from '../../../shared/quota/governor-options.ts';
import { usedAt } from '../../../shared/quota/ledger.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import type { QuotaStore } from '../../../shared/quota/quota-store.ts';
import { epochMillis } from '../../../shared/simulation/machine.ts';
import { app, batch, createWorld, times, watch } from './world.ts';

describe('caps', () => {
  it('hold for an interactive call that could have the unit of a background call', async () => {
    const { time, governor } = createWorld({ policy: { ...defaultPolicy, limit: 100, backgroundWaitMillis: 60_000 } });
    const capped = { ...app, caps: [{ units: 1, windowSeconds: 5 }] };
    watch(times(100, () => governor.admit(batch)));
    await time.runUntil(30_000);
    watch(times(40, () => governor.admit(batch)));
    const seen = watch(times(2, () => governor.admit(capped)));
    let most = 0;
    let before = 0;
    for (let millis = 30_000; millis < 36_000; millis += 500) {
      await time.runUntil(millis);
      if (millis < 34_900) most = seen.admitted;
      before = Math.max(before, most);
    }
    expect(before).toBe(1);
    expect(seen.admitted).toBe(2);
  });

  it('hold for calls whose unit came too late', async () => {
    const { time, memory, join } = createWorld({ policy: { ...defaultPolicy, limit: 100 } });
    let delayMillis = 7_000;
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
    const capped = { ...batch, caps: [{ units: 2, windowSeconds: 5 }] };
    const seen = watch(times(2, () => governor.admit(capped)));
    await time.runUntil(6_000);
    const more = watch(times(2, () => governor.admit(capped)));
    await time.runUntil(9_000);
    expect(seen.admitted + more.admitted).toBe(2);
  });

  it('count a call once when two of them have one window', async () => {
    const { time, governor } = createWorld();
    const caps = [
      { units: 4, windowSeconds: 60 },
      { units: 9, windowSeconds: 60 },
    ];
    const seen = watch(times(5, () => governor.admit({ ...app, caps })));
    await time.runUntil(1_000);
    expect(seen.admitted).toBe(4);
  });
});

describe('refusals', () => {
  it('of a call in a hurry do not extend to calls that have time to wait', async () => {
    const { time, governor } = createWorld();
    watch(times(10, () => governor.admit(app)));
    await time.runUntil(61_000);
    const hurried = watch([governor.admit({ ...app, waitMillis: 0 })]);
    await time.runUntil(61_100);
    const patient = watch([governor.admit(app)]);
    await time.runUntil(69_000);
    expect([hurried.refused.length, patient.admitted]).toEqual([1, 1]);
  });
});

describe('a call whose time is over', () => {
  it('while others always write first is refused with 429: the store answers', async () => {
    const { time, memory, join } = createWorld();
    const store: QuotaStore = {
      read: () => memory.read(),
      replace: async () => ({ ...(await memory.read()), value: false }),
    };
    const seen = watch([join({ store }).governor.admit(app)]);
    await time.runUntil(9_000);
    expect(seen.refused[0]).toMatchObject({ code: 'TOO_MANY_REQUESTS', facts: { retryAfterSeconds: 2 } });
  });
});

describe('a store that fails', () => {
  it.each(['refuse', 'admit'] as const)(
    'once, long after an outage, costs a call nothing: %s',
    async (whenStoreFails) => {
      const { time, governor, setFault } = createWorld({ whenStoreFails });
      setFault('down');
      watch([governor.admit(app)]);
      await time.runUntil(10_000);
      setFault('none');
      await time.runUntil(600_000);
      setFault('down');
      const seen = watch([governor.admit(app)]);
      await time.runUntil(600_010);
      setFault('none');
      await time.runUntil(601_000);
      expect(seen.admitted).toBe(1);
      expect(governor.counts().admittedUnasked).toBe(whenStoreFails === 'admit' ? 1 : 0);
    },
  );

  it('never makes a state that is later than the store, when the item is lost and a clock steps', async () => {
    const { time, join } = createWorld();
    const date = () => Math.floor((epochMillis + time.now()) / 1_000) * 1_000;
    let current = createMemoryQuotaStore(date);
    const store: QuotaStore = {
      read: () => current.read(),
      replace: (state, expected) => current.replace(state, expected),
    };
    const { governor } = join({ store });
    watch([governor.admit(app)]);
    await time.runUntil(1_000);
    current = createMemoryQuotaStore(date);
    watch([governor.admit(app)]);
    await time.runUntil(2_000);
    const { value } = await current.read();
    expect(value?.state.asOfMillis).toBeLessThanOrEqual(epochMillis + 2_000);
  });
});

describe('a store that gives no answer', () => {
  const start = (whenStoreFails: 'refuse' | 'admit', parts: Partial<GovernorOptions> = {}) => {
    const events: GovernorEvent[] = [];
    return { ...createWorld({ whenStoreFails, tell: (event) => events.push(event), ...parts }), events };
  };
  const silent: QuotaStore = { read: () => new Promise(() => {}), replace: () => new Promise(() => {}) };

  it.each([
    ['that refuses', undefined],
    ['that never answers', silent],
  ] as const)(
    '%s is no want of quota, also to a call whose time is over before the outage is long',
    async (_title, store) => {
      const { time, governor, setFault } = start('refuse', store ? { store } : {});
      setFault('down');
      const seen = watch([governor.admit({ ...app, waitMillis: 0 }), governor.admit(app), governor.admit(batch)]);
      await time.runUntil(1_500);
      expect(seen.refused.map(({ code }) => code)).toEqual(['QUOTA_UNAVAILABLE']);
      await time.runUntil(5_000);
      expect(seen.refused.map(({ code }) => code)).toEqual(times(3, () => 'QUOTA_UNAVAILABLE'));
    },
  );

  it('is told once for each outage, with its cause, and when it is over', async () => {
    const { time, governor, setFault, events } = start('refuse', { policy: { ...defaultPolicy, limit: 100 } });
    for (let call = 0; call < 40; call += 1) {
      setFault(call < 25 ? 'down' : 'none');
      watch([governor.admit(app)]);
      await time.runUntil(call * 400);
    }
    expect(events).toEqual([
      { kind: 'store-failed', cause: new Error('the store is down') },
      { kind: 'store-answers', afterMillis: expect.any(Number) },
    ]);
    setFault('down');
    watch([governor.admit(app)]);
    await time.runUntil(60_000);
    expect(events.map(({ kind }) => kind)).toEqual(['store-failed', 'store-answers', 'store-failed']);
  });

  it('is asked once a second at most, however many call', async () => {
    const { time, governor, setFault } = start('refuse');
    setFault('down');
    for (let millis = 0; millis < 20_000; millis += 10) {
      watch([governor.admit(app)]);
      await time.runUntil(millis);
    }
    // 2 s of patience with tries that come ever more slowly, then one a second.
    expect(governor.counts().reads).toBeLessThan(35);
    expect(governor.foresee(app)).toMatchObject({ code: 'QUOTA_UNAVAILABLE' });
  });

  it('lets no call past the ceiling, whatever fails when', async () => {
    const { time, governor, setFault } = start('refuse');
    const sentMillis: number[] = [];
    for (let millis = 0; millis < 180_000; millis += 250) {
      setFault((['none', 'down', 'answer lost', 'none'] as const)[Math.floor(millis / 3_700) % 4] ?? 'none');
      governor.admit(app).then(
        ({ departs }) => departs() && sentMillis.push(time.now()),
        () => {},
      );
      await time.runUntil(millis);
    }
    const most = Math.max(
      ...sentMillis.map((from) => sentMillis.filter((at) => at >= from && at < from + 60_000).length),
    );
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(10);
  });
});

describe('a fault of the governor itself', () => {
  it.each(['refuse', 'admit'] as const)('is a 500 at once and lets nobody go: %s', async (whenStoreFails) => {
    const events: GovernorEvent[] = [];
    const cause = new TypeError('reservations is broken');
    let isBroken = true;
    const { time, governor } = createWorld({
      whenStoreFails,
      tell: (event) => events.push(event),
      reservations: () => {
        if (isBroken) throw cause;
        return [];
      },
    });
    const seen = watch(times(3, () => governor.admit(app)));
    await time.runUntil(100);
    expect(seen.refused.map(({ code, facts }) => [code, facts])).toEqual(
      times(3, () => ['INTERNAL', { sent: false, cause }]),
    );
    expect([seen.admitted, events]).toEqual([0, [{ kind: 'fault', cause }]]);
    isBroken = false;
    const later = watch([governor.admit(app)]);
    await time.runUntil(2_000);
    expect(later.admitted).toBe(1);
  });
});

describe('two deployments', () => {
  it('keep to the lower limit of the two while both write, and to the new one afterwards', async () => {
    const { time, join } = createWorld();
    const ofLimit = (limit: number) => join({ policy: { ...defaultPolicy, limit } }).governor;
    const [before, after] = [ofLimit(100), ofLimit(20)];
    watch([before.admit(app)]);
    await time.runUntil(1_000);
    watch([after.admit(app)]);
    await time.runUntil(2_000);
    const lowered = watch(times(100, () => before.admit(app)));
    await time.runUntil(3_000);
    expect(lowered.admitted).toBeLessThan(20);
    await time.runUntil(400_000);
    const raised = watch(times(100, () => before.admit(app)));
    await time.runUntil(401_000);
    expect(raised.admitted).toBe(100);
  });
});

describe('an item that was lost', () => {
  it('is taken as spent by who has seen it, also when another has begun a new one', async () => {
    const { time, join } = createWorld();
    const date = () => Math.floor((epochMillis + time.now()) / 1_000) * 1_000;
    let current = createMemoryQuotaStore(date);
    const store: QuotaStore = {
      read: () => current.read(),
      replace: (state, expected) => current.replace(state, expected),
    };
    const [first, second] = [join({ store }).governor, join({ store }).governor];
    for (let call = 1; call <= 5; call += 1) {
      watch([first.admit(app)]);
      await time.runUntil(call * 100);
    }
    current = createMemoryQuotaStore(date);
    watch([second.admit(app)]);
    await time.runUntil(1_000);
    const seen = watch(times(5, () => first.admit(app)));
    await time.runUntil(3_000);
    expect([seen.admitted, seen.refused.length]).toEqual([0, 5]);
    await time.runUntil(90_000);
    const later = watch(times(5, () => first.admit(app)));
    await time.runUntil(91_000);
    expect(later.admitted).toBe(5);
  });
});

describe('an upstream refusal', () => {
  it('that an instance tells minutes later leaves the budget whole', async () => {
    const { time, governor, setFault, memory } = createWorld({ policy: { ...defaultPolicy, limit: 100 } });
    watch([governor.admit(app)]);
    await time.runUntil(1_000);
    setFault('down');
    governor.upstreamRefused(2_000);
    await time.runUntil(130_000);
    setFault('none');
    watch([governor.admit(app)]);
    await time.runUntil(131_000);
    expect((await memory.read()).value?.state.cut).toBeUndefined();
  });

  it('that comes in a crowd costs few writes', async () => {
    const { time, governor } = createWorld({ policy: { ...defaultPolicy, limit: 100 } });
    watch(times(50, () => governor.admit(app)));
    await time.runUntil(1_000);
    const { writes } = governor.counts();
    for (let answer = 0; answer < 50; answer += 1) {
      governor.upstreamRefused(5_000);
      await time.runUntil(1_000 + answer * 10);
    }
    expect(governor.counts().writes - writes).toBeLessThanOrEqual(2);
  });
});

describe('a unit', () => {
  it('comes back at once when its call was never sent', async () => {
    const { time, governor } = createWorld();
    const calls = times(10, () => governor.admit(app));
    await time.runUntil(1_000);
    for (const call of calls) (await call).unsent();
    const seen = watch(times(10, () => governor.admit(app)));
    await time.runUntil(2_000);
    expect(seen.admitted).toBe(10);
  });

  it('comes back once, whatever is told of its call afterwards', async () => {
    const { time, governor, memory } = createWorld();
    const [first] = await Promise.all([governor.admit(app), governor.admit(app), time.runUntil(500)]);
    first.unsent();
    first.answered();
    first.unsent();
    watch([governor.admit(app)]);
    await time.runUntil(1_500);
    const { ledger, asOfMillis } = (await memory.read()).value?.state ?? expect.fail('no state');
    expect(usedAt(ledger, asOfMillis)).toBe(2);
  });
});
