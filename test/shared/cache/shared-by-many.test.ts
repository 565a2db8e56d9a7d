/** Headers that describe the caller cause no further calls to the upstream. */
import { describe, expect, it } from 'vitest';
import type { ReadPlan } from '../../../shared/cache/plan.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { headerValue } from '../../../shared/http/headers.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { createCountingUpstream, createTestCache, exchangeOf, jsonAnswer, textOf } from './support.ts';

const crowd = Array.from({ length: 40 }, (_, index) => `value-${index}`);

const fields = [
  ...['sentry-trace', 'traceparent', 'tracestate', 'baggage', 'b3', 'x-datadog-trace-id', 'newrelic'],
  ...['elastic-apm-traceparent', 'x-a-vendor-of-tomorrow', 'idempotency-key', 'referer', 'x-forwarded-for'],
  ...['user-agent', 'x-on-behalf-of'],
];

describe('40 readers at once, each with another value', () => {
  it.each(fields)('of %s share one upstream call, which carries none of them', async (name) => {
    const { cache } = createTestCache();
    const { forward, seen } = createCountingUpstream((call) => jsonAnswer({ data: { call } }));
    const outcomes = await Promise.all(
      crowd.map((value) => cache.answer(exchangeOf({ headers: [[name, value]] }), forward)),
    );
    expect(seen).toHaveLength(1);
    expect(JSON.stringify(seen)).not.toContain('value-');
    for (const outcome of nonEmpty(outcomes)) expect(await textOf(outcome)).toBe('{"data":{"call":1}}');
  });
});

describe('an answer that varies by the user agent', () => {
  /** Says which user agent has asked. */
  const reflecting = (exchange: ReturnType<typeof exchangeOf>, seen: string[], vary = 'User-Agent') => {
    const forward: Parameters<ReturnType<typeof createTestCache>['cache']['answer']>[1] = async (changes) => {
      const asking = headerValue(changes?.headers ?? exchange.request.headers, 'user-agent') ?? 'none';
      seen.push(asking);
      return jsonAnswer({ asking }, 200, [['vary', vary]]);
    };
    return forward;
  };

  it('is for its own caller: each asks with its own value, and nothing is kept', async () => {
    const { cache } = createTestCache();
    const seen: string[] = [];
    for (const asking of ['one', 'two', 'one']) {
      const exchange = exchangeOf({ headers: [['user-agent', asking]] });
      expect(await textOf(await cache.answer(exchange, reflecting(exchange, seen)))).toBe(JSON.stringify({ asking }));
    }
    // Only the first caller caused two calls. The cache then remembers the result for a while.
    expect(seen).toEqual(['signals-facade', 'one', 'two', 'one']);
  });

  it('is shared when it varies by nothing that callers choose', async () => {
    const { cache } = createTestCache();
    const seen: string[] = [];
    for (const asking of ['one', 'two']) {
      const exchange = exchangeOf({ headers: [['user-agent', asking]] });
      await cache.answer(exchange, reflecting(exchange, seen, 'Accept, Accept-Encoding, Origin'));
    }
    expect(seen).toEqual(['signals-facade']);
  });
});

describe('an answer in which a credential was masked', () => {
  const masked = { ...jsonAnswer({ data: { id: '********' } }), isMasked: true };

  it.each([200, 404, 500])('is kept nowhere and shared with nobody, with the status %i', async (status) => {
    const { cache, store } = createTestCache();
    const { forward, calls } = createCountingUpstream(() => ({ ...masked, status }));
    for (let reader = 1; reader <= 3; reader += 1) {
      const outcome = await cache.answer(exchangeOf(), forward);
      expect(outcome.answer.status).toBe(status);
      expect(outcome.cacheStatus).not.toContain('stored;');
    }
    expect(calls()).toBe(3);
    const plan = createNativePlanner(store)(exchangeOf()) as ReadPlan;
    expect((await store.read(plan.key, plan.tags)).entry).toBeUndefined();
  });

  it('changes nothing of a stored answer that it confirms', async () => {
    const { cache, clock } = createTestCache();
    const first = createCountingUpstream(() => jsonAnswer({ data: 1 }, 200, [['etag', '"1"']]));
    await cache.answer(exchangeOf(), first.forward);
    clock.advance(60_000);
    const confirming = createCountingUpstream(() => ({
      status: 304,
      headers: [['x-echo', '********']],
      body: undefined,
      isMasked: true,
    }));
    const { answer } = await cache.answer(exchangeOf(), confirming.forward);
    expect(confirming.calls()).toBe(1);
    expect([answer.status, headerValue(answer.headers, 'x-echo')]).toEqual([200, undefined]);
  });
});
