/** RFC 9111 in the small. The conformance suite (bench/cache) asks the same of the whole. */
import { describe, expect, it } from 'vitest';
import {
  directiveSeconds,
  fieldsNotToStore,
  parseCacheControl,
  requestDirectives,
} from '../../../shared/cache/http/cache-control.ts';
import { formatCacheStatus } from '../../../shared/cache/http/cache-status.ts';
import { ageAtReceiptMillis, statedLifetimeMillis } from '../../../shared/cache/http/freshness.ts';
import { byteRange } from '../../../shared/cache/http/ranges.ts';
import { storedHeaders } from '../../../shared/cache/http/storing.ts';
import { isNotModified, updatedHeaders } from '../../../shared/cache/http/validation.ts';
import { variantOf } from '../../../shared/cache/http/vary.ts';
import type { Headers } from '../../../shared/http/headers.ts';
import { parseHttpDate } from '../../../shared/time/http-date.ts';

const cacheControl = (...values: string[]): Headers => values.map((value) => ['cache-control', value]);
const formatHttpDate = (millis: number): string => new Date(millis).toUTCString();
const nowMillis = Date.UTC(2026, 10, 21, 12);
const timing = { requestedAtMillis: nowMillis, receivedAtMillis: nowMillis };

describe('Cache-Control', () => {
  it.each([
    ['max-age=60', 60],
    ['MAX-AGE="60"', 60],
    ['max-age=0060', 60],
    ['max-age=99999999999', 2_147_483_648],
    ["max-age='60'", 0],
    ['max-age=60.5', 0],
    ['max-age=-60', 0],
    ['max-age =60', undefined],
    ['extension="max-age=60"', undefined],
    ['max-age=60, max-age=30', 30],
    ['max-age=30, max-age=60', 30],
    ['max-age=30, max-age=x', 0],
  ])('reads %s as %s seconds', (value, expected) => {
    expect(directiveSeconds(parseCacheControl(cacheControl(value)), 'max-age')).toBe(expected);
  });

  it('reads several lines as one', () => {
    expect([...parseCacheControl(cacheControl('public', 'max-age=1')).keys()]).toEqual(['public', 'max-age']);
  });

  it('takes Pragma for no-cache only where there is no Cache-Control', () => {
    const pragma: Headers = [['pragma', 'x, no-cache']];
    expect(requestDirectives(pragma).has('no-cache')).toBe(true);
    expect(requestDirectives([...pragma, ...cacheControl('max-age=1')]).has('no-cache')).toBe(false);
  });

  it('keeps qualified fields out of what is stored, with those of the hop', () => {
    const headers: Headers = [
      ['cache-control', 'no-cache="A, b", private=c'],
      ['connection', 'd'],
      ...['a', 'b', 'c', 'd', 'e', 'age', 'te'].map((name): [string, string] => [name, '1']),
    ];
    const directives = parseCacheControl(headers);
    expect([...fieldsNotToStore(directives)]).toEqual(['a', 'b', 'c']);
    expect(storedHeaders(headers, directives).map(([name]) => name)).toEqual(['cache-control', 'e']);
  });
});

describe('dates', () => {
  it.each([
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'SUN, 06 NOV 1994 08:49:37 gmt',
  ])('understands %s', (text) => {
    expect(parseHttpDate(text, nowMillis)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
  });

  it.each(['0', '', 'Sun, 06 Nov 1994 08:49:37 UTC', 'Sun, 06 Xyz 1994 08:49:37 GMT', '1994-11-06T08:49:37Z'])(
    'takes %j for none',
    (text) => {
      expect(parseHttpDate(text, nowMillis)).toBeUndefined();
    },
  );

  it('writes what it reads', () => {
    expect(parseHttpDate(formatHttpDate(nowMillis), nowMillis)).toBe(nowMillis);
  });
});

describe('age and lifetime', () => {
  const date = (offsetSeconds: number): [string, string] => ['date', formatHttpDate(nowMillis + offsetSeconds * 1_000)];

  it.each([
    ['no Age', [], 0],
    ['an old Date', [date(-90)], 90_000],
    ['Age', [date(0), ['age', '7']], 7_000],
    ['no time for an Age that is no number', [['age', 'old']], 0],
    ['no time for a negative Age', [['age', '-7200']], 0],
    ['no time for an Age with a fraction', [['age', '7200.0']], 0],
    ['no time for an Age with a parameter', [['age', '7200;old']], 0],
    ['no time for an empty Age', [['age', '']], 0],
    ['the Date beside an Age that is no number', [date(-90), ['age', 'old']], 90_000],
    ['the first of two Ages in one line', [['age', '7, 7200']], 7_000],
    ['the first of two Ages in one line, when it is the older', [['age', '7200, 0']], 7_200_000],
    [
      'the first of two lines',
      [
        ['age', '7'],
        ['age', '7200'],
      ],
      7_000,
    ],
    ['no time when the first of two Ages is no number', [['age', 'old, 7200']], 0],
    ['an Age beyond 2^31', [['age', '2147483649']], 2_147_483_649_000],
  ] as [string, Headers, number][])('counts %s', (_title, headers, expected) => {
    expect(ageAtReceiptMillis(headers, timing)).toBe(expected);
  });

  it.each([
    ['s-maxage before max-age', cacheControl('max-age=1, s-maxage=9'), 9_000],
    ['max-age before Expires', [...cacheControl('max-age=1'), ['expires', formatHttpDate(nowMillis + 9_000)]], 1_000],
    ['Expires from Date', [date(-10), ['expires', formatHttpDate(nowMillis)]], 10_000],
    ['an unreadable Expires as past', [['expires', '0']], 0],
    ['nothing', [], undefined],
  ] as [string, Headers, number | undefined][])('takes %s', (_title, headers, expected) => {
    expect(statedLifetimeMillis(headers, parseCacheControl(headers), timing)).toBe(expected);
  });
});

describe('conditions', () => {
  const validators = {
    etag: 'W/"a"',
    lastModified: formatHttpDate(nowMillis - 60_000),
  };

  it.each([
    [[['if-none-match', '"a"']], true],
    [[['if-none-match', '"b", W/"a"']], true],
    [[['if-none-match', '"41"']], false],
    [[['if-none-match', '*']], true],
    [
      [
        ['if-none-match', '"b"'],
        ['if-modified-since', formatHttpDate(nowMillis)],
      ],
      false,
    ],
    [[['if-modified-since', formatHttpDate(nowMillis - 60_000)]], true],
    [[['if-modified-since', formatHttpDate(nowMillis - 61_000)]], false],
    [[['if-modified-since', 'yesterday']], false],
    [[], false],
  ] as [Headers, boolean][])('%j', (request, expected) => {
    for (const method of ['GET', 'HEAD']) expect(isNotModified(method, request, validators, nowMillis)).toBe(expected);
    expect(isNotModified('POST', request, validators, nowMillis)).toBe(false);
  });

  it('takes no other date for a missing Last-Modified', () => {
    const since: Headers = [['if-modified-since', formatHttpDate(nowMillis + 60_000)]];
    expect(isNotModified('GET', since, { ...validators, lastModified: undefined }, nowMillis)).toBe(false);
  });

  it('lets a 304 change headers but none of the body', () => {
    const stored: Headers = [
      ['etag', '"a"'],
      ['content-length', '3'],
      ['x', '1'],
      ['x', '2'],
      ['y', '1'],
    ];
    const fresh: Headers = [
      ['etag', '"b"'],
      ['content-length', '0'],
      ['x', '3'],
    ];
    expect(updatedHeaders(stored, fresh)).toEqual([
      ['etag', '"a"'],
      ['content-length', '3'],
      ['y', '1'],
      ['x', '3'],
    ]);
  });
});

describe('other rules', () => {
  it.each([
    ['bytes=0-1', { first: 0, last: 1 }],
    ['bytes=8-', { first: 8, last: 9 }],
    ['bytes=-3', { first: 7, last: 9 }],
    ['bytes=0-99', { first: 0, last: 9 }],
    ['bytes=10-', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=-', undefined],
    ['lines=0-1', undefined],
  ])('reads %s of ten bytes', (range, expected) => {
    expect(byteRange([['range', range]], 10)).toEqual(expected);
  });

  it('takes lists that say the same for the same variant', () => {
    const of = (name: string, value: string) => variantOf([[name, value]], [name]);
    expect(of('accept-language', 'en, DE ; q=1')).toBe(of('accept-language', 'de;q=1,en'));
    expect(of('foo', ' 1, 2 ')).toBe(of('foo', '1,2'));
    expect(of('foo', '1,2')).not.toBe(of('foo', '2,1'));
    expect(variantOf([], ['foo'])).not.toBe(of('foo', ''));
  });

  it('writes Cache-Status', () => {
    expect(formatCacheStatus({ fwd: 'stale', fwdStatus: 304, stored: true, ttlSeconds: 3, detail: 'X' })).toBe(
      'fwd=stale; fwd-status=304; stored; ttl=3; detail=X',
    );
    expect(formatCacheStatus({ hit: true, ttlSeconds: -1 })).toBe('hit; ttl=-1');
  });
});
