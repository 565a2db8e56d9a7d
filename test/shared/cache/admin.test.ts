import { describe, expect, it } from 'vitest';
import { createDynamoFiguresStore, createMemoryFiguresStore } from '../../../shared/cache/adapters/figures.ts';
import { createMemoryPurgeLog } from '../../../shared/cache/adapters/purge-log.ts';
import { createCacheAdmin } from '../../../shared/cache/admin.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { Purge } from '../../../shared/cache/cache-document.ts';
import { createFigures, type FiguresStore } from '../../../shared/cache/figures.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { defaultPolicy } from '../../../shared/cache/policy.ts';
import { createPurgeLimit } from '../../../shared/cache/purge-limit.ts';
import { freshTable } from '../../support/tables.ts';
import { createTestCache, exchangeOf, jsonAnswer, sweptUntil, upstream } from './support.ts';

const setUp = () => {
  const { store, clock } = createTestCache();
  const figures = createMemoryFiguresStore();
  const counter = createFigures(figures, clock);
  const cache = createAnswerCache({ store, clock, plan: createNativePlanner(store), observe: counter.observe });
  const log = createMemoryPurgeLog();
  const limit = createPurgeLimit(log, clock);
  const admin = createCacheAdmin({
    store,
    figures,
    clock,
    limit,
    policy: defaultPolicy,
    upstream,
  });
  let calls = 0;
  const read = async (path = '/entities/experiment:e1') => {
    const { cacheStatus } = await cache.answer(exchangeOf({ path }), async () => {
      calls += 1;
      return jsonAnswer({ calls });
    });
    return cacheStatus;
  };
  const purge = async (attributes: Record<string, unknown>) =>
    admin.purge(Purge.parse({ data: { type: 'cache-purge', attributes } }).data.attributes, 'app');
  return { log, admin, read, purge, counter, store, clock };
};

describe('a purge', () => {
  it.each([
    ['an entity', { entity: 'experiment:e1' }, ['fwd=uri-miss', 'hit', 'hit']],
    ['a group', { group: 'entities' }, ['fwd=uri-miss', 'fwd=uri-miss', 'hit']],
    ['everything', { all: true }, ['fwd=uri-miss', 'fwd=uri-miss', 'fwd=uri-miss']],
    ['an entity softly', { entity: 'experiment:e1', kind: 'soft' }, ['fwd=stale', 'hit', 'hit']],
  ])('of %s ends just that', async (_title, attributes, expected) => {
    const { read, purge } = setUp();
    const paths = ['/entities/experiment:e1', '/entities/experiment:e2', '/users/101'];
    for (const path of paths) await read(path);
    await purge(attributes);
    const verdicts = [];
    for (const path of paths) verdicts.push((await read(path)).split(';')[0]);
    expect(verdicts).toEqual(expected);
  });

  it.each([
    [{}, '/data/attributes'],
    [{ entity: 'e', all: true }, '/data/attributes'],
    [{ group: 'entitys' }, '/data/attributes/group'],
  ])('of %j is refused with a pointer', async (attributes, pointer) => {
    const { purge, log } = setUp();
    await expect(purge(attributes)).rejects.toMatchObject({ code: 'REQUEST_INVALID', facts: { source: { pointer } } });
    expect((await log.read('wide')).version).toBe(0);
  });
});

describe('the document of a purge', () => {
  it.each([[{ entity: '' }], [{ all: false }], [{ all: true, kind: 'medium' }], [{ everything: true }]])(
    'is not %j',
    (attributes) => {
      expect(Purge.safeParse({ data: { type: 'cache-purge', attributes } }).success).toBe(false);
    },
  );
});

describe('the report', () => {
  it('counts by class and verdict, and tells how the sweep fares', async () => {
    const { admin, read, counter, store, clock } = setUp();
    for (const _ of [1, 2, 3]) await read();
    await read('/entities');
    await counter.handIn(true);
    expect((await admin.report()).data.attributes).toMatchObject({
      boundSeconds: 60,
      sweep: { state: 'never', types: [] },
      classes: { entity: { miss: 1, hit: 2 }, listing: { miss: 1 } },
    });
    await store.markSwept(sweptUntil(clock.nowMillis() - 7_000));
    expect((await admin.report()).data.attributes.sweep).toEqual({
      state: 'healthy',
      lagSeconds: 7,
      types: ['experiment'],
    });
  });

  it('is fed once a minute at most', async () => {
    const { read, counter, clock, admin } = setUp();
    await read();
    await counter.handIn();
    expect((await admin.report()).data.attributes.classes).toEqual({});
    clock.advance(60_000);
    await counter.handIn();
    expect((await admin.report()).data.attributes.classes).toEqual({ entity: { miss: 1 } });
  });
});

const figuresContract = (name: string, create: () => Promise<FiguresStore>) =>
  describe(`FiguresStore contract: ${name}`, () => {
    it('adds what many hand in at once, hour by hour', async () => {
      const store = await create();
      const hour = 3_600_000;
      const [first, second] = [500_000 * hour, 500_001 * hour];
      await Promise.all(Array.from({ length: 10 }, () => store.add(second, { 'entity hit': 2, 'search miss': 1 })));
      await store.add(first, { 'entity hit': 1 });
      expect(await store.read(first)).toEqual([
        { hourMillis: first, figures: { 'entity hit': 1 } },
        { hourMillis: second, figures: { 'entity hit': 20, 'search miss': 10 } },
      ]);
      expect(await store.read(second)).toHaveLength(1);
    });
  });

figuresContract('memory', async () => createMemoryFiguresStore());
figuresContract('DynamoDB', async () => {
  const { dynamo, tableName } = await freshTable();
  return createDynamoFiguresStore(dynamo, tableName, 't');
});
