/** The plan of the plain proxy that conformance suites are pointed at. */
import { describe, expect, it } from 'vitest';
import { invalidates, relatedTargets } from '../../bench/cache/invalidation.ts';
import { planHttp } from '../../bench/cache/plan-http.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Headers } from '../../shared/http/headers.ts';
import { createCountingUpstream, createTestCache, exchangeOf, jsonAnswer } from '../shared/cache/support.ts';

describe('a plain proxy', () => {
  it.each([
    ['as it likes', 'max-age=10', true],
    ['not where the answer says must-revalidate', 'max-age=10, must-revalidate', false],
    ['not where the answer says stale-if-error=0', 'max-age=10, stale-if-error=0', false],
  ])('serves a copy past a stated freshness %s: "%s", %s', async (_where, stated, isServed) => {
    const { cache, clock } = createTestCache({ plan: planHttp });
    const { forward } = createCountingUpstream((call) => {
      if (call === 1) return jsonAnswer({ call }, 200, [['cache-control', stated]]);
      throw new AppError('UPSTREAM_UNREACHABLE');
    });
    await cache.answer(exchangeOf(), forward);
    clock.advance(20_000);
    const outcome = cache.answer(exchangeOf(), forward);
    if (isServed) expect((await outcome).cacheStatus).toContain('detail=STALE-IF-ERROR');
    else await expect(outcome).rejects.toMatchObject({ code: 'UPSTREAM_UNREACHABLE' });
  });

  it('invalidates related targets of the same origin only', () => {
    const headers: Headers = [
      ['location', '/a?b'],
      ['content-location', 'https://other.example.com/c'],
    ];
    expect(relatedTargets('/x/y', headers, 'https://snb.example.com')).toEqual(['/a?b']);
  });

  it.each([
    ['PUT', 204, true],
    ['FOO', 302, true],
    ['PUT', 404, false],
    ['GET', 200, false],
  ])('takes %s with %i as a change: %s', (method, status, expected) => {
    expect(invalidates(method, status)).toBe(expected);
  });
});
