/** P2: no answer crosses principals, and no caller can plant an answer for another. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import type { ReadPlan } from '../../../shared/cache/plan.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import type { Exchange } from '../../../shared/exchange/exchange.ts';
import type { Headers } from '../../../shared/http/headers.ts';
import { sized } from '../../support/test-size.ts';
import { createTestCache, type ExchangeParts, exchangeOf, jsonAnswer, textOf } from './support.ts';

/** An upstream whose answer repeats the request and names the rights that it was made with. */
const reflect = (exchange: Exchange) => async (changes?: { readonly headers?: Headers; readonly target?: string }) =>
  jsonAnswer({
    data: {
      principal: exchange.principal,
      target: changes?.target ?? exchange.target,
      headers: changes?.headers ?? 'ALL',
    },
  });

const name = fc.oneof(
  fc.constantFrom(
    ...[
      'accept',
      'accept-language',
      'x-custom',
      'x-forwarded-host',
      'x-original-url',
      'x-host',
      'origin',
      'user-agent',
      'x-units',
    ],
    ...[
      'x-http-method-override',
      'cookie',
      'authorization',
      'x-api-key',
      'prefer',
      'content-type',
      'host',
      'forwarded',
    ],
  ),
  fc.stringMatching(/^x-[a-z]{1,8}$/),
);
const headers = fc.array(fc.tuple(name, fc.string({ maxLength: 12, unit: 'grapheme-ascii' })), { maxLength: 4 });
const path = fc.constantFrom(
  ...[
    '/entities/experiment:e1',
    '/entities/experiment%3Ae1',
    '/entities/experiment%3ae1',
    '/entities/Reagents%20(SNB)',
  ],
  ...['/entities/a%2Fb', '/entities/a%252Fb', '/entities/a', '/entities', '/users/1', '/materials/libraries'],
);
const query = fc.array(
  fc.tuple(
    fc.constantFrom('include', 'page[limit]', 'page%5Blimit%5D', 'a', 'A'),
    fc.constantFrom('1', '2', '', '+', ' '),
  ),
  {
    maxLength: 3,
  },
);
const request = fc.record({
  headers,
  path,
  query,
  method: fc.constantFrom('GET', 'HEAD'),
  principal: fc.constantFrom('service:signals', 'user:101', 'user:1', 'user:10'),
  publicUrl: fc.constantFrom('https://facade.example.com', 'https://evil.example.com'),
});

describe('isolation', () => {
  it('gives every caller what the upstream would have given this caller, whatever others asked before', () =>
    fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 12 }), async (requests) => {
        const { cache } = createTestCache();
        for (const parts of requests) {
          const exchange = exchangeOf(parts);
          const outcome = await cache.answer(exchange, reflect(exchange));
          if (outcome.answer.body === undefined) continue;
          const { data } = JSON.parse(await textOf(outcome)) as { data: Record<string, unknown> };
          const alone = createTestCache();
          const own = JSON.parse(await textOf(await alone.cache.answer(exchange, reflect(exchange)))) as {
            data: unknown;
          };
          expect(data).toEqual(own.data);
        }
      }),
      { numRuns: sized(2_000, 60) },
    ));

  it('shares one answer between callers on every base URL', async () => {
    const { cache } = createTestCache();
    let calls = 0;
    for (const publicUrl of ['https://facade.example.com', 'https://other.example.com/stage']) {
      await cache.answer(exchangeOf({ publicUrl }), async () => {
        calls += 1;
        return jsonAnswer({ calls });
      });
    }
    expect(calls).toBe(1);
  });
});

const planOf = (parts: ExchangeParts): ReadPlan => {
  const { store } = createTestCache();
  return createNativePlanner(store)(exchangeOf(parts)) as ReadPlan;
};
const idOf = (parts: ExchangeParts): string => planOf(parts).key.id;

describe('keys', () => {
  it.each([
    ['principals', { principal: 'user:1' }, { principal: 'user:2' }],
    [
      'query order',
      {
        query: [
          ['a', '1'],
          ['b', '2'],
        ],
      },
      {
        query: [
          ['b', '2'],
          ['a', '1'],
        ],
      },
    ],
    [
      'a colon and its escape, which the upstream repeats in its links',
      { path: '/entities/experiment:e1' },
      { path: '/entities/experiment%3Ae1' },
    ],
    [
      'who takes gzip and who does not',
      { headers: [['accept-encoding', 'gzip;q=0']] },
      { headers: [['accept-encoding', 'br, gzip']] },
    ],
    ['a plus and a blank', { query: [['a', '+']] }, { query: [['a', ' ']] }],
    ['a slash and its escape', { path: '/entities/a%2Fchildren' }, { path: '/entities/a/children' }],
    ['an escape and its escape', { path: '/entities/a%252Fb' }, { path: '/entities/a%2Fb' }],
    ['media types', { headers: [['accept', 'text/csv']] }, { headers: [['accept', '*/*']] }],
    ['languages', { headers: [['accept-language', 'de']] }, { headers: [['accept-language', 'en']] }],
    ['preferences', { headers: [['prefer', 'return=minimal']] }, { headers: [] }],
    ['fields that the stage adds', { headers: [['x-units', '1']] }, { headers: [] }],
    [
      'a field in two and in one',
      {
        headers: [
          ['x-units', 'a'],
          ['x-units', 'b'],
        ],
      },
      { headers: [['x-units', 'a, b']] },
    ],
    [
      'searches',
      { method: 'POST', path: '/entities/search', body: Buffer.from('1') },
      { method: 'POST', path: '/entities/search', body: Buffer.from('2') },
    ],
  ] satisfies [string, ExchangeParts, ExchangeParts][])('tell %s apart', (_title, one, other) => {
    expect(idOf(one)).not.toBe(idOf(other));
  });

  it.each([
    [
      'who calls',
      { headers: [['x-api-key', 'one']] },
      {
        headers: [
          ['x-api-key', 'two'],
          ['user-agent', 'three'],
        ],
      },
    ],
    [
      'who takes more than gzip',
      { headers: [['accept-encoding', 'gzip']] },
      { headers: [['accept-encoding', 'br, GZIP;q=0.5']] },
    ],
    ['user agents', { headers: [['user-agent', 'one']] }, { headers: [['user-agent', 'two']] }],
    ['fields that do not travel', { headers: [['x-any', '1']] }, { headers: [['sentry-trace', '2']] }],
    ['GET and HEAD', {}, { method: 'HEAD' }],
    ['base URLs', { publicUrl: 'https://a.example.com' }, { publicUrl: 'https://b.example.com' }],
    ['blanks in a list', { headers: [['accept', 'a/b,c/d']] }, { headers: [['accept', 'a/b,  c/d']] }],
  ] satisfies [string, ExchangeParts, ExchangeParts][])('are the same for %s', (_title, one, other) => {
    expect(idOf(one)).toBe(idOf(other));
  });

  it('hold nothing of the request in clear, and no secret travels into what is stored', async () => {
    const { cache, store } = createTestCache();
    const exchange = exchangeOf({
      headers: [
        ['x-api-key', 'sfk_secret'],
        ['authorization', 'Bearer secret'],
        ['cookie', 'secret'],
      ],
    });
    await cache.answer(exchange, reflect(exchange));
    const plan = createNativePlanner(store)(exchange) as ReadPlan;
    const { entry } = await store.read(plan.key, plan.tags);
    expect(
      JSON.stringify([plan.key, plan.forwardHeaders, entry, Buffer.from(entry?.body ?? []).toString()]),
    ).not.toMatch(/secret/);
    expect(plan.key.id).toMatch(/^[\w-]{43}$/);
  });

  it('differ between tenants that share a table', async () => {
    const { store, clock } = createTestCache();
    const plan = createNativePlanner(store);
    const other = { ...exchangeOf().upstream, origin: 'https://other.example.com' };
    expect((plan({ ...exchangeOf(), upstream: other }) as ReadPlan).key).not.toEqual(
      (plan(exchangeOf()) as ReadPlan).key,
    );
    expect(createAnswerCache({ store, clock, plan })).toBeDefined();
  });
});
