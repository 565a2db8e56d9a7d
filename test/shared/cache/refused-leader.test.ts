/** A leader whom the quota refuses: what it says to one consumer is nothing to another. */
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Forward } from '../../../shared/exchange/exchange.ts';
import { turns } from '../../support/turns.ts';
import { createManualClock, exchangeOf, jsonAnswer } from './support.ts';

const setUp = (instances: number) => {
  const clock = createManualClock();
  const store = createMemoryCacheStore(clock);
  const flight = { firstPauseMillis: 1, longestPauseMillis: 2 };
  return Array.from({ length: instances }, () =>
    createAnswerCache({ store, clock, plan: createNativePlanner(store), flight }),
  );
};

const of = (id: string) => ({ ...exchangeOf(), consumer: { id, scopes: ['*:*'], state: 'active' as const } });

/** Refuses `capped` once `release` is called; answers everybody else. */
const upstreamFor = (capped: string) => {
  const asked: string[] = [];
  const gate = Promise.withResolvers<void>();
  const forwardOf =
    (id: string): Forward =>
    async () => {
      asked.push(id);
      if (id !== capped) return jsonAnswer({ data: {} });
      await gate.promise;
      throw new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds: 9 });
    };
  return { asked, forwardOf, release: gate.resolve };
};

const until = async (test: () => boolean): Promise<void> => {
  while (!test()) await new Promise((resolve) => setImmediate(resolve));
};

describe.each([1, 2])('on %i instances', (instances) => {
  it('another consumer leads for all behind it, and its own others share the refusal', async () => {
    const caches = setUp(instances);
    const [first, last] = [caches[0], caches.at(-1)] as [(typeof caches)[0], (typeof caches)[0]];
    const { asked, forwardOf, release } = upstreamFor('capped');
    const leading = first.answer(of('capped'), forwardOf('capped'));
    await until(() => asked.length === 1);
    const behind = ['capped', 'free', 'free', 'free', 'capped'].map((id) => last.answer(of(id), forwardOf(id)));
    await turns();
    release();
    const outcomes = await Promise.allSettled([leading, ...behind]);
    expect(outcomes.slice(2, 5).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { code: 'TOO_MANY_REQUESTS' } });
    expect(asked.filter((id) => id === 'free')).toHaveLength(1);
    expect(asked.filter((id) => id === 'capped')).toHaveLength(1);
  });
});
