import { describe, expect, it } from 'vitest';
import { createMemoryIngress } from '../../../shared/notifications/adapters/memory-ingress.ts';
import { createMemoryLedger } from '../../../shared/notifications/adapters/memory-ledger.ts';
import { createMemoryGapStore, createMemoryPullStore } from '../../../shared/notifications/adapters/pull-stores.ts';
import { createChangeNotes, createGapWatcher, type SeenChange } from '../../../shared/notifications/gaps.ts';
import { createIntake } from '../../../shared/notifications/intake.ts';
import { createPull } from '../../../shared/notifications/pull.ts';
import { aNotification, guideDocument, noon } from './builders.ts';

const minuteMillis = 60_000;
const eid = 'experiment:e1';

const createScene = () => {
  let nowMillis = noon;
  const clock = { nowMillis: () => nowMillis };
  const documents: ReturnType<typeof guideDocument>[] = [];
  const froms: number[] = [];
  const ledger = createMemoryLedger(clock);
  const ingress = createMemoryIngress(clock);
  const intake = createIntake({ ledger, ingress, clock, newWriter: () => 'w' });
  const store = createMemoryGapStore();
  const counts: number[] = [];
  const watcher = createGapWatcher({ store, ledger, intake, clock, onReconstructed: (count) => counts.push(count) });
  const feed = {
    list: async ({ fromMillis = 0 }) => {
      froms.push(fromMillis);
      return { documents, nextOffset: undefined, tenantMillis: undefined };
    },
    dismiss: async () => {},
  };
  const pull = createPull({ feed, store: createMemoryPullStore(), intake, ledger, clock, watcher });
  const notes = createChangeNotes(store, clock);
  const range = { fromMillis: 0, untilMillis: noon + 1_000 * minuteMillis, order: 'oldest-first', limit: 100 } as const;
  return {
    ...{ documents, ingress, store, counts, intake, froms },
    note: (change: Partial<SeenChange>, since = noon - minuteMillis) =>
      notes.note([{ eid, editedAtMillis: nowMillis - 1_000, ...change }], since),
    /** The next pull, five minutes later unless it runs on demand. */
    pull: async (afterMillis = 5 * minuteMillis) => {
      nowMillis += afterMillis;
      await pull.run(Number.POSITIVE_INFINITY);
    },
    reconstructed: async () =>
      (await ledger.list(range)).entries
        .filter(({ notification }) => notification.origin === 'reconstructed')
        .map(({ notification: { type, entity, createdAtMillis } }) => [type, entity, createdAtMillis]),
  };
};

describe('a gap', () => {
  it('is filled after two pulls that lack it, once, marked and counted', async () => {
    const { note, pull, reconstructed, counts, ingress, store } = createScene();
    await note({ state: 'closed' });
    await pull();
    expect(await reconstructed()).toEqual([]);
    await pull();
    expect(await reconstructed()).toEqual([['close', eid, noon - 1_000]]);
    await pull();
    await pull();
    expect(await reconstructed()).toHaveLength(1);
    expect(counts).toEqual([0, 1, 0, 0]);
    expect(ingress.works).toHaveLength(1);
    expect(await store.suspicions()).toEqual([]);
  });

  it('is not filled by pulls on demand that follow each other: the tenant has minutes to list it', async () => {
    const { note, pull, reconstructed, documents, store } = createScene();
    await note({ state: 'closed' });
    await pull();
    for (let turn = 0; turn < 3; turn += 1) await pull(minuteMillis);
    expect(await reconstructed()).toEqual([]);
    expect(await store.suspicions()).toMatchObject([{ misses: 1 }]);
    documents.push(guideDocument({ id: '5', createdAt: new Date(noon - 1_000).toISOString() }));
    await pull(minuteMillis);
    expect([await reconstructed(), await store.suspicions()]).toEqual([[], []]);
  });

  it('is none where the second pull has the notification', async () => {
    const { note, pull, reconstructed, documents, store } = createScene();
    await note({ state: 'closed' });
    await pull();
    documents.push(guideDocument({ id: '5', type: 'sign', createdAt: new Date(noon - 2_000).toISOString() }));
    await pull();
    await pull();
    expect([await reconstructed(), await store.suspicions()]).toEqual([[], []]);
  });

  it('is none where a push brought it, and the tenant does not list it', async () => {
    const { note, pull, reconstructed, intake } = createScene();
    await note({ state: 'voided' });
    await intake.take(aNotification({ type: 'void', createdAtMillis: noon - 500 }));
    for (let turn = 0; turn < 3; turn += 1) await pull();
    expect(await reconstructed()).toEqual([]);
  });

  it('is not explained by an earlier closing, nor by one of another record', async () => {
    const { note, pull, reconstructed, documents } = createScene();
    documents.push(guideDocument({ id: '5', createdAt: new Date(noon - 10 * minuteMillis).toISOString() }));
    documents.push(guideDocument({ id: '6', entity: 'experiment:e2' }));
    await note({ state: 'closed' });
    await pull();
    await pull();
    expect(await reconstructed()).toEqual([['close', eid, noon - 1_000]]);
  });

  it.each([
    [['open', 'closed'], 'close'],
    [['closed', 'open'], 'reopen'],
    [['voided', 'open'], 'reopen'],
    [['open', 'voided'], 'void'],
    [['closed', 'archived'], 'archive'],
  ])('is suspected for %j: %s', async ([before, now], kind) => {
    const { note, store } = createScene();
    await note({ state: before as string });
    for (const suspicion of await store.suspicions()) await store.clear(suspicion);
    await note({ state: now as string });
    expect((await store.suspicions()).map((suspicion) => suspicion.kind)).toEqual([kind]);
  });

  it.each([[['archived', 'closed']], [['closed', 'closed']], [['open', 'open']]])(
    'is not suspected for %j',
    async ([before, now]) => {
      const { note, store } = createScene();
      await note({ state: before as string });
      for (const suspicion of await store.suspicions()) await store.clear(suspicion);
      await note({ state: now as string });
      expect(await store.suspicions()).toEqual([]);
    },
  );

  it('is suspected for what is new since the sweep looked, notebooks without a state too, and for no parts of records', async () => {
    const { note, store } = createScene();
    await note({ eid: 'journal:j1', createdAtMillis: noon - 1_000 });
    await note({ eid: 'experiment:old', createdAtMillis: noon - 10 * minuteMillis, state: 'open' });
    await note({ eid: 'text:t1', createdAtMillis: noon - 1_000 });
    await note({ eid: 'experiment:new', createdAtMillis: noon - 1_000, state: 'open' });
    const suspected = (await store.suspicions()).map(({ eid: of, kind }) => [of, kind]);
    expect(suspected).toEqual([
      ['journal:j1', 'create'],
      ['experiment:new', 'create'],
    ]);
  });

  it('makes the pull look back to it, when the sweep was late', async () => {
    const { note, pull, reconstructed, froms } = createScene();
    await pull();
    await note({ state: 'closed', editedAtMillis: noon - 120 * minuteMillis });
    await pull();
    await pull();
    expect(Math.min(...froms)).toBeLessThanOrEqual(noon - 121 * minuteMillis);
    expect(await reconstructed()).toHaveLength(1);
  });
});
