/** A flight that set out before a request came brings what may be too old for it. */
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { turns } from '../../support/turns.ts';
import { createManualClock, exchangeOf, jsonAnswer, textOf } from './support.ts';

/** Two instances with different clocks, and an upstream whose first answer waits for the test. That answer shows the state at the time of the call. */
const setUp = (skewMillis: number) => {
  const clock = createManualClock();
  const store = createMemoryCacheStore(clock);
  const instance = (offMillis: number) =>
    createAnswerCache({
      store,
      clock: { nowMillis: () => clock.nowMillis() + offMillis },
      plan: createNativePlanner(store),
      flight: { firstPauseMillis: 1, longestPauseMillis: 2 },
    });
  const gate = Promise.withResolvers<void>();
  const upstream = { calls: 0, version: 1 };
  const forward = async () => {
    upstream.calls += 1;
    const { calls, version } = upstream;
    if (calls === 1) await gate.promise;
    return jsonAnswer({ data: { attributes: { version } } });
  };
  return { clock, upstream, forward, land: gate.resolve, leader: instance(skewMillis), other: instance(0) };
};
const asking = (directive?: string) => exchangeOf({ headers: directive ? [['cache-control', directive]] : [] });

describe.each([
  ['on the same instance', 'leader', 0],
  ['on another instance', 'other', 0],
  ['of an instance whose clock is ahead', 'other', 4_000],
] as const)('a flight %s', (_title, who, skewMillis) => {
  it.each([
    ['no-cache', 2],
    ['max-age=0', 2],
    ['max-age=4', 2],
    ['min-fresh=40', 2],
    ['max-age=30', 1],
    ['min-fresh=20', 1],
    [undefined, 1],
  ])('that set out nine seconds before serves %s with version %i', async (directive, version) => {
    const { clock, upstream, forward, land, ...caches } = setUp(skewMillis);
    const leading = caches.leader.answer(asking(), forward);
    await turns();
    clock.advance(9_000);
    upstream.version = 2;
    const crowd = [1, 2, 3, 4].map(() => caches[who].answer(asking(directive), forward));
    await turns();
    land();
    await leading;
    for (const outcome of nonEmpty(await Promise.all(crowd)))
      expect(await textOf(outcome)).toContain(`"version":${version}`);
    expect(upstream.calls).toBe(version);
  });
});

describe('requests with no-cache that come together', () => {
  it('share one flight', async () => {
    const { upstream, forward, land, leader } = setUp(0);
    const crowd = Array.from({ length: 20 }, () => leader.answer(asking('no-cache'), forward));
    await turns();
    land();
    await Promise.all(crowd);
    expect(upstream.calls).toBe(1);
  });
});
