import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryIngress } from '../../../shared/notifications/adapters/memory-ingress.ts';
import { createMemoryLedger } from '../../../shared/notifications/adapters/memory-ledger.ts';
import { createMemoryPullStore } from '../../../shared/notifications/adapters/pull-stores.ts';
import { dismissHandled } from '../../../shared/notifications/dismiss.ts';
import { createIntake } from '../../../shared/notifications/intake.ts';
import {
  createPull,
  defaultPullSettings,
  type NotificationFeed,
  type PullSettings,
} from '../../../shared/notifications/pull.ts';
import { sized } from '../../support/test-size.ts';
import { dayMillis, guideDocument, noon } from './builders.ts';

type Recorded = {
  readonly id: string;
  readonly entity: string;
  readonly createdAtMillis: number;
  isDismissed?: boolean;
};

const toDocument = ({ id, entity, createdAtMillis }: Recorded) =>
  guideDocument({ id, entity, createdAt: new Date(createdAtMillis).toISOString() });

const minuteMillis = 60_000;

/** A tenant that lists the newest first, and a facade whose parts fail on demand. */
const createScene = (settings: Partial<PullSettings> = {}) => {
  let nowMillis = noon;
  const clock = { nowMillis: () => nowMillis };
  const recorded: Recorded[] = [];
  const calls: string[] = [];
  let fails: () => boolean = () => false;
  const failing =
    <A extends unknown[], T>(run: (...given: A) => Promise<T>) =>
    (...given: A): Promise<T> =>
      fails() ? Promise.reject(new Error('killed')) : run(...given);
  const feed: NotificationFeed = {
    list: failing(async ({ fromMillis = 0, untilMillis = Number.POSITIVE_INFINITY, status, offset, limit }) => {
      const found = recorded
        .filter(({ createdAtMillis }) => createdAtMillis >= fromMillis && createdAtMillis <= untilMillis)
        .filter(({ isDismissed }) => status === 'all' || !isDismissed)
        .toSorted((one, other) => other.createdAtMillis - one.createdAtMillis);
      const page = found.slice(offset, offset + limit);
      calls.push(`${offset}`);
      const nextOffset = offset + limit < found.length ? offset + limit : undefined;
      return { documents: page.map(toDocument), nextOffset, tenantMillis: nowMillis };
    }),
    dismiss: failing(async (id) => {
      for (const one of recorded) if (one.id === id) one.isDismissed = true;
    }),
  };
  const ledger = createMemoryLedger(clock);
  const ingress = createMemoryIngress(clock);
  let writers = 0;
  const intake = createIntake({
    ledger: { ...ledger, keep: failing(ledger.keep) },
    ingress: { add: failing(ingress.add) },
    clock,
    newWriter: () => `w${++writers}`,
  });
  const store = createMemoryPullStore();
  const pull = createPull({
    ...{ feed, ledger, intake, clock },
    store: { read: failing(store.read), write: failing(store.write) },
    settings: { ...defaultPullSettings, ...settings },
  });
  const range = { fromMillis: 0, untilMillis: noon + 30 * dayMillis, order: 'oldest-first', limit: 10_000 } as const;
  const keptIds = async () => (await ledger.list(range)).entries.map(({ notification }) => notification.id);
  return {
    ...{ recorded, calls, ledger, ingress, store, pull, feed, keptIds },
    wait: (millis: number) => {
      nowMillis += millis;
    },
    failWhen: (when: () => boolean) => {
      fails = when;
    },
    run: () => pull.run(Number.POSITIVE_INFINITY),
  };
};

const at = (createdAtMillis: number, id: string, entity = 'experiment:e1'): Recorded => ({
  id,
  entity,
  createdAtMillis,
});

describe('the pull', () => {
  it('begins at the present, and then brings in what no push has brought, once', async () => {
    const { run, wait, recorded, keptIds, ingress } = createScene();
    recorded.push(at(noon - dayMillis, 'old'));
    expect(await run()).toMatchObject({ found: 0, isComplete: true, lagMillis: 0 });
    wait(5 * minuteMillis);
    recorded.push(at(noon + minuteMillis, '1'), at(noon + 2 * minuteMillis, '2'));
    expect(await run()).toMatchObject({ seen: 2, found: 2 });
    wait(5 * minuteMillis);
    expect(await run()).toMatchObject({ seen: 2, found: 0, queuedAgain: 2 });
    expect(await keptIds()).toEqual(['1', '2']);
    expect(ingress.works.slice(0, 2)).toEqual([
      { kind: 'notification', id: '1', entity: 'experiment:e1' },
      { kind: 'notification', id: '2', entity: 'experiment:e1' },
    ]);
  });

  it('looks back as far as a stage wishes in its first pass', async () => {
    const { run, recorded, keptIds } = createScene({ backfillMillis: 180 * dayMillis });
    recorded.push(at(noon - 179 * dayMillis, '1'), at(noon - 1, '2'));
    await run();
    expect(await keptIds()).toEqual(['1', '2']);
  });

  it('misses nothing of a week in which it did not run, the oldest first, in small slices', async () => {
    const { run, wait, recorded, keptIds, ingress } = createScene({ pageSize: 10, mostPages: 3 });
    await run();
    wait(7 * dayMillis);
    // Most of it within an hour: no slice of a day has room for it.
    for (let index = 0; index < 300; index += 1)
      recorded.push(at(noon + (index < 280 ? 3 * dayMillis + index * 10_000 : index * 1_800_000), String(index)));
    expect(await run()).toMatchObject({ found: 300, overflowed: 0, isComplete: true });
    expect(new Set(await keptIds()).size).toBe(300);
    const order = [...recorded].sort((one, other) => one.createdAtMillis - other.createdAtMillis);
    // Slices share their ends, so that some are queued again.
    const queued = new Set(ingress.works.map((work) => 'id' in work && work.id));
    expect([...queued]).toEqual(order.map(({ id }) => id));
  });

  it('reads the rest in long slices after a time of which it had to read each second', async () => {
    const { run, wait, recorded, keptIds, calls, failWhen } = createScene({ pageSize: 10, mostPages: 3 });
    await run();
    wait(7 * dayMillis);
    for (let index = 0; index < 100; index += 1) recorded.push(at(noon + dayMillis + index * 100, String(index)));
    failWhen(() => calls.length > 500);
    expect(await run()).toMatchObject({ isComplete: true, overflowed: 0 });
    expect((await keptIds()).length).toBe(100);
  });

  it('goes on in the next run where its time was up', async () => {
    const { pull, run, wait, recorded, keptIds } = createScene();
    await run();
    wait(7 * dayMillis);
    for (let day = 0; day < 7; day += 1) recorded.push(at(noon + day * dayMillis + 1, String(day)));
    expect(await pull.run(0)).toMatchObject({ isComplete: false });
    expect((await keptIds()).length).toBeLessThan(7);
    expect((await pull.run(0)).lagMillis).toBeLessThan(6 * dayMillis);
    expect(await run()).toMatchObject({ isComplete: true, lagMillis: 0 });
    expect((await keptIds()).toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  });

  it('takes what it can of more notifications in one second than can be listed, and says so', async () => {
    const { run, wait, recorded } = createScene({ pageSize: 10, mostPages: 2 });
    await run();
    wait(minuteMillis);
    for (let index = 0; index < 50; index += 1) recorded.push(at(noon + 30_000, String(index)));
    expect(await run()).toMatchObject({ isComplete: true, overflowed: 20, found: 20 });
  });

  it('keeps what is no notification for inspection, and goes on', async () => {
    const { run, wait, feed, ledger, store } = createScene();
    await run();
    wait(minuteMillis);
    const good = toDocument(at(noon + 1, '1'));
    feed.list = async () => ({
      documents: [{ data: { id: '9' } }, 7, good],
      nextOffset: undefined,
      tenantMillis: undefined,
    });
    expect(await run()).toMatchObject({ malformed: 2, found: 1 });
    const range = { fromMillis: 0, untilMillis: noon + dayMillis, order: 'oldest-first', limit: 10 } as const;
    const { entries } = await ledger.listMalformed(range);
    expect(entries.map(({ reason }) => reason).toSorted()).toEqual(['pulled: it has no id', 'pulled: it has no type']);
    expect((await store.read()).safeMillis).toBe(noon + minuteMillis);
  });

  it('leaves the safe point where one was not taken, and takes the others', async () => {
    const { run, wait, recorded, keptIds, store, failWhen } = createScene({ atOnce: 1 });
    await run();
    const before = await store.read();
    wait(minuteMillis);
    for (const id of ['1', '2', '3']) recorded.push(at(noon + 1, id, `experiment:${id}`));
    let call = 0;
    // State, list, then one write to the ledger and one to the queue for each: the first write fails.
    failWhen(() => ++call === 3);
    await expect(run()).rejects.toThrow('killed');
    expect([await store.read(), (await keptIds()).length]).toEqual([before, 2]);
    failWhen(() => false);
    await run();
    expect((await keptIds()).length).toBe(3);
  });

  it('loses nothing, wherever it is killed, and queues those of an entity in their order', async () => {
    const minutes = fc.array(fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.constantFrom('a', 'b', 'c')), {
      maxLength: 60,
    });
    const kills = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(minutes, kills, fc.integer({ min: 1, max: 5 }), async (events, killsAfter, pageSize) => {
        const { run, wait, recorded, keptIds, failWhen, ledger } = createScene({ pageSize, mostPages: 3, atOnce: 2 });
        await run();
        wait(3_001 * minuteMillis);
        for (const [index, [minute, entity]] of events.entries())
          recorded.push(at(noon + minute * minuteMillis, String(index), entity));
        for (const after of killsAfter) {
          let left = after;
          failWhen(() => --left <= 0);
          await run().catch(() => {});
          wait(minuteMillis);
        }
        failWhen(() => false);
        await run();
        expect((await keptIds()).toSorted()).toEqual(recorded.map(({ id }) => id).toSorted());
        for (const id of await keptIds()) expect(await ledger.read(id)).toBeDefined();
      }),
      { numRuns: sized(100, 15) },
    );
  });
});

describe('dismissing', () => {
  it('dismisses what was dispatched, the oldest first, and nothing else', async () => {
    const { run, wait, recorded, ledger, feed } = createScene();
    await run();
    wait(minuteMillis);
    for (const id of ['1', '2', '3']) recorded.push(at(noon + Number(id), id));
    await run();
    recorded.push(at(noon + 4, 'unknown'));
    for (const id of ['1', '3']) await ledger.writeDispatched(id, { sequence: 1, isLate: false, deliveries: [] });
    const bounds = { feed, ledger, pageSize: 2, mostPages: 5 };
    expect(await dismissHandled({ ...bounds, mostCalls: 1 })).toBe(1);
    expect(recorded.filter(({ isDismissed }) => isDismissed).map(({ id }) => id)).toEqual(['1']);
    expect(await dismissHandled({ ...bounds, mostCalls: 10 })).toBe(1);
    expect(recorded.filter(({ isDismissed }) => !isDismissed).map(({ id }) => id)).toEqual(['2', 'unknown']);
  });
});
