/** The caching headers for callers and for caches in front of the facade. */
import { describe, expect, it } from 'vitest';
import { headerValue } from '../../../shared/http/headers.ts';
import { createTestCache, exchangeOf, jsonAnswer } from './support.ts';

const document = { data: { attributes: { digest: '41' } } };

describe('caches in front of the facade', () => {
  it('may not share what came from the cache or went into it', async () => {
    const { cache, clock } = createTestCache();
    const control = async (parts = {}) =>
      headerValue(
        (await cache.answer(exchangeOf(parts), async () => jsonAnswer(document))).answer.headers,
        'cache-control',
      );
    const etag = headerValue(
      (await cache.answer(exchangeOf(), async () => jsonAnswer(document))).answer.headers,
      'etag',
    );
    expect(await control({ path: '/entities/experiment:e2' })).toBe('private, no-cache');
    expect(await control()).toBe('private, no-cache');
    expect(await control({ headers: [['if-none-match', etag ?? '']] })).toBe('private, no-cache');
    clock.advance(50_000);
    expect(await control()).toBe('private, no-cache');
  });

  it.each([
    [['cache-control', 'public, max-age=5']],
    [['expires', 'Fri, 15 Jan 2100 08:00:00 GMT']],
    [['pragma', 'x']],
  ] as [[string, string]][])('hear the upstream where it speaks itself: %j', async (header) => {
    const { cache } = createTestCache();
    for (const _ of ['miss', 'hit']) {
      const { answer } = await cache.answer(exchangeOf(), async () => jsonAnswer(document, 200, [header]));
      expect(headerValue(answer.headers, header[0])).toBe(header[1]);
      expect(answer.headers.filter(([name]) => name === 'cache-control').length).toBe(
        header[0] === 'cache-control' ? 1 : 0,
      );
    }
  });

  it('hear nothing of ours on answers that the cache lets pass', async () => {
    const { cache } = createTestCache();
    const { answer } = await cache.answer(exchangeOf({ path: '/profiles/me' }), async () => jsonAnswer(document));
    expect(headerValue(answer.headers, 'cache-control')).toBeUndefined();
  });
});

describe('conditions', () => {
  it('are not evaluated for a search by POST', async () => {
    const { cache } = createTestCache();
    const search = { method: 'POST', path: '/entities/search', body: Buffer.from('{}') };
    const headers = [['if-none-match', '*'] as const];
    for (const _ of ['miss', 'hit']) {
      const { answer } = await cache.answer(exchangeOf({ ...search, headers }), async () => jsonAnswer(document));
      expect(answer.status).toBe(200);
    }
  });

  it('on dates say nothing about an answer without Last-Modified', async () => {
    const { cache } = createTestCache();
    const dated = async () => jsonAnswer(document, 200, [['date', 'Fri, 15 Jan 2027 08:00:00 GMT']]);
    const headers = [['if-modified-since', 'Fri, 15 Jan 2027 09:00:00 GMT'] as const];
    await cache.answer(exchangeOf(), dated);
    expect((await cache.answer(exchangeOf({ headers }), dated)).answer.status).toBe(200);
  });
});
