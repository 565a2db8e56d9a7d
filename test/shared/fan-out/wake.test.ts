/** The wake-up finds everything that is due, however much else there is. */
import { describe, expect, it } from 'vitest';
import { createMemoryWakeStore } from '../../../shared/fan-out/adapters/memory.ts';
import { createRememberedSubscriptions } from '../../../shared/fan-out/remembered-subscriptions.ts';
import { createUndispatched } from '../../../shared/fan-out/undispatched.ts';
import { createWake } from '../../../shared/fan-out/wake.ts';
import { createMemoryIngress } from '../../../shared/notifications/adapters/memory-ingress.ts';
import { createMemoryLedger } from '../../../shared/notifications/adapters/memory-ledger.ts';
import { createMemorySubscriptionStore } from '../../../shared/subscriptions/adapters/memory.ts';
import { createWorld, notificationOf, startMillis, subscriptionOf } from '../../support/fan-out-world.ts';

const minute = 60_000;
const hour = 60 * minute;

const createSearch = () => {
  const clock = { now: startMillis, nowMillis: () => clock.now };
  const ledger = createMemoryLedger(clock);
  const ingress = createMemoryIngress(clock);
  const search = createUndispatched({ ledger, ingress, wakes: createMemoryWakeStore(), clock, observe: () => {} });
  const keep = async (id: string, isDispatched: boolean): Promise<void> => {
    clock.now += 1;
    await ledger.keep(notificationOf({ id, receivedAtMillis: clock.now }), id);
    if (isDispatched) await ledger.writeDispatched(id, { sequence: 1, isLate: false, deliveries: [] });
  };
  const addedIds = (): readonly string[] => ingress.works.flatMap((work) => ('id' in work ? [work.id] : []));
  const runs = async (count: number): Promise<void> => {
    for (let run = 0; run < count; run += 1) {
      clock.now += minute;
      await search.run();
    }
  };
  return { ...search, clock, ledger, keep, addedIds, runs };
};

describe('what was kept and not dispatched', () => {
  it('is added although nothing ran for days', async () => {
    const { keep, clock, runs, addedIds } = createSearch();
    await keep('n1', false);
    clock.now += 60 * hour;
    await runs(1);
    expect(addedIds()).toEqual(['n1']);
  });

  it('is added although an earlier one can never be dispatched, and that one again and again', async () => {
    const { keep, runs, addedIds, ledger } = createSearch();
    await keep('bad', false);
    for (let index = 0; index < 1_200; index += 1) await keep(`n${index}`, true);
    await keep('last', false);
    await runs(6);
    expect(new Set(addedIds())).toEqual(new Set(['bad', 'last']));
    await ledger.writeDispatched('last', { sequence: 1, isLate: false, deliveries: [] });
    const before = addedIds().length;
    await runs(60);
    const later = addedIds().slice(before);
    expect(new Set(later)).toEqual(new Set(['bad']));
    // Each try holds the later ones of its entity.
    expect(later.length).toBeLessThan(15);
  });

  it('is added although more than are looked after can never be dispatched', async () => {
    const { keep, runs, addedIds, ledger } = createSearch();
    for (let index = 0; index < 450; index += 1) await keep(`bad${index}`, false);
    for (let index = 0; index < 700; index += 1) await keep(`n${index}`, true);
    await keep('last', false);
    await runs(6);
    expect(addedIds()).toContain('last');
    expect(new Set(addedIds()).size).toBe(451);
    await ledger.writeDispatched('last', { sequence: 1, isLate: false, deliveries: [] });
    await runs(1);
    await keep('later', false);
    await runs(8);
    expect(addedIds()).toContain('later');
  });

  it('is added in the end when there is more than one search looks after', async () => {
    const { keep, runs, addedIds, ledger } = createSearch();
    const ids = Array.from({ length: 1_000 }, (_, index) => `n${index}`);
    for (const id of ids) await keep(id, false);
    for (let run = 0; run < 60 && new Set(addedIds()).size < ids.length; run += 1) {
      await runs(1);
      for (const id of addedIds()) await ledger.writeDispatched(id, { sequence: 1, isLate: false, deliveries: [] });
    }
    expect(new Set(addedIds())).toEqual(new Set(ids));
  });
});

describe('what is due behind a long list that is not', () => {
  it('is sent, be it a pending delivery', async () => {
    const { store, pending, ledger, queues, run } = createWorld();
    const one = subscriptionOf();
    await store.write(one);
    const wait = {
      subscriptionId: one.id,
      sequence: 1,
      kind: 'live',
      firstMillis: startMillis,
      reason: 'slow',
    } as const;
    for (let index = 0; index < 1_100; index += 1)
      await pending.put({
        ...{ ...wait, entity: `a${index}`, eventId: `a${index}`, attempts: 1, refusals: 0 },
        nextAttemptMillis: startMillis + hour,
      });
    const due = notificationOf({ id: 'due', entity: 'z' });
    await ledger.keep(due, 'writer');
    await ledger.writeDispatched('due', { sequence: 1, isLate: false, deliveries: [] });
    await pending.put({
      ...{ ...wait, entity: 'z', eventId: 'due', attempts: 1, refusals: 0, nextAttemptMillis: startMillis },
    });
    await run(5 * minute);
    expect(queues.receivedBy(one.queue.arn).map(({ id }) => id)).toEqual(['due']);
  });

  it('is sent, be it the end of an interval', async () => {
    const { store, latest, ledger, queues, run } = createWorld();
    const one = subscriptionOf({ latestOnlySeconds: 86_400 });
    await store.write(one);
    const mark = { subscriptionId: one.id, sequence: 1, count: 1 } as const;
    for (let index = 0; index < 4_100; index += 1)
      await latest.write({ ...mark, entity: `a${index}`, eventId: `a${index}`, dueMillis: startMillis + 24 * hour });
    await ledger.keep(notificationOf({ id: 'due', entity: 'z' }), 'writer');
    await latest.write({ ...mark, entity: 'z', eventId: 'due', dueMillis: startMillis });
    await run(5 * minute);
    expect(queues.receivedBy(one.queue.arn).map(({ id }) => id)).toEqual(['due-latest']);
  });
});

describe('subscriptions that take long', () => {
  it('leave each other their turn, and a run its time', async () => {
    const clock = { now: startMillis, nowMillis: () => clock.now };
    const store = createMemorySubscriptionStore();
    for (let index = 0; index < 60; index += 1) await store.write(subscriptionOf());
    const seen = new Map<string, number>();
    const none = async () => ({ items: [] });
    const wake = createWake({
      ...{ clock, ledger: createMemoryLedger(clock), ingress: createMemoryIngress(clock), observe: () => {} },
      ...{ latest: { list: none }, replays: { underWay: async () => [] }, lane: { add: async () => {} } },
      ...{ catchUp: async () => {}, wakes: createMemoryWakeStore() },
      subscriptions: createRememberedSubscriptions(store, clock),
      pending: {
        page: async (id) => {
          clock.now += 2_000;
          seen.set(id, (seen.get(id) ?? 0) + 1);
          return none();
        },
      },
    });
    for (let run = 1; run <= 20; run += 1) {
      clock.now = Math.max(clock.now, startMillis + run * minute);
      const beginMillis = clock.now;
      const { leftOver } = await wake.run();
      expect(leftOver).toBeGreaterThan(0);
      expect(clock.now - beginMillis).toBeLessThan(55_000);
    }
    expect(seen.size).toBe(60);
  });
});
