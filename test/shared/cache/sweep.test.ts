import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createSweeper, defaultSweepSettings, sweepHealth, sweepLagMillis } from '../../../shared/cache/sweep/sweep.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ChangeFeed } from '../../../shared/exchange/cache-rules.ts';
import { createSignalsFeed } from '../../../shared/signals/cache/feed.ts';
import { signalsCacheRules } from '../../../shared/signals/cache/rules.ts';
import { createManualClock, jsonAnswer } from './support.ts';

const settings = { ...defaultSweepSettings, pageSize: 10, pageOverlap: 2, mostPages: 5 };
const changes = { ...signalsCacheRules.changes, types: ['experiment', 'text'] };
const rules = { ...signalsCacheRules, changes };

const setUp = (feed: ChangeFeed) => {
  const clock = createManualClock();
  const store = createMemoryCacheStore(clock);
  return { clock, store, sweeper: createSweeper(store, feed, clock, rules, settings) };
};

const lastPage = { eids: [], nextOffset: undefined, principal: 'service:signals', tenantMillis: undefined };

/** Lists these ids page by page, and notes what it was asked. */
const feedOf = (eids: string[], seen: Parameters<ChangeFeed['list']>[0][] = []): ChangeFeed => ({
  list: async (query) => {
    seen.push(query);
    const end = query.offset + query.limit;
    const found = query.trashed ? [] : eids.slice(query.offset, end);
    return { ...lastPage, eids: found, nextOffset: !query.trashed && end < eids.length ? end : undefined };
  },
});
const ids = (count: number) => Array.from({ length: count }, (_, index) => `experiment:e${index}`);

describe('a sweep', () => {
  it('purges everything the first time, and what changed from then on', async () => {
    const { store, sweeper } = setUp(feedOf(['experiment:e1']));
    expect(await sweeper.run()).toMatchObject({ all: true });
    expect(await sweeper.run()).toMatchObject({ all: false, purged: 1, calls: 2 });
    const { epochs } = await store.read(undefined, ['class-entity', 'entity:e1', 'entity:e2']);
    expect(epochs).toEqual({
      'class-entity': { hard: 0, soft: 1 },
      'entity:e1': { hard: 0, soft: 1 },
      'entity:e2': { hard: 0, soft: 0 },
    });
  });

  it('lists from where the last one began, with an overlap, and the trashed as well', async () => {
    const seen: Parameters<ChangeFeed['list']>[0][] = [];
    const { clock, sweeper } = setUp(feedOf([], seen));
    await sweeper.run();
    const firstMillis = clock.nowMillis();
    clock.advance(100_000);
    await sweeper.run();
    expect(seen.slice(2).map(({ sinceMillis, trashed }) => [sinceMillis, trashed])).toEqual([
      [firstMillis - 30_000, false],
      [firstMillis - 30_000, true],
    ]);
  });

  it('lists from earlier when the clock of the tenant is behind', async () => {
    const seen: Parameters<ChangeFeed['list']>[0][] = [];
    const feed = feedOf([], seen);
    const { clock, sweeper } = setUp({
      list: async (query) => ({ ...(await feed.list(query)), tenantMillis: clock.nowMillis() - 600_000 }),
    });
    await sweeper.run();
    await sweeper.run();
    expect(seen.at(-1)?.sinceMillis).toBe(clock.nowMillis() - 630_000);
  });

  it('reads every page, with pages that overlap', async () => {
    const seen: Parameters<ChangeFeed['list']>[0][] = [];
    const { sweeper } = setUp(feedOf(ids(25), seen));
    await sweeper.run();
    expect(await sweeper.run()).toMatchObject({ purged: 25 });
    expect(seen.filter(({ trashed }) => !trashed).map(({ offset }) => offset)).toEqual([0, 8, 16, 0, 8, 16]);
  });

  it('goes on after a short page that is not the last, even an empty one, but not for ever', async () => {
    let pages = 0;
    const { sweeper } = setUp({
      list: async ({ offset, trashed }) => {
        pages += 1;
        return { ...lastPage, nextOffset: trashed ? undefined : offset + 3 };
      },
    });
    expect(await sweeper.run()).toMatchObject({ all: true });
    expect(pages).toBe(6);
  });

  it('purges all entities when there are too many pages', async () => {
    const { sweeper } = setUp(feedOf(ids(1_000)));
    await sweeper.run();
    expect(await sweeper.run()).toMatchObject({ all: true });
  });

  it('vouches for nothing when the tenant does not answer', async () => {
    let fails = false;
    const { clock, store, sweeper } = setUp({
      list: async () => {
        if (fails) throw new AppError('UPSTREAM_LATE');
        return lastPage;
      },
    });
    await sweeper.run();
    const { sweep } = await store.read(undefined, []);
    fails = true;
    clock.advance(90_000);
    await expect(sweeper.run()).rejects.toMatchObject({ code: 'UPSTREAM_LATE' });
    expect((await store.read(undefined, [])).sweep).toEqual(sweep);
    expect(sweepLagMillis(sweep, clock.nowMillis())).toBe(95_000);
    expect(sweepHealth(sweep, clock.nowMillis(), 55_000)).toBe('lagging');
  });

  it('sees only the default types of a tenant that refuses others, and purges all when they come back', async () => {
    let refuses = true;
    const { store, sweeper } = setUp({
      list: async ({ types }) => {
        if (types && refuses) throw new AppError('REQUEST_INVALID');
        return lastPage;
      },
    });
    await sweeper.run();
    expect((await store.read(undefined, [])).sweep.types).toEqual(changes.defaultTypes);
    refuses = false;
    expect(await sweeper.run()).toMatchObject({ all: true, sweep: { types: changes.types } });
  });
});

describe('what a sweep has listed', () => {
  it('is told of, but for the trashed, once each run', async () => {
    const told: [string[], number][] = [];
    const feed: ChangeFeed = {
      list: async ({ trashed }) => ({ ...lastPage, changes: [{ eid: trashed ? 'experiment:gone' : 'experiment:e1' }] }),
    };
    const clock = createManualClock();
    const sweeper = createSweeper(
      createMemoryCacheStore(clock),
      feed,
      clock,
      rules,
      settings,
      async (listed, sinceMillis) => {
        told.push([listed.map(({ eid }) => eid), sinceMillis]);
      },
    );
    const startMillis = clock.nowMillis();
    await sweeper.run();
    expect(told).toEqual([[['experiment:e1'], startMillis - settings.overlapMillis]]);
  });
});

describe('a sweep, as whom it asks,', () => {
  const sweeperAs = () => {
    let principals: (string | undefined)[] = ['a'];
    const parts = setUp({
      list: async ({ trashed }) => ({
        ...lastPage,
        eids: ['experiment:e1'],
        principal: principals[trashed ? principals.length - 1 : 0],
      }),
    });
    return {
      ...parts,
      askAs: (...next: (string | undefined)[]) => {
        principals = next;
      },
      swept: async () => (await parts.store.read(undefined, [])).sweep,
    };
  };

  it('says so with what it vouches for', async () => {
    const { sweeper, swept } = sweeperAs();
    await sweeper.run();
    expect(await swept()).toMatchObject({ principal: 'a' });
  });

  it('vouches for nothing when it was two in one run, and purges all the same', async () => {
    const { sweeper, swept, askAs, clock, store } = sweeperAs();
    await sweeper.run();
    const before = await swept();
    clock.advance(28_000);
    askAs('a', 'b');
    expect(await sweeper.run()).toMatchObject({ all: false, purged: 1, sweep: before });
    expect(await swept()).toEqual(before);
    expect((await store.read(undefined, ['entity:e1'])).epochs['entity:e1']?.soft).toBe(1);
  });

  it('purges everything when it is another than before, whose changes nobody has watched', async () => {
    const { sweeper, swept, askAs } = sweeperAs();
    await sweeper.run();
    askAs('b');
    expect(await sweeper.run()).toMatchObject({ all: true });
    expect(await swept()).toMatchObject({ principal: 'b' });
    expect(await sweeper.run()).toMatchObject({ all: false });
  });
});

describe('the feed of a Signals tenant', () => {
  const feedWith = (status: number, document: unknown, asked: string[] = []) =>
    createSignalsFeed(async (pathAndQuery) => {
      asked.push(pathAndQuery);
      return { ...jsonAnswer(document, status), body: Buffer.from(JSON.stringify(document)) };
    });
  const query = {
    sinceMillis: 1_800_000_000_999,
    types: ['experiment', 'text'],
    trashed: false,
    offset: 90,
    limit: 100,
  };

  it('asks for templates and others, by types, page and second', async () => {
    const asked: string[] = [];
    const page = await feedWith(200, { data: [{ id: 'experiment:e1' }] }, asked).list(query);
    expect(page.eids).toEqual(['experiment:e1']);
    const { pathname, searchParams } = new URL(asked[0] ?? '', 'https://snb.example.com');
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([
      '/entities',
      {
        includeOptions: 'template,nontemplate',
        includeTypes: 'experiment,text',
        start: '2027-01-15T08:00:00.000Z',
        include: 'owner',
        'page[offset]': '90',
        'page[limit]': '100',
      },
    ]);
  });

  it('says of each record its state and instants, and leaves out what is none', async () => {
    const attributes = { state: 'closed', createdAt: '2026-06-15T12:00:00Z', editedAt: 'soon' };
    const data = [
      { id: 'experiment:e1', attributes },
      { id: 'text:t1', attributes: { state: 5 } },
      { id: 'text:t2', attributes: 7 },
    ];
    const { changes } = await feedWith(200, { data }).list(query);
    expect(changes).toEqual([
      {
        eid: 'experiment:e1',
        state: 'closed',
        createdAtMillis: Date.parse('2026-06-15T12:00:00Z'),
        editedAtMillis: undefined,
      },
      { eid: 'text:t1' },
      { eid: 'text:t2' },
    ]);
  });

  const full = Array.from({ length: 100 }, (_, index) => ({ id: `text:t${index}` }));
  const next = 'http://snb.example.com/entities?page%5Boffset%5D=140&page%5Blimit%5D=50';
  it.each([
    ['a short page with a next one', { data: full.slice(0, 50), links: { next } }, 140],
    ['a link that tells no offset', { data: full.slice(0, 50), links: { next: 'http://snb.example.com/x' } }, 140],
    ['a link that leads back', { data: full.slice(0, 50), links: { next: next.replace('140', '90') } }, 140],
    ['a full page without a next one', { data: full, links: {} }, undefined],
    ['a full page without links', { data: full }, 190],
    ['a short page without links', { data: full.slice(0, 99) }, undefined],
  ])('goes on, or ends, after %s', async (_title, document, nextOffset) => {
    expect((await feedWith(200, document).list(query)).nextOffset).toBe(nextOffset);
  });

  it('tells a refusal of the types from a failure', async () => {
    await expect(feedWith(400, {}).list(query)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    await expect(feedWith(503, {}).list(query)).rejects.toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
    await expect(feedWith(200, { data: {} }).list(query)).rejects.toThrow();
  });
});
