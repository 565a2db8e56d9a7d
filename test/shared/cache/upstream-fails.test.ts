import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { counting, experiment, read, write } from './answer-cache-support.ts';
import { createCountingUpstream, createManualClock, createTestCache, jsonAnswer, textOf } from './support.ts';

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
