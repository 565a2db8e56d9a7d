import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUpstreamPath, toUpstreamQuery } from '../../../shared/pipeline/native-path.ts';

describe('toUpstreamPath', () => {
  it.each([
    '/entities/a%3Ab',
    '/materials/Reagents%20(SNB)/assets',
    '/id/%200003',
    '/x%2Fy',
    '/100%25',
    '/%E2%82%AC',
    '/a//b/',
    '/a;b',
    '/...',
  ])('keeps %s as it is', (path) => {
    expect(toUpstreamPath(path)).toBe(path);
  });

  it('encodes what no request line may hold', () => {
    expect(toUpstreamPath('/a b/\u20ac\u0000')).toBe('/a%20b/%E2%82%AC%00');
    expect(toUpstreamPath('/\ud800')).toBe('/%EF%BF%BD');
  });

  it.each([
    '/..',
    '/a/../b',
    '/./a',
    '/a/%2e%2e/b',
    '/a/%2E./b',
    '/a%2f..%2fb',
    '/a%5C..%5Cb',
    '/a\\..\\b',
    '/%252e%252e/',
    '/a/..;x/b',
    '/a/%25252e%25252e/b',
  ])('refuses %s, which could leave the operation', (path) => {
    expect(() => toUpstreamPath(path)).toThrow('REQUEST_INVALID');
  });

  it('gives only printable ASCII for any path that it takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (path) => {
        try {
          expect(toUpstreamPath(`/${path}`)).toMatch(/^\/[!-~]*$/);
        } catch (error) {
          expect(String(error)).toContain('REQUEST_INVALID');
        }
      }),
    );
  });
});

describe('toUpstreamQuery', () => {
  it('writes nothing for no parameters and keeps empty ones', () => {
    expect(toUpstreamQuery([])).toBe('');
    expect(toUpstreamQuery([['flag', '']])).toBe('?flag=');
  });

  it('means the same as what came: order, repetition, pluses, brackets', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }))), (query) => {
        const text = toUpstreamQuery(query);
        expect(text).toMatch(/^(\?[!-~]*)?$/);
        const decode = (part: string) => decodeURIComponent(part);
        const back =
          text === ''
            ? []
            : text
                .slice(1)
                .split('&')
                .map((pair) => pair.split('=').map(decode));
        expect(back).toEqual(query);
      }),
    );
  });
});
