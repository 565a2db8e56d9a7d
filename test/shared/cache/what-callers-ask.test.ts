import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { headerValue } from '../../../shared/http/headers.ts';
import { counting, read } from './answer-cache-support.ts';
import { createTestCache } from './support.ts';

describe('what callers ask for', () => {
  const withHeaders = (...headers: [string, string][]) => read({ headers });

  it.each([
    ['no-cache', 2],
    ['max-age=0', 2],
    ['min-fresh=50', 2],
    ['no-store', 2],
    ['max-age=60', 1],
    ['nothing-known', 1],
  ])('honours Cache-Control: %s', async (directive, expected) => {
    const { cache, clock } = createTestCache();
    const { forward, calls } = counting();
    await cache.answer(read(), forward);
    clock.advance(1_000);
    await cache.answer(withHeaders(['cache-control', directive]), forward);
    expect(calls()).toBe(expected);
  });

  it('answers only-if-cached from the cache or with 504', async () => {
    const { cache } = createTestCache();
    const { forward, calls } = counting();
    const only = withHeaders(['cache-control', 'only-if-cached']);
    await expect(cache.answer(only, forward)).rejects.toMatchObject({ code: 'UPSTREAM_LATE' });
    await cache.answer(read(), forward);
    expect((await cache.answer(only, forward)).cacheStatus).toMatch(/^hit/);
    expect(calls()).toBe(1);
  });

  it('answers If-None-Match with 304 for its own tag, not for the bare digest', async () => {
    const { cache } = createTestCache();
    const { forward, calls, seen } = counting();
    const { answer } = await cache.answer(withHeaders(['if-none-match', '"other"']), forward);
    const etag = headerValue(answer.headers, 'etag') ?? '';
    expect(etag).toMatch(/^"41~[\w-]{16}"$/);
    expect(answer.status).toBe(200);
    expect(seen[0]?.headers?.map(([name]) => name)).not.toContain('if-none-match');
    for (const tag of [etag, `"x", ${etag}`, '*']) {
      const again = await cache.answer(withHeaders(['if-none-match', tag]), forward);
      expect([tag, again.answer.status, again.answer.body]).toEqual([tag, 304, undefined]);
      expect(headerValue(again.answer.headers, 'etag')).toBe(etag);
    }
    for (const tag of ['"41"', '"42"']) {
      expect((await cache.answer(withHeaders(['if-none-match', tag]), forward)).answer.status).toBe(200);
    }
    expect(calls()).toBe(1);
  });

  it('gives another tag when the document moves while its digest stays', async () => {
    const { cache, clock } = createTestCache();
    const { forward } = counting();
    const first = headerValue((await cache.answer(read(), forward)).answer.headers, 'etag');
    clock.advance(60_000);
    const second = headerValue((await cache.answer(read(), forward)).answer.headers, 'etag');
    expect(second).not.toBe(first);
  });

  it('answers HEAD from a stored GET, and passes it on otherwise', async () => {
    const { cache } = createTestCache();
    const { forward, calls } = counting();
    const head = read({ method: 'HEAD' });
    expect((await cache.answer(head, forward)).cacheStatus).toBe('fwd=uri-miss');
    await cache.answer(read(), forward);
    const outcome = await cache.answer(head, forward);
    expect([outcome.answer.status, outcome.answer.body]).toEqual([200, undefined]);
    expect(calls()).toBe(2);
  });

  it('reads the digest of a compressed document', async () => {
    const { cache } = createTestCache();
    const plain = Buffer.from(JSON.stringify({ data: { attributes: { digest: '41' } } }));
    const headers = [['content-type', 'application/json'] as const, ['content-encoding', 'gzip'] as const];
    const { answer } = await cache.answer(read({ headers: [['accept-encoding', 'br, gzip']] }), async (changes) => {
      expect(changes?.headers).toContainEqual(['accept-encoding', 'gzip']);
      return { status: 200, headers, body: gzipSync(plain) };
    });
    expect(headerValue(answer.headers, 'etag')).toMatch(/^"41~/);
  });

  it("lets ranges pass: they are the upstream's to grant", async () => {
    const { cache } = createTestCache();
    const { forward, calls } = counting();
    await cache.answer(read(), forward);
    const outcome = await cache.answer(withHeaders(['range', 'bytes=1-3']), forward);
    expect([outcome.cacheStatus, calls()]).toEqual(['fwd=bypass', 2]);
  });
});
