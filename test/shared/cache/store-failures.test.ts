/** A store that fails, at any moment of a read, costs a call upstream and never the answer. */
import { setImmediate as tick } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import type { CacheStore } from '../../../shared/cache/store.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import {
  createCountingUpstream,
  createManualClock,
  exchangeOf,
  jsonAnswer,
  textOf,
  withBackground,
} from './support.ts';

const throttled = (): Promise<never> => Promise.reject(new Error('ProvisionedThroughputExceededException'));

/** Two instances on one store, of which the second finds it as `broken` says. */
const setUp = (broken: (store: CacheStore) => Partial<CacheStore>) => {
  const clock = createManualClock();
  const store = createMemoryCacheStore(clock);
  const failures: string[] = [];
  const instanceOn = (one: CacheStore) =>
    createAnswerCache({
      store: one,
      clock,
      plan: createNativePlanner(store),
      flight: { firstPauseMillis: 1, longestPauseMillis: 2 },
      onFailure: (what) => failures.push(what),
    });
  return { clock, failures, sound: instanceOn(store), broken: instanceOn({ ...store, ...broken(store) }) };
};
const counting = () => createCountingUpstream((call) => jsonAnswer({ data: { attributes: { version: call } } }));

describe('a store that fails during a flight', () => {
  it.each([
    ['setting out', { acquire: throttled }, 'fwd=uri-miss; detail=STORE-FAILED', ['flight']],
    ['keeping the answer', { put: throttled }, 'fwd=uri-miss', ['store']],
    ['telling that there is nothing to share', { finish: throttled }, 'fwd=uri-miss; stored; ttl=44', []],
  ])('when %s does not cost the answer', async (_title, parts, cacheStatus, expected) => {
    const { broken, failures } = setUp(() => parts);
    const outcome = await broken.answer(exchangeOf(), counting().forward);
    expect(await textOf(outcome)).toContain('"version":1');
    expect([outcome.cacheStatus, failures]).toEqual([cacheStatus, expected]);
  });

  it('when telling of a failed call leaves the failure as it is', async () => {
    const { broken } = setUp(() => ({ finish: throttled }));
    const forward = () => Promise.reject(new AppError('UPSTREAM_LATE'));
    await expect(broken.answer(exchangeOf(), forward)).rejects.toMatchObject({ code: 'UPSTREAM_LATE' });
  });

  it('sends a follower upstream by itself', async () => {
    let reads = 0;
    const { sound, broken, failures } = setUp((store) => ({
      read: (...parts) => {
        reads += 1;
        return reads > 1 ? throttled() : store.read(...parts);
      },
    }));
    let land = (): void => {};
    const leading = sound.answer(exchangeOf(), async () => {
      await new Promise<void>((resolve) => {
        land = resolve;
      });
      return jsonAnswer({ data: {} });
    });
    await tick();
    const { forward, calls } = counting();
    const outcomes = await Promise.all([1, 2].map(() => broken.answer(exchangeOf(), forward)));
    expect(outcomes.map(({ cacheStatus }) => cacheStatus)).toContain('fwd=uri-miss; detail=STORE-FAILED');
    expect(outcomes.every(({ cacheStatus }) => cacheStatus.endsWith('detail=STORE-FAILED'))).toBe(true);
    expect([calls(), failures.includes('flight')]).toEqual([2, true]);
    land();
    await leading;
  });

  it('lets a copy stand in when the upstream fails as well', async () => {
    const { clock, sound, broken } = setUp(() => ({ acquire: throttled }));
    await sound.answer(exchangeOf(), counting().forward);
    clock.advance(60_000);
    const outcome = await broken.answer(exchangeOf(), () => Promise.reject(new AppError('UPSTREAM_UNREACHABLE')));
    expect(outcome.cacheStatus).toMatch(/^hit; .*detail=STALE-IF-ERROR$/);
  });

  it('does not disturb an answer that is refreshed meanwhile', async () => {
    const { clock, sound, broken, failures } = setUp(() => ({ acquire: throttled }));
    await sound.answer(exchangeOf(), counting().forward);
    clock.advance(50_000);
    const { exchange, works } = withBackground(exchangeOf());
    const outcome = await broken.answer(exchange, counting().forward);
    await Promise.all(works);
    expect(await textOf(outcome)).toContain('"version":1');
    expect([outcome.cacheStatus, failures]).toEqual(['hit; ttl=-6; detail=STALE-WHILE-REVALIDATE', ['flight']]);
  });
});
