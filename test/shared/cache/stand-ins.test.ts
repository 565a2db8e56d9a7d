/** For what a copy may stand in, and for what it may not. */
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../../shared/cache/policy.ts';
import { createScarcity } from '../../../shared/cache/scarcity.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/catalogue.ts';
import { createTestCache, exchangeOf, jsonAnswer, textOf } from './support.ts';

const failingWith = (code: ErrorCode) => () => Promise.reject(new AppError(code));
const answering = async () => jsonAnswer({ data: { attributes: { version: 1 } } });

const setUp = (short: number, mostStretchMillis = 300_000) => {
  let shortage = short;
  const parts = createTestCache({
    scarcity: createScarcity({
      shortage: () => shortage,
      priorityOf: ({ consumer }) => (consumer.id === 'batch' ? 'background' : 'interactive'),
      policy: defaultPolicy,
      mostStretchMillis,
    }),
  });
  return {
    ...parts,
    setShortage: (next: number): void => {
      shortage = next;
    },
  };
};
const byBatch = (parts: Parameters<typeof exchangeOf>[0] = {}) => ({
  ...exchangeOf(parts),
  consumer: { id: 'batch', scopes: ['*:*'], state: 'active' as const },
});

describe('a copy', () => {
  it.each(['UPSTREAM_UNREACHABLE', 'UPSTREAM_LATE', 'UPSTREAM_UNREADABLE'] as const)(
    'stands in for %s',
    async (code) => {
      const { cache, clock } = createTestCache();
      await cache.answer(exchangeOf(), answering);
      clock.advance(60_000);
      const outcome = await cache.answer(exchangeOf(), failingWith(code));
      expect(outcome.cacheStatus).toMatch(/detail=STALE-IF-ERROR$/);
    },
  );

  it.each(['CREDENTIAL_UNAVAILABLE', 'TOO_MANY_REQUESTS', 'INTERNAL'] as const)('does not for %s', async (code) => {
    const { cache, clock } = createTestCache();
    await cache.answer(exchangeOf(), answering);
    clock.advance(60_000);
    await expect(cache.answer(exchangeOf(), failingWith(code))).rejects.toMatchObject({ code });
  });
});

describe('a call that the quota refuses', () => {
  const refused = failingWith('TOO_MANY_REQUESTS');

  it('is replaced by a copy within the stretch when the quota cannot be asked, too', async () => {
    const { cache, clock } = setUp(0);
    await cache.answer(exchangeOf(), answering);
    clock.advance(300_000);
    const outcome = await cache.answer(byBatch(), failingWith('QUOTA_UNAVAILABLE'));
    expect(outcome.cacheStatus).toBe('hit; ttl=-256; detail=QUOTA-SHORT');
  });

  it('is replaced by a copy within the stretch, which says so', async () => {
    const { cache, clock } = setUp(0);
    await cache.answer(exchangeOf(), answering);
    clock.advance(300_000);
    const outcome = await cache.answer(byBatch(), refused);
    expect(await textOf(outcome)).toContain('"version":1');
    expect(outcome.cacheStatus).toBe('hit; ttl=-256; detail=QUOTA-SHORT');
  });

  it.each([
    ['past the stretch', byBatch(), 344_001],
    ['past the published bound, for an interactive consumer', exchangeOf(), 55_001],
    ['for a caller that wants it newer', byBatch({ headers: [['cache-control', 'max-age=60']] }), 61_000],
  ])('is not %s', async (_title, exchange, ageMillis) => {
    const { cache, clock } = setUp(0);
    await cache.answer(exchangeOf(), answering);
    clock.advance(ageMillis);
    await expect(cache.answer(exchange, refused)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it.each(['hard', 'soft'] as const)('is not replaced by a copy that was purged (%s)', async (kind) => {
    const { cache, store } = setUp(1);
    await cache.answer(exchangeOf(), answering);
    await store.purge(['entity:e1'], kind);
    await expect(cache.answer(byBatch(), refused)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});

describe('while calls are scarce', () => {
  it('spares the refresh of a copy within the bound, and no more for an interactive consumer', async () => {
    const { cache, clock } = setUp(1);
    let calls = 0;
    const forward = () => {
      calls += 1;
      return answering();
    };
    await cache.answer(exchangeOf(), forward);
    clock.advance(54_000);
    expect((await cache.answer(exchangeOf(), forward)).cacheStatus).toBe('hit; ttl=-10; detail=QUOTA-SHORT');
    expect(calls).toBe(1);
    clock.advance(1_001);
    expect((await cache.answer(byBatch(), forward)).cacheStatus).toMatch(/detail=QUOTA-SHORT$/);
    expect((await cache.answer(exchangeOf(), forward)).cacheStatus).toMatch(/^fwd=stale/);
    expect(calls).toBe(2);
  });

  it('stretches nothing that states its own freshness, and nothing past the longest life', async () => {
    const { cache, clock } = setUp(1, 10_000_000);
    const stated = async () => jsonAnswer({}, 200, [['cache-control', 'max-age=10']]);
    await cache.answer(exchangeOf(), stated);
    await cache.answer(exchangeOf({ path: '/entities' }), answering);
    clock.advance(11_000);
    expect((await cache.answer(byBatch(), stated)).cacheStatus).toMatch(/^fwd=stale/);
    clock.advance(588_000);
    expect((await cache.answer(byBatch({ path: '/entities' }), answering)).cacheStatus).toMatch(/QUOTA-SHORT$/);
    clock.advance(2_000);
    expect((await cache.answer(byBatch({ path: '/entities' }), answering)).cacheStatus).toMatch(/^fwd=/);
  });

  it('does not say so when the copy is fresh', async () => {
    const { cache } = setUp(1);
    await cache.answer(exchangeOf(), answering);
    expect((await cache.answer(exchangeOf(), answering)).cacheStatus).toBe('hit; ttl=44');
  });
});
