/** CORS at the edge: which origin gets which headers. A preflight calls no store and no upstream. */
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { documentReply, type HttpReply, httpHandler } from '../../../functions/edge/http-handler.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { allowedHeaders, exposedHeaders } from '../../../shared/http/cors.ts';
import { invokeStreaming, proxyEvent } from '../../support/lambda.ts';

const origins = ['https://app.example.com', 'http://localhost:5173'];
const native = '/api/rest/v1.0/{proxy+}';

type PageRequest = { readonly method?: string; readonly resource?: string; readonly headers?: Record<string, string> };

/** One request to a handler that answers with `answer`; `asked` counts how often it did. */
const send = async (
  { method = 'GET', resource = native, headers = {} }: PageRequest,
  answer: () => HttpReply = () => documentReply(200, {}),
  settings: { CORS_ORIGINS?: readonly string[]; ADDED_HEADERS?: readonly string[] } = { CORS_ORIGINS: origins },
) => {
  let asked = 0;
  const handler = httpHandler({ PUBLIC_URL: 'https://facade.example.com', ...settings }, async () => {
    asked += 1;
    return answer();
  });
  const reply = await invokeStreaming(handler, proxyEvent({ method, resource, headers }));
  return { ...reply, asked };
};
const from = (origin: string | undefined): Record<string, string> => (origin === undefined ? {} : { origin });
const corsNames = (headers: Readonly<Record<string, string>>): string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-') || name === 'vary');
const preflight = (origin: string, more: Record<string, string> = {}): PageRequest => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'GET', ...more },
});

describe('an answer', () => {
  it.each(origins)(
    'names the listed origin %s, says what pages may read, and allows no credentials',
    async (origin) => {
      const { headers } = await send({ headers: from(origin) });
      expect(headers).toMatchObject({
        vary: 'Origin',
        'access-control-allow-origin': origin,
        'access-control-expose-headers': exposedHeaders.join(', '),
      });
      expect(corsNames(headers).sort()).toEqual([
        'access-control-allow-origin',
        'access-control-expose-headers',
        'vary',
      ]);
    },
  );

  it.each([undefined, 'https://evil.example.com', 'null', 'https://app.example.com.evil.example', ''])(
    'names no origin for %j, but varies by it',
    async (origin) => {
      const { status, headers, asked } = await send({ headers: from(origin) });
      expect([status, asked]).toEqual([200, 1]);
      expect(corsNames(headers)).toEqual(['vary']);
      expect(headers.vary).toBe('Origin');
    },
  );

  it.each([
    [[['vary', 'Accept, Accept-Encoding']], 'Accept, Accept-Encoding, Origin'],
    [
      [
        ['vary', 'Accept'],
        ['vary', 'Prefer'],
      ],
      'Accept, Prefer, Origin',
    ],
    [[['vary', 'accept, origin']], 'accept, origin'],
    [[['vary', '*']], '*'],
  ] as const)('keeps %j', async (headers, vary) => {
    const answer = (): HttpReply => ({ status: 200, headers, body: undefined });
    expect((await send({ headers: from(origins[0]) }, answer)).headers.vary).toBe(vary);
  });

  it('has the headers also when it is an error, of either kind', async () => {
    const refuse = (error: Error) => async () =>
      send({ headers: from(origins[0]) }, () => {
        throw error;
      });
    const refused = await refuse(new AppError('SCOPE_MISSING'))();
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([403, origins[0]]);
    const failed = await refuse(new Error('unknown'))();
    expect([failed.status, failed.headers['access-control-allow-origin']]).toEqual([500, origins[0]]);
  });

  it('has the headers also when it streams, and streams unchanged', async () => {
    const bytes = Buffer.alloc(300_000, 7);
    const answer = (): HttpReply => ({
      status: 200,
      headers: [],
      body: Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]),
    });
    const { headers, body } = await send({ headers: from(origins[1]) }, answer);
    expect(headers['access-control-allow-origin']).toBe(origins[1]);
    expect(body.equals(bytes)).toBe(true);
  });

  it.each(['/oauth/callback', '/docs', '/me', '/ops', '/openapi.json', '/health'])(
    'has none of them at %s',
    async (resource) => {
      const { headers } = await send({ resource, headers: from(origins[0]) });
      expect(corsNames(headers)).toEqual([]);
    },
  );

  it.each([{}, { CORS_ORIGINS: [] }])('is as it was on a stage without origins (%j)', async (settings) => {
    const asked = { headers: from(origins[0]) };
    const answer = (): HttpReply => ({ status: 200, headers: [['vary', 'Accept']], body: undefined });
    const { headers } = await send(asked, answer, settings);
    expect(headers).toEqual({ vary: 'Accept', 'x-request-id': 'invocation-1' });
    const options = await send({ ...asked, ...preflight(origins[0] ?? '') }, answer, settings);
    expect([options.asked, options.headers]).toEqual([1, headers]);
  });
});

describe('a preflight', () => {
  it.each([native, '/v1/quota'])('of a listed origin at %s is granted, and asks nobody', async (resource) => {
    const { status, headers, asked, body } = await send({
      ...preflight(origins[0] ?? '', { 'access-control-request-headers': 'x-api-key' }),
      resource,
    });
    expect([status, asked, body.byteLength]).toEqual([204, 0, 0]);
    expect(headers).toMatchObject({
      vary: 'Origin',
      'access-control-allow-origin': origins[0],
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': allowedHeaders.join(', '),
      'access-control-max-age': '7200',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('allows the headers that a stage adds', async () => {
    const settings = { CORS_ORIGINS: origins, ADDED_HEADERS: ['x-units'] };
    const { headers } = await send(preflight(origins[0] ?? ''), undefined, settings);
    expect(headers['access-control-allow-headers']?.split(', ')).toContain('x-units');
  });

  it.each(['https://evil.example.com', 'null'])(
    'of %s is answered without a grant, and asks nobody',
    async (origin) => {
      const { status, headers, asked } = await send(preflight(origin));
      expect([status, asked]).toEqual([204, 0]);
      expect(corsNames(headers)).toEqual(['vary']);
    },
  );

  it.each([{ origin: origins[0] ?? '' }, { 'access-control-request-method': 'GET' }])(
    'is no other OPTIONS (%j): a native one goes its way, and one of /v1 is no route',
    async (headers) => {
      expect((await send({ method: 'OPTIONS', headers })).asked).toBe(1);
      const own = await send({ method: 'OPTIONS', resource: '/v1/me/token', headers });
      expect([own.status, own.asked]).toEqual([404, 0]);
      expect(JSON.parse(own.body.toString()).errors[0].code).toBe('ROUTE_UNKNOWN');
    },
  );

  it('is no GET that has its headers', async () => {
    expect((await send({ ...preflight(origins[0] ?? ''), method: 'GET' })).asked).toBe(1);
  });
});
