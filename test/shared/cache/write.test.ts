import { Readable } from 'node:stream';
import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Forward } from '../../../shared/exchange/exchange.ts';
import { createManualClock, createTestCache, exchangeOf, jsonAnswer, sweptUntil, textOf } from './support.ts';

const list = '/entities';
const own = '/entities/experiment:e1';
const children = '/entities/journal:j1/children';

/** A tenant with one version number, and a cache in front of it. */
const setUp = (overrides: Parameters<typeof createTestCache>[0] = {}) => {
  const { cache, clock, store } = createTestCache(overrides);
  let version = 1;
  const read = async (path = own): Promise<{ version: number; status: string }> => {
    const ancestors = { data: [{ id: 'journal:j1' }] };
    const data = { id: 'experiment:e1', attributes: { version }, relationships: { ancestors } };
    const document = jsonAnswer({ data });
    const outcome = await cache.answer(exchangeOf({ path }), async () => document);
    return { version: Number(/"version":(\d+)/.exec(await textOf(outcome))?.[1]), status: outcome.cacheStatus };
  };
  const write = (forward: Forward, parts: Parameters<typeof exchangeOf>[0] = {}) =>
    cache.answer(
      exchangeOf({ method: 'PATCH', path: `${own}/properties`, deadlineMillis: clock.nowMillis() + 30_000, ...parts }),
      forward,
    );
  const commit = (): void => {
    version += 1;
  };
  return { cache, clock, store, read, write, commit };
};

const late = (): never => {
  throw new AppError('UPSTREAM_LATE');
};

describe('a write whose outcome is unknown', () => {
  it.each([
    ['no answer came', late],
    ['the upstream answered 502', async () => jsonAnswer({}, 502)],
    ['the upstream answered 408', async () => jsonAnswer({}, 408)],
  ] as const)('is seen whenever the upstream carries it out, when %s', async (_title, outcome) => {
    const { read, write, commit, clock } = setUp();
    await read();
    await write(async () => outcome()).catch(() => {});
    expect(await read()).toEqual({ version: 1, status: 'fwd=bypass; detail=BEING-WRITTEN' });
    clock.advance(119_000);
    await read();
    commit();
    expect((await read()).version).toBe(2);
    clock.advance(6_000);
    expect((await read()).version).toBe(2);
    expect((await read()).status).toMatch(/^hit/);
  });

  it('keeps what is above its entity from being stored as well', async () => {
    const { read, write, commit } = setUp();
    await read(); // tells that journal:j1 is above
    await write(late).catch(() => {});
    expect((await read(children)).status).toContain('BEING-WRITTEN');
    commit();
    expect((await read(children)).version).toBe(2);
  });

  it('ends a list once more when its mark lapses', async () => {
    const { read, write, commit, clock } = setUp();
    await write(late).catch(() => {});
    clock.advance(100_000);
    expect((await read(list)).status).toContain('stored');
    commit();
    clock.advance(25_000); // the list alone would live for 44 s
    expect((await read(list)).version).toBe(2);
  });

  it.each([
    ['refused by the upstream', async () => jsonAnswer({}, 422)],
    [
      'refused for want of quota',
      () => {
        throw new AppError('TOO_MANY_REQUESTS');
      },
    ],
    [
      'never sent',
      () => {
        throw new AppError('UPSTREAM_UNREACHABLE', { sent: false });
      },
    ],
  ] as const)('is none when it was %s', async (_title, outcome) => {
    const { read, write } = setUp();
    await read(list);
    await write(async () => outcome()).catch(() => {});
    expect((await read(list)).status).toMatch(/^hit/);
    expect((await read()).status).toContain('stored');
  });
});

describe('a write whose function dies', () => {
  const never: Forward = async (changes) => {
    await changes?.beforeSend?.();
    return new Promise(() => {});
  };

  it('sends readers upstream until the upstream has settled after its deadline', async () => {
    const { read, write, commit, clock } = setUp();
    void write(never);
    await tick();
    clock.advance(30_000 + 119_000);
    expect((await read()).status).toContain('BEING-WRITTEN');
    commit();
    clock.advance(6_001);
    expect((await read()).version).toBe(2);
    expect((await read()).status).toMatch(/^hit/);
  });

  it('ends what was stored meanwhile under its wide tags, also without an entity', async () => {
    const { read, write, commit, clock, store } = setUp();
    void write(never, { method: 'POST', path: '/plates' });
    await tick();
    await read();
    commit();
    clock.advance(150_000);
    await store.markSwept(sweptUntil(clock.nowMillis()));
    expect((await read()).version).toBe(1); // the sweep vouches for it
    clock.advance(6_000);
    await store.markSwept(sweptUntil(clock.nowMillis()));
    expect((await read()).version).toBe(2);
  });

  it('leaves nothing that a read brought which was under way when it was marked', async () => {
    const { cache, read, write, commit, clock } = setUp();
    let release = (): void => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const early = cache.answer(exchangeOf({ path: own }), async () => {
      await slow;
      return jsonAnswer({ data: { attributes: { version: 1 } } });
    });
    await tick();
    void write(never);
    await tick();
    release();
    await early;
    commit();
    clock.advance(155_001);
    expect((await read()).version).toBe(2);
  });
});

describe('a write', () => {
  it('ends all elements when a stream hides what it names', async () => {
    const { read, write, commit } = setUp();
    const other = '/entities/text:t9';
    await read(other);
    const sent = { stream: Readable.from(['{}']), lengthBytes: 2 };
    await write(
      async () => {
        commit();
        return jsonAnswer({});
      },
      { body: sent },
    );
    expect((await read(other)).version).toBe(2);
  });

  it.each([
    ['is no document', [['content-type', 'text/html']], '<p>Saved</p>'],
    ['is not the document that it claims to be', [['content-type', 'application/vnd.api+json']], '{"data":'],
  ] as const)('ends all elements when its answer %s', async (_title, headers, text) => {
    const { read, write, commit } = setUp();
    const other = '/entities/text:t9';
    await read(other);
    await write(async () => {
      commit();
      return { status: 200, headers: [...headers], body: Buffer.from(text) };
    });
    expect((await read(other)).version).toBe(2);
  });

  it('spares other elements when its answer is empty and claims nothing', async () => {
    const { read, write, commit } = setUp();
    const other = '/entities/text:t9';
    await read(other);
    await write(async () => {
      commit();
      return { status: 204, headers: [], body: Buffer.alloc(0) };
    });
    expect((await read(other)).version).toBe(1);
  });

  it('spares other elements when the stream is a file', async () => {
    const { read, write } = setUp();
    await read('/entities/text:t9');
    const body = { stream: Readable.from(['a']), lengthBytes: 1 };
    await write(async () => jsonAnswer({}), { method: 'POST', path: `${own}/children/a.txt`, body });
    expect((await read('/entities/text:t9')).status).toMatch(/^hit/);
  });

  it('is one with reads that spell the same id in upper case', async () => {
    const id = '0b5c1d2e-0000-4000-8000-00000000abcd';
    const { read, write, commit } = setUp();
    const upper = `/entities/experiment:${id.toUpperCase()}`;
    await read(upper);
    await write(
      async () => {
        commit();
        return jsonAnswer({});
      },
      { path: `/entities/experiment:${id}/properties` },
    );
    expect((await read(upper)).version).toBe(2);
  });

  it('reaches the new parent by a lasting purge when the entity was moved in the tenant long ago', async () => {
    const { read, write, commit, clock, store } = setUp();
    await read(); // journal:j1 is above
    clock.advance(56_000); // moved to journal:j2 meanwhile
    await store.markSwept(sweptUntil(clock.nowMillis()));
    const elsewhere = '/entities/journal:j2/children';
    await read(elsewhere);
    await write(async () => {
      commit();
      return jsonAnswer({});
    });
    expect((await read(elsewhere)).version).toBe(2);
  });

  it('looks at a job without marking anything', async () => {
    const clock = createManualClock();
    const store = createMemoryCacheStore(clock);
    const { read, write } = setUp({
      store: { ...store, beginWrite: () => Promise.reject(new Error('not expected')) },
      onFailure: (what) => {
        throw new Error(what);
      },
    });
    await read(list);
    await write(async () => jsonAnswer({}), { method: 'GET', path: '/materials/bulkImport/jobs/1' });
    expect((await read(list)).status).toContain('stored');
  });
});

describe('a write whose answer may not be the document that it claims to be', () => {
  const other = '/entities/experiment:e2';

  it.each([
    ['well-formed', '{"data":{"id":"experiment:e1"}}', /^hit/],
    ['cut off', '{"data":{"id":"experiment:e1"', /stored/],
    ['text', 'experiment:e1', /stored/],
    ['empty', '', /stored/],
  ])('ends all that it may have changed when its body cannot be searched (%s)', async (_name, body, expected) => {
    const { read, write } = setUp();
    await read(other);
    const answer = { ...jsonAnswer({}), body: Buffer.from(body) };
    await write(
      async (changes) => {
        await changes?.beforeSend?.();
        return answer;
      },
      { body: Buffer.from('{}') },
    );
    expect((await read(other)).status).toMatch(expected);
  });
});
