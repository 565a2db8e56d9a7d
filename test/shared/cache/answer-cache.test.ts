import { describe, expect, it } from 'vitest';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import { counting, read } from './answer-cache-support.ts';
import { createCountingUpstream, createTestCache, jsonAnswer, sweptUntil, textOf, withBackground } from './support.ts';

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
