/** One consumer's calls that wait for the budget leave executions and budget to the others: a fleet in virtual time. */
import { describe, expect, it } from 'vitest';
import { mostInAnyWindow } from '../../../bench/quota/simulate.ts';
import { createGovernor } from '../../../shared/quota/governor.ts';
import type { WaitingBound } from '../../../shared/quota/places.ts';
import { defaultPolicy } from '../../../shared/quota/policy.ts';
import { createFaultyItem } from '../../../shared/simulation/faulty-store.ts';
import { createMachine } from '../../../shared/simulation/machine.ts';
import { createRandom, createVirtualTime } from '../../../shared/simulation/virtual-time.ts';
import { app, batch, createWorld, times, watch } from './world.ts';

const limit = 1_000;
const bound: WaitingBound = { executions: 10, share: 0.5, pool: 'native' };
const noFaults = { lostRequests: 0, lostAnswers: 0, throttled: 0, late: 0, frozenWriters: 0 };

type Call = { readonly consumerId: string; readonly sinceMillis: number };

/** A function of ten executions, each of which serves one request at a time; requests that find none free wait in a line. */
const createFunction = () => {
  const random = createRandom(7);
  const time = createVirtualTime();
  const item = createFaultyItem(time, random, noFaults);
  const idle = times(bound.executions, () => {
    const machine = createMachine(time, random, { skewMillis: 0, driftShare: 0 });
    const store = item.storeFor(machine);
    return createGovernor({ ticker: machine.ticker, store, policy: { ...defaultPolicy, limit }, bound });
  });
  const line: Call[] = [];
  const sends: { readonly atMillis: number }[] = [];
  const answered = new Map<string, number[]>();
  const refused = new Map<string, number>();

  const serve = async (governor: (typeof idle)[number]): Promise<void> => {
    const call = line.shift();
    if (!call) {
      idle.push(governor);
      return;
    }
    const { consumerId, sinceMillis } = call;
    try {
      const admission = await governor.admit({ consumerId, priority: 'interactive' });
      if (admission.departs()) sends.push({ atMillis: time.now() });
      await new Promise<void>((resolve) => time.at(time.now() + 30, resolve));
      admission.answered();
      answered.set(consumerId, [...(answered.get(consumerId) ?? []), time.now() - sinceMillis]);
    } catch {
      refused.set(consumerId, (refused.get(consumerId) ?? 0) + 1);
    }
    time.at(time.now() + 1, () => void serve(governor));
  };
  const demand = (consumerId: string, everyMillis: number): void => {
    line.push({ consumerId, sinceMillis: time.now() });
    const governor = idle.pop();
    if (governor) void serve(governor);
    time.at(time.now() + everyMillis, () => demand(consumerId, everyMillis));
  };
  return { time, demand, sends, answered, refused };
};

describe('beside a consumer with three times the budget', async () => {
  const { time, demand, sends, answered, refused } = createFunction();
  demand('large', 20);
  demand('small', 2_000);
  await time.runUntil(180_000);

  it('calls of a small consumer are answered within a second, and none is refused', () => {
    const millis = answered.get('small') ?? [];
    expect(millis.length).toBeGreaterThanOrEqual(89);
    expect(Math.max(...millis)).toBeLessThan(1_000);
    expect(refused.get('small')).toBeUndefined();
  });

  it('the budget is used to 99 % all the same, and never exceeded', () => {
    expect(refused.get('large')).toBeGreaterThan(5_000);
    expect(sends.length).toBeGreaterThanOrEqual(0.99 * 3 * limit);
    expect(mostInAnyWindow(sends)).toBeLessThanOrEqual(limit);
  });
});

/** A spent budget. Its first units become free after one or two seconds. Each later call has its own instance. */
const createSpentWorld = async () => {
  const world = createWorld({ bound, policy: { ...defaultPolicy, limit: 100, sendGuardMillis: 1_000 } });
  watch(times(100, () => world.governor.admit({ ...app, consumerId: 'first' })));
  await world.time.runUntil(59_000);
  return world;
};

describe('of the calls of one consumer, each in an execution of its own', () => {
  it('half of the executions wait; the others are refused at once, and the refusal says so', async () => {
    const { time, join } = await createSpentWorld();
    const seen = times(10, () => watch([join().governor.admit(app)]));
    await time.runUntil(59_500);
    const refused = seen.flatMap((one) => one.refused);
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ code: 'TOO_MANY_REQUESTS', facts: { limit: 'waiting' } });
    await time.runUntil(68_000);
    expect(seen.reduce((sum, { admitted }) => sum + admitted, 0)).toBe(5);
  });

  it('a call takes one place, however many answers of the store are lost', async () => {
    const { time, memory, join, setFault } = await createSpentWorld();
    setFault('answer lost');
    const seen = watch([join().governor.admit(app)]);
    await time.runUntil(60_500);
    setFault('none');
    await time.runUntil(61_000);
    expect((await memory.read()).value?.state.places?.native?.app).toHaveLength(1);
    await time.runUntil(67_000);
    expect([seen.admitted, seen.refused]).toEqual([1, []]);
  });

  it('places of those that were killed come free', async () => {
    const { time, memory, join } = await createSpentWorld();
    const killed = times(5, () => join());
    watch(killed.map(({ governor }) => governor.admit(app)));
    await time.runUntil(59_500);
    for (const { machine } of killed) machine.kill();
    expect((await memory.read()).value?.state.places?.native?.app).toHaveLength(5);
    await time.runUntil(70_000);
    watch(times(100, () => join().governor.admit({ ...app, consumerId: 'second' })));
    await time.runUntil(129_500);
    const seen = watch(times(5, () => join().governor.admit(app)));
    await time.runUntil(138_500);
    expect([seen.admitted, seen.refused.length]).toEqual([5, 0]);
  });

  it('a call that gets a unit which is free already leaves its place, so that another may wait', async () => {
    const { time, memory, join } = createWorld({ bound, policy: { ...defaultPolicy, limit: 100 } });
    watch(times(75, () => join().governor.admit(batch)));
    await time.runUntil(1_000);
    // They wait for the room of interactive calls, which is lent bit by bit.
    const seen = times(5, () => watch([join().governor.admit(batch)]));
    await time.runUntil(17_000);
    expect(seen.map(({ admitted }) => admitted)).toEqual([1, 1, 1, 1, 0]);
    expect((await memory.read()).value?.state.places?.native?.batch).toHaveLength(1);
    const next = times(4, () => watch([join().governor.admit(batch)]));
    await time.runUntil(17_500);
    expect(next.flatMap(({ refused }) => refused)).toEqual([]);
  });

  it('an interactive call that goes with the unit of a background call leaves its place', async () => {
    const policy = { ...defaultPolicy, limit: 20, reservedShare: 0, sendGuardMillis: 1_000 };
    const { time, memory, join } = createWorld({ bound, policy });
    watch([join().governor.admit({ ...app, consumerId: 'first' })]);
    await time.runUntil(3_000);
    watch(times(19, () => join().governor.admit({ ...app, consumerId: 'first' })));
    await time.runUntil(58_000);
    const { governor } = join();
    watch([governor.admit(batch)]);
    // The first unit is on its way to the background call, and the others are free 3 s later.
    await time.runUntil(64_100);
    const seen = watch([governor.admit(app)]);
    await time.runUntil(65_000);
    expect(seen.admitted).toBe(1);
    const places = (await memory.read()).value?.state.places?.native;
    expect([places?.app, places?.batch?.length]).toEqual([undefined, 1]);
  });

  it('those that wait for a paused operation are as many, and a call of another consumer may wait beside them', async () => {
    const { time, join, governor } = createWorld({ bound, policy: { ...defaultPolicy, limit: 100 } });
    const search = { ...app, operation: 'POST /entities/search' };
    watch([governor.admit(search)]);
    await time.runUntil(1_000);
    governor.upstreamRefused(5_000, search.operation);
    await time.runUntil(1_100);
    const seen = watch(times(10, () => join().governor.admit(search)));
    await time.runUntil(1_500);
    expect(seen.refused).toHaveLength(5);
    const other = watch([join().governor.admit({ ...search, consumerId: 'other' })]);
    await time.runUntil(9_000);
    expect([other.admitted, other.refused.length]).toEqual([1, 0]);
  });

  it('one too many of a paused operation is refused alone: other operations of its consumer go on', async () => {
    const { time, join, governor } = createWorld({ bound, policy: { ...defaultPolicy, limit: 100 } });
    const search = { ...app, operation: 'POST /entities/search' };
    watch([governor.admit(search)]);
    await time.runUntil(1_000);
    governor.upstreamRefused(5_000, search.operation);
    await time.runUntil(1_100);
    watch(times(5, () => join().governor.admit(search)));
    await time.runUntil(1_500);
    const sixth = join().governor;
    const refused = watch([sixth.admit(search)]);
    await time.runUntil(1_600);
    const other = watch([sixth.admit({ ...app, operation: 'GET /entities/{eid}' }), sixth.admit(search)]);
    await time.runUntil(1_700);
    expect([refused.refused.length, other.admitted, other.refused.length]).toEqual([1, 1, 1]);
  });

  it('those of several consumers leave an execution free, and background calls count too', async () => {
    const { time, join } = await createSpentWorld();
    const seen = ['a', 'b', 'c'].map((consumerId) =>
      watch(times(10, () => join().governor.admit({ ...batch, consumerId }))),
    );
    await time.runUntil(59_500);
    const refused = seen.reduce((sum, one) => sum + one.refused.length, 0);
    expect(30 - refused).toBeLessThan(bound.executions);
    expect(seen.filter((one) => one.refused.length === 10)).toEqual([]);
  });
});
