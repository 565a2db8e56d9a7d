import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { counting, experiment, read, write } from './answer-cache-support.ts';
import { createCountingUpstream, createManualClock, createTestCache, jsonAnswer, textOf } from './support.ts';

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
