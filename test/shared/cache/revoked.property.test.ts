/** Answers to people and bearer tokens end with the published bound, for every request and every failure. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { defaultPolicy } from '../../../shared/cache/policy.ts';
import { createScarcity } from '../../../shared/cache/scarcity.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CacheOutcome, NativeAnswer } from '../../../shared/exchange/exchange.ts';
import type { Headers } from '../../../shared/http/headers.ts';
import { sized } from '../../support/test-size.ts';
import { turns } from '../../support/turns.ts';
import { createManualClock, exchangeOf, jsonAnswer, sweptUntil, textOf, withBackground } from './support.ts';

const servedMillis = 55_000;

const kinds = ['service:signals:main', 'user:signals:101', 'bearer:abc', 'somebody'] as const;
const stated = [
  undefined,
  'max-age=3600',
  'max-age=10, stale-while-revalidate=3600',
  'max-age=10, stale-if-error=3600',
  'public, max-age=86400, immutable',
] as const;
const asked = [
  undefined,
  'max-stale',
  'max-stale=3600',
  'only-if-cached',
  'only-if-cached, max-stale',
  'stale-if-error=3600',
  'max-age=3600',
] as const;
const failures = ['UPSTREAM_UNREACHABLE', 'UPSTREAM_LATE', 'UPSTREAM_UNREADABLE', 'TOO_MANY_REQUESTS', 503, 429, 401];
const paths = ['/entities/experiment:e1', '/entities/experiment:e1/children', '/entities/experiment:e1/properties'];

const scenario = fc.record({
  principal: fc.constantFrom(...kinds),
  stated: fc.constantFrom(...stated),
  directive: fc.constantFrom(...asked),
  failure: fc.constantFrom(...failures),
  path: fc.constantFrom(...paths),
  method: fc.constantFrom('GET', 'HEAD'),
  shortage: fc.constantFrom(0, 0.5, 1),
  priority: fc.constantFrom('interactive' as const, 'background' as const),
  sweptAs: fc.constantFrom(...kinds),
  waits: fc.array(fc.integer({ min: 1_000, max: 120_000 }), { minLength: 1, maxLength: 6 }),
  isOtherInstance: fc.boolean(),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

const answerOf = ({ stated: cacheControl }: Scenario): NativeAnswer =>
  jsonAnswer({ data: { id: 'experiment:e1', attributes: { digest: '1' } } }, 200, [
    ...(cacheControl === undefined ? [] : [['cache-control', cacheControl] as const]),
  ]);

const failWith = (failure: Scenario['failure']): NativeAnswer => {
  if (typeof failure === 'number') return jsonAnswer({}, failure);
  throw new AppError(failure as 'UPSTREAM_LATE');
};

/** Fetches once while the token is good, then asks again and again. Gives the ages at which something was served. */
const agesServed = async (one: Scenario): Promise<number[]> => {
  const clock = createManualClock();
  const store = createMemoryCacheStore(clock);
  const instance = () =>
    createAnswerCache({
      store,
      clock,
      plan: createNativePlanner(store),
      scarcity: createScarcity({
        shortage: () => one.shortage,
        priorityOf: () => one.priority,
        policy: defaultPolicy,
        mostStretchMillis: 3_600_000,
      }),
    });
  const first = instance();
  const second = one.isOtherInstance ? instance() : first;
  const read = (headers: Headers) => exchangeOf({ principal: one.principal, path: one.path, headers });
  const sinceMillis = clock.nowMillis();
  await first.answer(read([]), async () => answerOf(one));
  const ages: number[] = [];
  for (const wait of one.waits) {
    clock.advance(wait);
    await store.markSwept({ ...sweptUntil(clock.nowMillis()), principal: one.sweptAs });
    const exchange = read(one.directive === undefined ? [] : [['cache-control', one.directive]]);
    const again = { ...exchange, request: { ...exchange.request, method: one.method } };
    const outcome: CacheOutcome | undefined = await second
      .answer(again, async () => failWith(one.failure))
      .catch(() => undefined);
    const isServed = outcome?.cacheStatus.startsWith('hit') === true;
    if (isServed) ages.push(clock.nowMillis() - sinceMillis);
  }
  return ages;
};

describe('an answer that is kept', () => {
  it('for a person or a bearer token is never served beyond 55 s', async () => {
    let served = 0;
    await fc.assert(
      fc.asyncProperty(scenario, async (one) => {
        const ages = await agesServed(one);
        served += ages.length;
        if (!one.principal.startsWith('service:')) expect(Math.max(0, ...ages)).toBeLessThan(servedMillis);
      }),
      { numRuns: sized(3_000, 150) },
    );
    expect(served).toBeGreaterThan(0);
  });

  it.each([
    ['service:signals:main', true],
    ['user:signals:101', false],
    ['bearer:abc', false],
  ])('for %s, served on errors after 60 s: %s', async (principal, isServed) => {
    const base = { stated: undefined, directive: undefined, failure: 'UPSTREAM_UNREACHABLE', path: paths[0] as string };
    const rest = { method: 'GET', shortage: 0, priority: 'interactive', sweptAs: 'somebody' } as const;
    const one = { ...base, ...rest, principal, waits: [60_000], isOtherInstance: false } as Scenario;
    expect(await agesServed(one)).toEqual(isServed ? [60_000] : []);
  });
});

describe('when the upstream refuses a token', () => {
  const bearer = 'bearer:abc';
  const experiment = jsonAnswer({ data: { id: 'experiment:e1' } });
  const readOf = (path: string, principal = bearer) => exchangeOf({ principal, path });

  const start = async () => {
    const clock = createManualClock();
    const store = createMemoryCacheStore(clock);
    const instance = () => createAnswerCache({ store, clock, plan: createNativePlanner(store) });
    const [one, other] = [instance(), instance()];
    for (const principal of [bearer, 'service:signals:main'])
      for (const path of paths) await one.answer(readOf(path, principal), async () => experiment);
    return { clock, one, other };
  };

  it.each([
    ['answers 401 to another read', () => jsonAnswer({}, 401)],
    [
      'refuses a linked token',
      () => {
        throw new AppError('USER_TOKEN_NEEDED');
      },
    ],
  ])('and %s, all that is kept for it ends on every instance', async (_title, refusing) => {
    const { one, other } = await start();
    await one.answer(readOf('/entities/experiment:other'), async () => refusing()).catch(() => {});
    for (const cache of [one, other])
      for (const path of paths)
        await expect(
          cache.answer(readOf(path), async () => {
            throw new AppError('UPSTREAM_UNREACHABLE');
          }),
        ).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  });

  it('and answers 403 where a copy is kept, nothing of it stands in any more', async () => {
    const { clock, one, other } = await start();
    clock.advance(50_000);
    const { works, exchange } = withBackground(readOf(paths[0] as string));
    await one.answer(exchange, async () => jsonAnswer({}, 403));
    await Promise.all(works);
    expect(works).toHaveLength(1);
    const outcome = await other.answer(readOf(paths[1] as string), async () => jsonAnswer({ data: [] }));
    expect(outcome.cacheStatus).toMatch(/^fwd=uri-miss/);
  });

  it('keeps what is kept for the service account', async () => {
    const { one, other } = await start();
    await one.answer(readOf(paths[0] as string, 'bearer:other'), async () => jsonAnswer({}, 401));
    const outcome = await other.answer(readOf(paths[0] as string, 'service:signals:main'), async () => experiment);
    expect(outcome.cacheStatus).toMatch(/^hit/);
    expect(await textOf(outcome)).toContain('experiment:e1');
  });
});

describe('for a person, while a call to the upstream takes its time', () => {
  const principal = 'user:signals:101';
  const slow = () => {
    const clock = createManualClock();
    const store = createMemoryCacheStore(clock);
    const instance = () => createAnswerCache({ store, clock, plan: createNativePlanner(store) });
    const gate = Promise.withResolvers<NativeAnswer>();
    let calls = 0;
    const forward = async (): Promise<NativeAnswer> => {
      calls += 1;
      return calls === 1 ? gate.promise : jsonAnswer({ data: { call: calls } });
    };
    return { clock, cache: instance(), other: instance(), gate, forward };
  };

  it.each(['cache', 'other'] as const)(
    'a flight that set out more than 55 s before it lands is shared with nobody who came meanwhile (%s)',
    async (who) => {
      const { clock, gate, forward, ...caches } = slow();
      const leading = caches.cache.answer(exchangeOf({ principal }), forward);
      await turns();
      clock.advance(4_000);
      const following = caches[who].answer(exchangeOf({ principal }), forward);
      await turns();
      clock.advance(54_000);
      gate.resolve(jsonAnswer({ data: { call: 1 } }));
      await leading;
      expect(await textOf(await following)).toContain('"call":2');
    },
  );

  it.each(['UPSTREAM_LATE', 503] as const)(
    'a copy does not stand in for %s once its 55 s are over',
    async (failure) => {
      const { clock, cache, gate, forward } = slow();
      await cache.answer(exchangeOf({ principal }), async () => jsonAnswer({ data: { call: 0 } }));
      clock.advance(10_000);
      const asked = exchangeOf({ principal, headers: [['cache-control', 'max-age=1']] });
      const asking = cache.answer(asked, forward).then(
        ({ cacheStatus }) => cacheStatus,
        ({ code }: AppError) => code,
      );
      await turns();
      clock.advance(50_000);
      if (typeof failure === 'number') gate.resolve(jsonAnswer({}, failure));
      else gate.reject(new AppError(failure));
      expect(await asking).not.toContain('STALE-IF-ERROR');
    },
  );
});
