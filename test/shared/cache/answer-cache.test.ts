import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import {
  createCountingUpstream,
  createManualClock,
  createTestCache,
  exchangeOf,
  jsonAnswer,
  sweptUntil,
  textOf,
  withBackground,
} from './support.ts';

const experiment = (version: number, attributes: Record<string, unknown> = {}) =>
  jsonAnswer({ data: { type: 'entity', id: 'experiment:e1', attributes: { digest: '41', version, ...attributes } } });
const counting = (attributes?: Record<string, unknown>) =>
  createCountingUpstream((call) => experiment(call, attributes));
const read = exchangeOf;
const write = (path = '/entities/experiment:e1/properties', parts = {}) =>
  exchangeOf({ method: 'PATCH', path, ...parts });

describe('reading', () => {
  it('asks the upstream once and says what it did', async () => {
    const { cache } = createTestCache();
    const { forward, calls } = counting();
    const first = await cache.answer(read(), forward);
    const second = await cache.answer(read(), forward);
    expect(calls()).toBe(1);
    expect(await textOf(second)).toBe(await textOf(first));
    expect(first.cacheStatus).toBe('fwd=uri-miss; stored; ttl=44');
    expect(second.cacheStatus).toBe('hit; ttl=44');
    expect(headerValue(second.answer.headers, 'age')).toBe('0');
    expect(headerValue(first.answer.headers, 'age')).toBeUndefined();
  });

  it('serves every instance that shares the store', async () => {
    const { cache, store, clock } = createTestCache();
    const other = createAnswerCache({ store, clock, plan: createNativePlanner(store) });
    const { forward, calls } = counting();
    await cache.answer(read(), forward);
    expect((await other.answer(read(), forward)).cacheStatus).toMatch(/^hit/);
    expect(calls()).toBe(1);
  });

  it('answers at once with a copy that ages, and refreshes it once meanwhile', async () => {
    const { cache, clock } = createTestCache();
    const { forward, calls } = counting();
    await cache.answer(read(), forward);
    clock.advance(50_000);
    const { exchange, works } = withBackground(read());
    const stale = await cache.answer(exchange, forward);
    expect(stale.cacheStatus).toBe('hit; ttl=-6; detail=STALE-WHILE-REVALIDATE');
    expect(await textOf(stale)).toContain('"version":1');
    await Promise.all(works);
    expect(calls()).toBe(2);
    expect(await textOf(await cache.answer(read(), forward))).toContain('"version":2');
    expect(calls()).toBe(2);
  });

  it('asks again when the bound is over, even if the copy could be refreshed meanwhile', async () => {
    const { cache, clock } = createTestCache();
    const { forward } = counting();
    await cache.answer(read(), forward);
    clock.advance(55_001);
    const outcome = await cache.answer(read(), forward);
    expect(await textOf(outcome)).toContain('"version":2');
    expect(outcome.cacheStatus).toBe('fwd=stale; stored; ttl=44');
  });

  it('keeps an answer that the sweep keeps verifying, and lets it go when the sweep lags', async () => {
    const { cache, clock, store } = createTestCache();
    const { forward, calls } = counting();
    await cache.answer(read(), forward);
    for (let minute = 0; minute < 5; minute += 1) {
      clock.advance(60_000);
      await store.markSwept(sweptUntil(clock.nowMillis() - 20_000));
      expect((await cache.answer(read(), forward)).cacheStatus).toMatch(/^hit; ttl=/);
    }
    expect(calls()).toBe(1);
    clock.advance(36_000);
    await cache.answer(read(), forward);
    expect(calls()).toBe(2);
  });

  it('lets the sweep vouch only for types that it sees', async () => {
    const { cache, clock, store } = createTestCache();
    const { forward, calls } = counting();
    await cache.answer(read({ path: '/entities/text:t1' }), forward);
    clock.advance(60_000);
    await store.markSwept(sweptUntil(clock.nowMillis()));
    await cache.answer(read({ path: '/entities/text:t1' }), forward);
    expect(calls()).toBe(2);
  });

  it.each([
    ['a quarter of an hour while it may change', 'open', 900_000],
    ['an hour once it is closed', 'closed', 3_600_000],
  ])('keeps a verified record for %s', async (_title, state, mostMillis) => {
    const { cache, clock, store } = createTestCache();
    const { forward, calls } = counting({ state });
    await cache.answer(read(), forward);
    clock.advance(mostMillis - 60_000);
    await store.markSwept(sweptUntil(clock.nowMillis()));
    await cache.answer(read(), forward);
    expect(calls()).toBe(1);
    clock.advance(61_000);
    await store.markSwept(sweptUntil(clock.nowMillis()));
    await cache.answer(read(), forward);
    expect(calls()).toBe(2);
  });

  it('remembers a 404 for ten seconds', async () => {
    const { cache, clock } = createTestCache();
    const { forward, calls } = createCountingUpstream(() => jsonAnswer({ errors: [] }, 404));
    await cache.answer(read(), forward);
    await cache.answer(read(), forward);
    expect(calls()).toBe(1);
    clock.advance(10_001);
    await cache.answer(read(), forward);
    expect(calls()).toBe(2);
  });

  it.each([
    ['Cache-Control: no-store', 200, [['cache-control', 'no-store']]],
    ['Cache-Control: private', 200, [['cache-control', 'private, max-age=60']]],
    ['Vary: *', 200, [['vary', '*']]],
    ['partial content', 206, [['content-range', 'bytes 0-1/9']]],
    ['a 400', 400, []],
    ['a 403', 403, []],
    ['a 500', 500, []],
  ] as const)('keeps nothing of an answer with %s', async (_title, status, headers) => {
    const { cache } = createTestCache();
    const { forward, calls } = createCountingUpstream((call) => jsonAnswer({ call }, status, headers));
    await cache.answer(read(), forward);
    await cache.answer(read(), forward);
    expect(calls()).toBe(2);
  });

  it.each(['/profiles/me', '/entities/export/pdf/file-1', '/entities/experiment:e1/pdf', '/unheard/of'])(
    'lets %s pass',
    async (path) => {
      const { cache } = createTestCache();
      const { forward, calls } = counting();
      const outcome = await cache.answer(read({ path }), forward);
      await cache.answer(read({ path }), forward);
      expect(calls()).toBe(2);
      expect(outcome.cacheStatus).toBe('fwd=bypass');
    },
  );

  it('obeys a lifetime that the upstream states, and can be told not to', async () => {
    const stated = () =>
      createCountingUpstream((call) => jsonAnswer({ call }, 200, [['cache-control', 'max-age=300']]));
    const obeying = createTestCache();
    const first = stated();
    await obeying.cache.answer(read(), first.forward);
    obeying.clock.advance(299_000);
    await obeying.cache.answer(read(), first.forward);
    expect(first.calls()).toBe(1);
    const { store, clock } = createTestCache();
    const { defaultPolicy } = await import('../../../shared/cache/policy.ts');
    const plan = createNativePlanner(store, { ...defaultPolicy, statedFreshness: 'ignore' });
    const ignoring = createAnswerCache({ store, clock, plan });
    const second = stated();
    await ignoring.answer(read(), second.forward);
    clock.advance(299_000);
    await ignoring.answer(read(), second.forward);
    expect(second.calls()).toBe(2);
  });

  it('answers searches by their bodies', async () => {
    const { cache } = createTestCache();
    const { forward, calls } = counting();
    const search = (query: string) => read({ method: 'POST', path: '/entities/search', body: Buffer.from(query) });
    await cache.answer(search('{"query":1}'), forward);
    await cache.answer(search('{"query":2}'), forward);
    await cache.answer(search('{"query":1}'), forward);
    expect(calls()).toBe(2);
  });
});

describe('what callers ask for', () => {
  const withHeaders = (...headers: [string, string][]) => read({ headers });

  it.each([
    ['no-cache', 2],
    ['max-age=0', 2],
    ['min-fresh=50', 2],
    ['no-store', 2],
    ['max-age=60', 1],
    ['nothing-known', 1],
  ])('honours Cache-Control: %s', async (directive, expected) => {
    const { cache, clock } = createTestCache();
    const { forward, calls } = counting();
    await cache.answer(read(), forward);
    clock.advance(1_000);
    await cache.answer(withHeaders(['cache-control', directive]), forward);
    expect(calls()).toBe(expected);
  });

  it('answers only-if-cached from the cache or with 504', async () => {
    const { cache } = createTestCache();
    const { forward, calls } = counting();
    const only = withHeaders(['cache-control', 'only-if-cached']);
    await expect(cache.answer(only, forward)).rejects.toMatchObject({ code: 'UPSTREAM_LATE' });
    await cache.answer(read(), forward);
    expect((await cache.answer(only, forward)).cacheStatus).toMatch(/^hit/);
    expect(calls()).toBe(1);
  });

  it('answers If-None-Match with 304 for its own tag, not for the bare digest', async () => {
    const { cache } = createTestCache();
    const { forward, calls, seen } = counting();
    const { answer } = await cache.answer(withHeaders(['if-none-match', '"other"']), forward);
    const etag = headerValue(answer.headers, 'etag') ?? '';
    expect(etag).toMatch(/^"41~[\w-]{16}"$/);
    expect(answer.status).toBe(200);
    expect(seen[0]?.headers?.map(([name]) => name)).not.toContain('if-none-match');
    for (const tag of [etag, `"x", ${etag}`, '*']) {
      const again = await cache.answer(withHeaders(['if-none-match', tag]), forward);
      expect([tag, again.answer.status, again.answer.body]).toEqual([tag, 304, undefined]);
      expect(headerValue(again.answer.headers, 'etag')).toBe(etag);
    }
    for (const tag of ['"41"', '"42"']) {
      expect((await cache.answer(withHeaders(['if-none-match', tag]), forward)).answer.status).toBe(200);
    }
    expect(calls()).toBe(1);
  });

  it('gives another tag when the document moves while its digest stays', async () => {
    const { cache, clock } = createTestCache();
    const { forward } = counting();
    const first = headerValue((await cache.answer(read(), forward)).answer.headers, 'etag');
    clock.advance(60_000);
    const second = headerValue((await cache.answer(read(), forward)).answer.headers, 'etag');
    expect(second).not.toBe(first);
  });

  it('answers HEAD from a stored GET, and passes it on otherwise', async () => {
    const { cache } = createTestCache();
    const { forward, calls } = counting();
    const head = read({ method: 'HEAD' });
    expect((await cache.answer(head, forward)).cacheStatus).toBe('fwd=uri-miss');
    await cache.answer(read(), forward);
    const outcome = await cache.answer(head, forward);
    expect([outcome.answer.status, outcome.answer.body]).toEqual([200, undefined]);
    expect(calls()).toBe(2);
  });

  it('reads the digest of a compressed document', async () => {
    const { cache } = createTestCache();
    const plain = Buffer.from(JSON.stringify({ data: { attributes: { digest: '41' } } }));
    const headers = [['content-type', 'application/json'] as const, ['content-encoding', 'gzip'] as const];
    const { answer } = await cache.answer(read({ headers: [['accept-encoding', 'br, gzip']] }), async (changes) => {
      expect(changes?.headers).toContainEqual(['accept-encoding', 'gzip']);
      return { status: 200, headers, body: gzipSync(plain) };
    });
    expect(headerValue(answer.headers, 'etag')).toMatch(/^"41~/);
  });

  it("lets ranges pass: they are the upstream's to grant", async () => {
    const { cache } = createTestCache();
    const { forward, calls } = counting();
    await cache.answer(read(), forward);
    const outcome = await cache.answer(withHeaders(['range', 'bytes=1-3']), forward);
    expect([outcome.cacheStatus, calls()]).toEqual(['fwd=bypass', 2]);
  });
});

describe('when the upstream fails', () => {
  const failing = (call: number) => {
    if (call === 1) return experiment(1);
    throw new AppError('UPSTREAM_UNREACHABLE');
  };

  it('serves a copy of at most ten minutes and says so', async () => {
    const { cache, clock } = createTestCache();
    const { forward } = createCountingUpstream(failing);
    await cache.answer(read(), forward);
    clock.advance(599_000);
    const outcome = await cache.answer(read(), forward);
    expect(await textOf(outcome)).toContain('"version":1');
    expect(outcome.cacheStatus).toBe('hit; ttl=-555; detail=STALE-IF-ERROR');
    clock.advance(2_000);
    await expect(cache.answer(read(), forward)).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  });

  it('serves a copy instead of a 503 or a 429, and tells the status', async () => {
    for (const status of [503, 429]) {
      const { cache, clock } = createTestCache();
      const { forward } = createCountingUpstream((call) => (call === 1 ? experiment(1) : jsonAnswer({}, status)));
      await cache.answer(read(), forward);
      clock.advance(60_000);
      expect((await cache.answer(read(), forward)).cacheStatus).toBe(
        `hit; fwd-status=${status}; ttl=-16; detail=STALE-IF-ERROR`,
      );
    }
  });

  it('serves no copy to a caller that refuses one', async () => {
    const { cache, clock } = createTestCache();
    const { forward } = createCountingUpstream(failing);
    await cache.answer(read(), forward);
    clock.advance(60_000);
    for (const directive of ['no-cache', 'stale-if-error=1']) {
      const refusing = read({ headers: [['cache-control', directive]] });
      await expect(cache.answer(refusing, forward)).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
    }
  });

  it.each([
    ['the facade', 'max-age=10', false],
    ['the facade, where the answer says stale-if-error', 'max-age=10, stale-if-error=60', true],
  ])('%s serves a copy past a stated freshness: "%s", %s', async (_where, stated, isServed) => {
    const { cache, clock } = createTestCache();
    const { forward } = createCountingUpstream((call) => {
      if (call === 1) return jsonAnswer({ call }, 200, [['cache-control', stated]]);
      throw new AppError('UPSTREAM_UNREACHABLE');
    });
    await cache.answer(read(), forward);
    clock.advance(20_000);
    const outcome = cache.answer(read(), forward);
    if (isServed) expect((await outcome).cacheStatus).toContain('detail=STALE-IF-ERROR');
    else await expect(outcome).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  });

  it('serves no copy of what was written since', async () => {
    const { cache } = createTestCache();
    const { forward } = createCountingUpstream((call) => (call === 2 ? jsonAnswer({}) : failing(call)));
    await cache.answer(read(), forward);
    await cache.answer(write(), forward);
    await expect(cache.answer(read(), forward)).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  });

  it('goes upstream without a store, and says so', async () => {
    const clock = createManualClock();
    const store = createMemoryCacheStore(clock);
    const failures: string[] = [];
    const { cache } = createTestCache({
      store: { ...store, read: () => Promise.reject(new Error('no table')) },
      onFailure: (what) => failures.push(what),
    });
    const { forward } = counting();
    const outcome = await cache.answer(read(), forward);
    expect(outcome.cacheStatus).toBe('fwd=bypass; detail=STORE-FAILED');
    expect(failures).toEqual(['look-up']);
  });
});

describe('writing', () => {
  it('ends what it touched before its answer leaves', async () => {
    const { cache } = createTestCache();
    const { forward, calls } = counting();
    await cache.answer(read(), forward);
    expect((await cache.answer(write(), forward)).cacheStatus).toBe('fwd=method');
    expect(await textOf(await cache.answer(read(), forward))).toContain('"version":3');
    expect(calls()).toBe(3);
  });

  it.each([
    ['an upstream that answers 500', () => jsonAnswer({}, 500)],
    [
      'an upstream that answers too late',
      () => {
        throw new AppError('UPSTREAM_LATE');
      },
    ],
  ])('ends it also after %s', async (_title, outcome) => {
    const { cache } = createTestCache();
    const { forward, calls } = createCountingUpstream((call) => (call === 2 ? outcome() : experiment(call)));
    await cache.answer(read(), forward);
    await cache.answer(write(), forward).catch(() => {});
    await cache.answer(read(), forward);
    expect(calls()).toBe(3);
  });

  it('does not keep a read that was under way while something was written', async () => {
    const { cache } = createTestCache();
    let release = (): void => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { forward } = createCountingUpstream(async (call) => {
      if (call === 1) await slow;
      return experiment(call);
    });
    const early = cache.answer(read(), forward);
    await new Promise((resolve) => setImmediate(resolve));
    await cache.answer(write(), forward);
    release();
    await early;
    expect(await textOf(await cache.answer(read(), forward))).toContain('"version":3');
  });

  it('sends readers upstream while a write is on its way, until its function is dead', async () => {
    const { cache, clock } = createTestCache();
    const { forward, calls } = counting();
    await cache.answer(read(), forward);
    void cache.answer(write(undefined, { deadlineMillis: clock.nowMillis() + 30_000 }), async (changes) => {
      await changes?.beforeSend?.();
      return new Promise(() => {});
    });
    await new Promise((resolve) => setImmediate(resolve));
    for (const version of [2, 3]) {
      const outcome = await cache.answer(read(), forward);
      expect(outcome.cacheStatus).toBe('fwd=bypass; detail=BEING-WRITTEN');
      expect(await textOf(outcome)).toContain(`"version":${version}`);
    }
    clock.advance(30_000 + 125_001);
    await cache.answer(read(), forward);
    await cache.answer(read(), forward);
    expect(calls()).toBe(4);
  });

  it('says when it could not purge', async () => {
    const clock = createManualClock();
    const store = createMemoryCacheStore(clock);
    const { cache } = createTestCache({ store: { ...store, endWrite: () => Promise.reject(new Error('down')) } });
    const { forward } = counting();
    expect((await cache.answer(write(), forward)).cacheStatus).toBe('fwd=method; detail=PURGE-FAILED');
  });
});

describe('bodies', () => {
  const streamOf = (size: number) => ({
    status: 200,
    headers: [['content-type', 'image/png']] as const,
    body: Readable.from(
      (function* () {
        for (let sent = 0; sent < size; sent += 65_536) yield Buffer.alloc(Math.min(65_536, size - sent), sent % 251);
      })(),
    ),
  });
  const file = () => read({ path: '/entities/imageResource:i1/export' });

  it.each([
    [0, 1],
    [300_000, 1],
    [400_000, 1],
    [5_000_000, 1],
    [8 * 1_048_576, 1],
    [8 * 1_048_576 + 1, 2],
    [60_000_000, 2],
  ])('of %i bytes arrive whole, asked for %i time(s) by two reads', async (size, expected) => {
    const { cache } = createTestCache();
    const { forward, calls } = createCountingUpstream(() => streamOf(size));
    for (const _ of [1, 2]) expect((await textOf(await cache.answer(file(), forward))).length).toBe(size);
    expect(calls()).toBe(expected);
  });

  const breaking = (error: Error) => ({
    ...streamOf(0),
    body: Readable.from(
      (async function* () {
        yield Buffer.from('half');
        throw error;
      })(),
    ),
  });

  it.each([
    [new Error('aborted'), 'UPSTREAM_UNREADABLE'],
    [new AppError('UPSTREAM_LATE'), 'UPSTREAM_LATE'],
  ])('that break off (%s) are not kept, and fail all who wait as %s', async (error, code) => {
    const { cache } = createTestCache();
    const { forward, calls } = createCountingUpstream((call) => (call > 1 ? streamOf(10) : breaking(error)));
    const outcomes = await Promise.allSettled([1, 2].map(() => cache.answer(file(), forward)));
    expect(outcomes).toMatchObject([{ reason: { code } }, { reason: { code } }]);
    expect((await textOf(await cache.answer(file(), forward))).length).toBe(10);
    expect(calls()).toBe(2);
  });

  it('that break off are replaced by a copy', async () => {
    const { cache, clock } = createTestCache();
    await cache.answer(file(), async () => streamOf(10));
    clock.advance(70_000);
    const outcome = await cache.answer(file(), async () => breaking(new Error('aborted')));
    expect(outcome.cacheStatus).toMatch(/^hit; .*detail=STALE-IF-ERROR$/);
    expect((await textOf(outcome)).length).toBe(10);
  });
});

describe('cookies', () => {
  it('do not keep an answer from being shared, and are sent to nobody', async () => {
    const { cache, clock } = createTestCache();
    let call = 0;
    const sticky = async () => {
      call += 1;
      return jsonAnswer({ data: {} }, call === 2 ? 304 : 200, [
        ['set-cookie', `AWSALB=${call}`],
        ['etag', '"a"'],
      ]);
    };
    const cookiesOf = async () => (await cache.answer(read(), sticky)).answer.headers.map(([name]) => name);
    expect(await cookiesOf()).not.toContain('set-cookie');
    expect(await cookiesOf()).not.toContain('set-cookie');
    expect(call).toBe(1);
    clock.advance(60_000);
    expect(await cookiesOf()).not.toContain('set-cookie');
    expect(await cookiesOf()).not.toContain('set-cookie');
    expect(call).toBe(2);
  });
});
