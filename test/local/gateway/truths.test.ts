/** What API Gateway alters on the way to a Lambda proxy integration and back. */
import { describe, expect, it } from 'vitest';
import { nameInAnswer, reachesFunction } from '../../../local/gateway/http/header-table.ts';
import { queryParameters } from '../../../local/gateway/http/query.ts';
import { anyRoute, echo, sendRaw, startTestGateway, streaming } from './support/start.ts';

describe('query parameters', () => {
  it.each([
    ['a raw semicolon as a separator', 'a=1;b=2&c=3', { a: ['1'], b: ['2'], c: ['3'] }],
    ['nothing of what stands behind a semicolon without an equals sign', 'q=abc;20&r=x', { q: ['abc'], r: ['x'] }],
    ['an encoded semicolon as it is', 'q=abc%3B20', { q: ['abc;20'] }],
    ['no raw braces', 'filter{a}=1&q={x}', { filtera: ['1'], q: ['x'] }],
    ['encoded braces', 'filter%7Ba%7D=%7Bx%7D', { 'filter{a}': ['{x}'] }],
    ['brackets, raw and encoded', 'page[limit]=1&page%5Boffset%5D=2', { 'page[limit]': ['1'], 'page[offset]': ['2'] }],
    ['values decoded once', 'q=%252B%2B+a', { q: ['%2B+ a'] }],
    ['names without values', 'a&b=&&c', { a: [''], b: [''], c: [''] }],
    ['repeated names together', 'a=1&b=2&a=3', { a: ['1', '3'], b: ['2'] }],
  ])('show %s', (_name, raw, expected) => {
    expect(queryParameters(raw)).toEqual(expected);
  });

  it.each(['', '&', ';', ';x'])('are null for "%s"', (raw) => {
    expect(queryParameters(raw)).toBeNull();
  });
});

describe('the headers of a request', () => {
  it.each([
    'Content-MD5',
    'max-forwards',
    'SERVER',
    'WWW-Authenticate',
    'Expect',
    'TE',
    'Trailer',
    'Upgrade',
    'Connection',
  ])('do not bring %s to the function', (name) => {
    expect(reachesFunction(name)).toBe(false);
  });

  it.each(['Date', 'Host', 'Via', 'Authorization', 'User-Agent', 'Content-Encoding', 'Range', 'X-Own', 'Digest'])(
    'bring %s',
    (name) => {
      expect(reachesFunction(name)).toBe(true);
    },
  );

  it('come without what is dropped, and without a signature of AWS', async () => {
    const { url } = await startTestGateway({ functions: { Fn: echo }, routes: anyRoute('Fn') });
    const headers = ['Content-MD5: x', 'Max-Forwards: 1', 'Server: x', 'WWW-Authenticate: x', 'Via: 1.1 p'];
    const read = async (...more: string[]): Promise<Record<string, string[]>> => {
      const lines = ['GET //x/y HTTP/1.1', 'Host: localhost', 'Connection: close', ...headers, ...more];
      const [, body = ''] = (await sendRaw(url, `${lines.join('\r\n')}\r\n\r\n`)).split('\r\n\r\n');
      const event = JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1)) as {
        path: string;
        pathParameters: object;
        multiValueHeaders: Record<string, string[]>;
      };
      expect([event.path, event.pathParameters]).toEqual(['//x/y', { proxy: 'x/y' }]);
      return event.multiValueHeaders;
    };

    const signed = await read('Authorization: AWS4-HMAC-SHA256 Credential=a');
    const bearer = await read('Authorization: Bearer a');

    expect(Object.keys(signed).filter((name) => !name.startsWith('X-'))).toEqual(['Host', 'Via']);
    expect(bearer.Authorization).toEqual(['Bearer a']);
  });
});

/** A function that answers with one header of each kind, in the way of its integration. */
const head = `{
  statusCode: Number(event.queryStringParameters?.status ?? 200),
  multiValueHeaders: {
    Date: ['Mon, 01 Jan 2024 00:00:00 GMT'], Server: ['own'], 'WWW-Authenticate': ['Basic', 'Bearer'], authorization: ['x'],
    'Content-MD5': ['x'], 'Max-Forwards': ['1'], 'User-Agent': ['x'], Connection: ['close'],
    Via: ['1.1 p'], Expect: ['x'], Host: ['x'], TE: ['x'], 'Transfer-Encoding': ['chunked'], Trailer: ['x'], Upgrade: ['x'],
    'Proxy-Authenticate': ['x'], 'Keep-Alive': ['x'], 'X-Own': ['1'], 'Retry-After': ['2'], Digest: ['x'],
  },
}`;
const integrations = {
  streamed: [streaming(`const out = open(${head}); out.write(''); out.end();`), {}],
  buffered: [`export const handler = async (event) => (${head});`, { buffered: true }],
} as const;

describe.each(Object.entries(integrations))('the headers of a %s answer', (_kind, [source, route]) => {
  it.each([200, 204])('are remapped, dropped and given a media type, with %i', async (status) => {
    const { url } = await startTestGateway({ functions: { Fn: source }, routes: anyRoute('Fn', route) });

    const { headers, ...response } = await fetch(`${url}/x?status=${status}`).then((answer) => ({
      status: answer.status,
      headers: answer.headers,
    }));

    expect(response.status).toBe(status);
    const named = (name: string): string | null => headers.get(`x-amzn-remapped-${name}`);
    expect(named('date')).toBe('Mon, 01 Jan 2024 00:00:00 GMT');
    expect(named('www-authenticate')).toBe('Basic, Bearer');
    for (const name of ['server', 'authorization', 'content-md5', 'max-forwards', 'user-agent', 'connection'])
      expect(named(name)).not.toBeNull();
    for (const name of ['server', 'authorization', 'content-md5', 'max-forwards', 'user-agent', 'www-authenticate'])
      expect(headers.get(name)).toBeNull();
    for (const name of ['via', 'expect', 'host', 'te', 'trailer', 'upgrade', 'proxy-authenticate'])
      expect([headers.get(name), named(name)]).toEqual([null, null]);
    expect(headers.get('date')).not.toBe(named('date'));
    expect(headers.get('content-type')).toBe('application/json');
    expect([headers.get('x-own'), headers.get('retry-after'), headers.get('digest')]).toEqual(['1', '2', 'x']);
  });
});

it('leaves a media type alone, and names that only look like those of the table', () => {
  expect(['Content-Type', 'X-Date', 'Dates', 'Location'].map(nameInAnswer)).toEqual([
    'Content-Type',
    'X-Date',
    'Dates',
    'Location',
  ]);
});
