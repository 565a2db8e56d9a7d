/** A client that follows a redirect of a native path stays on the native surface, with every way to parse the URL. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Headers } from '../../../shared/http/headers.ts';
import { toCallerAnswer } from '../../../shared/pipeline/to-caller.ts';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { nativeRequest, publicUrl } from '../../support/pipeline.ts';
import { sized } from '../../support/test-size.ts';
import { base } from './support.ts';

const upstream = createSignalsUpstream('https://snb.example.com');
const path = '/entities/experiment:e1/children';

/** The Locations that the caller sees; undefined when the answer is refused. */
const seenBy = async (status: number, headers: Headers): Promise<string[] | undefined> => {
  const exchange = {
    ...upstream.catalogue.match('GET', path),
    request: nativeRequest({ path }),
    upstream,
    consumer: { id: 'app', scopes: ['*:*'], state: 'active' as const },
    target: upstream.basePath + path,
  };
  try {
    const answer = await toCallerAnswer(exchange, { status, headers, body: undefined });
    return answer.headers.filter(([name]) => name === 'location').map(([, value]) => value);
  } catch (error) {
    if (error instanceof AppError && error.code === 'UPSTREAM_UNREADABLE') return undefined;
    throw error;
  }
};
const redirected = (location: string, status = 302) => seenBy(status, [['location', location]]);

/** As a client that decodes everything and takes backslashes for slashes. */
const mostLenientPath = (pathname: string): string => {
  let decoded = pathname;
  for (let round = 0; round < 6; round += 1)
    decoded = decoded.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const kept: string[] = [];
  for (const segment of decoded.replaceAll('\\', '/').split('/')) {
    const bare = segment.split(';')[0];
    if (bare === '..') kept.pop();
    else if (bare !== '.') kept.push(segment);
  }
  return kept.join('/');
};

const expectBelowBase = (location: string): void => {
  const readAs = [new URL(location, `${publicUrl}${upstream.basePath}${path}`), new URL(location)];
  for (const { origin, pathname, username, password } of readAs) {
    expect([origin, username, password]).toEqual([new URL(base).origin, '', '']);
    for (const read of [pathname, mostLenientPath(pathname)])
      expect(`${read}/`).toContain(`${new URL(base).pathname}/`);
    expect(mostLenientPath(pathname).startsWith(new URL(base).pathname)).toBe(true);
  }
  const rawPath = location.slice(new URL(base).origin.length).split(/[?#]/)[0] as string;
  expect(mostLenientPath(rawPath).startsWith(new URL(base).pathname)).toBe(true);
};

const authority = fc.constantFrom(
  ...['https://snb.example.com', 'http://snb.example.com', 'HTTPS://SNB.example.com', 'https://snb.example.com:443'],
  ...['https://snb.example.com:8443', 'https://snb.example.com.', 'https://u:p@snb.example.com', '//snb.example.com'],
  ...['https://snb.example.com@evil.example', '//evil.example', '\\\\evil.example', 'https:\\\\snb.example.com', ''],
  ...['https://facade.example.com', 'https://facade.example.com/prod', 'http://facade.example.com', '/\\evil.example'],
  ...['https://facade.example.com:444/prod', 'https://facade.example.com@evil.example/prod', 'https:', 'javascript:'],
  ...['https://facade.example.com/prod/', 'https://facade.example.com/prod\\..', '//facade.example.com/prod', '?', '#'],
);
const root = fc.constantFrom(
  ...['/api/rest/v1.0', '/api/rest/v1.0', '/api/rest/v1.0', '/API/rest/v1.0', '/api/rest/v1.0x', '/api/rest/v1.0%2f'],
  ...[
    '/prod/api/rest/v1.0',
    '/other/api/rest/v1.0',
    '/prod',
    '',
    '/',
    '/%61pi/rest/v1.0',
    '/api/rest/v1.0;x',
    '.',
    '..',
  ],
);
const segment = fc.constantFrom(
  ...[
    'entities',
    'experiment:e1',
    'Reagents (SNB)',
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    '.%2e',
    '%252e%252e',
    '..;x',
    '',
    '@',
  ],
  ...[
    '..\\',
    '..%5c..',
    '..%2f..',
    '%2f..%2f',
    '\\..\\..',
    '\t..',
    '.\t.',
    '..\n',
    '%00',
    'a?b',
    '#..',
    '..?',
    ':',
    '*',
  ],
  ...['..%255c', '%25252e%25252e', '....', ' ..', '..%20', '%c0%ae%c0%ae', '\u00e9', '\u2025'],
);
const location = fc
  .tuple(authority, root, fc.array(segment, { maxLength: 6 }), fc.constantFrom('', '?x=/../..', '#/../', '\\', '/'))
  .map(([host, start, segments, end]) => `${host}${start}${segments.map((one) => `/${one}`).join('')}${end}`);
const status = fc.constantFrom(300, 301, 302, 303, 305, 307, 308, 399);

describe('a redirect', () => {
  it('leads below the native base, or is refused, whatever the upstream says', () =>
    fc.assert(
      fc.asyncProperty(fc.oneof(location, fc.string()), status, async (one, code) => {
        for (const seen of (await redirected(one, code)) ?? []) expectBelowBase(seen);
      }),
      { numRuns: sized(20_000, 300) },
    ));

  it.each([
    ['https://snb.example.com/api/rest/v1.0/entities?page[limit]=5', `${base}/entities?page[limit]=5`],
    ['http://snb.example.com/api/rest/v1.0/a%2Fb', `${base}/a%2Fb`],
    ['https://snb.example.com:443/api/rest/v1.0/Reagents (SNB)', `${base}/Reagents (SNB)`],
    ['https://snb.example.com/api/rest/v1.0', base],
    ['//snb.example.com/api/rest/v1.0/x', `${base}/x`],
    ['/api/rest/v1.0/x?to=/../y#/../z', `${base}/x?to=/../y#/../z`],
    ['../e2', `${base}/entities/e2`],
    ['../../../v1.0/x', `${base}/x`],
    ['?page=2', `${base}${path}?page=2`],
    ['', `${base}${path}`],
    [`${base}/x`, `${base}/x`],
  ])('to %s passes', async (one, expected) => {
    expect(await redirected(one)).toEqual([expected]);
  });

  it.each([
    ...[
      'https://evil.example/api/rest/v1.0/x',
      '//evil.example/api/rest/v1.0/x',
      '/\\evil.example',
      'data:text/html,x',
    ],
    ...[
      'https://snb.example.com/',
      '/',
      '/auth/oauth/authorize',
      '../../../../../admin',
      '/api/rest/v1.0x',
      '/api/rest/',
    ],
    ...[
      'https://snb.example.com/api/rest/v1.0/../../../v1/consumers',
      '/api/rest/v1.0/%2e%2e/x',
      '/api/rest/v1.0/..%2fx',
    ],
    ...[
      'https://snb.example.com/api/rest/v1.0/..\\..\\..',
      '/api/rest/v1.0/x%5c..%5c..%5c..',
      '/api/rest/v1.0/%252e%252e',
    ],
    ...['https://u:p@snb.example.com/api/rest/v1.0/x', 'https://snb.example.com:8443/api/rest/v1.0/x'],
    ...['https://snb.example.com@evil.example/api/rest/v1.0/x', 'https://snb.example.com/api/rest/v1.0/.\t./.\t./x'],
    ...[`${publicUrl}/v1/consumers`, `${publicUrl}/../other/api/rest/v1.0/x`, 'https://facade.example.com/other/'],
    ...[
      `${base}/../../../../other`,
      `${base}/..;/x`,
      `${publicUrl}\\..\\other`,
      publicUrl,
      'http://facade.example.com/prod',
    ],
  ])('to %j is refused', async (one) => {
    expect(await redirected(one)).toBeUndefined();
  });

  it('with several Locations is refused when one of them leads elsewhere', async () => {
    const inside: Headers[number] = ['location', '/api/rest/v1.0/x'];
    const outside: Headers[number] = ['location', 'https://evil.example/'];
    expect(await seenBy(302, [inside, outside])).toBeUndefined();
    expect(await seenBy(302, [inside, inside])).toEqual([`${base}/x`, `${base}/x`]);
  });

  it('without a Location leads nowhere, and passes; so does the Location of a creation', async () => {
    expect(await seenBy(302, [])).toEqual([]);
    expect(await seenBy(304, [['location', 'https://evil.example/']])).toEqual(['https://evil.example/']);
    expect(await seenBy(201, [['location', '/api/rest/v1.0/new']])).toEqual([`${base}/new`]);
    expect(await seenBy(201, [['location', '/api/rest/v1.0/../../../v1/consumers']])).toEqual([]);
  });
});
