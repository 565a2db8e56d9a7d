import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createSignalsUpstream } from '../../../shared/signals/signals.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { createTestPipeline, nativeRequest, upstreamSecret } from '../../support/pipeline.ts';
import { startUpstream } from '../../support/upstream.ts';
import { start } from './support.ts';

describe('what goes upstream', () => {
  it('keeps method, raw path and body, and writes the query with the same meaning', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    await pipeline.answer(
      nativeRequest({
        method: 'POST',
        path: '/materials/Reagents%20(SNB)/assets/id/%200003/a%3Ab',
        query: [
          ['page[limit]', '5'],
          ['q', 'a+b c'],
          ['empty', ''],
          ['q', '\u00e9'],
        ],
        body: Buffer.from([0xff, 0x00, 0x80]),
      }),
    );
    expect(seen[0]?.method).toBe('POST');
    expect(seen[0]?.target).toBe(
      '/api/rest/v1.0/materials/Reagents%20(SNB)/assets/id/%200003/a%3Ab?page%5Blimit%5D=5&q=a%2Bb%20c&empty=&q=%C3%A9',
    );
    expect(seen[0]?.body).toEqual(Buffer.from([0xff, 0x00, 0x80]));
  });

  it("replaces the consumer's key by the credential and sends nothing of the way here", async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    await pipeline.answer(
      nativeRequest({
        headers: [
          ['x-api-key', 'app'],
          ['authorization', 'Bearer of-the-consumer'],
          ['cookie', 'a=b'],
          ['accept', 'application/vnd.api+json'],
          ['content-type', 'text/plain'],
          ['accept-language', 'de'],
          ['accept-language', 'en'],
          ['user-agent', 'app/1'],
          ['x-custom', 'x'],
          ['sentry-trace', '1-2'],
          ['x-remote-user', 'somebody'],
          ['idempotency-key', 'k'],
          ['content-length', '7'],
          ['host', 'facade.example.com'],
          ['x-forwarded-for', '192.0.2.1'],
          ['x-amzn-trace-id', 'Root=1'],
          ['x-http-method-override', 'DELETE'],
          ['expect', '100-continue'],
          ['accept-encoding', 'gzip;q=0.5, sdch, br'],
        ],
      }),
    );
    const headers = Object.fromEntries(seen[0]?.headers ?? []);
    expect(headers).toEqual({
      'x-api-key': upstreamSecret,
      accept: 'application/vnd.api+json',
      'content-type': 'text/plain',
      'accept-language': 'en',
      'user-agent': 'app/1',
      'accept-encoding': 'gzip;q=0.5, br',
      host: expect.stringMatching(/^127\.0\.0\.1:/),
      connection: 'keep-alive',
    });
  });

  it('lets the headers travel that the stage adds, but not under the name of the credential', async () => {
    const upstream = await startUpstream((_request, response) => void response.end());
    const addedHeaders = ['x-units', 'private'];
    const { pipeline } = await createTestPipeline(upstream.url, {
      upstream: {
        ...createSignalsUpstream(upstream.url, addedHeaders),
        authenticate: (secret) => ['private', secret],
      },
    });
    const headers = ['x-units', 'private', 'x-other'].map((name) => [name, 'of the caller'] as const);
    await pipeline.answer(nativeRequest({ headers: [['x-api-key', 'app'], ...headers] }));
    const sent = upstream.seen[0]?.headers.filter(([name]) => !['host', 'connection'].includes(name));
    expect(sent).toEqual([
      ['x-units', 'of the caller'],
      ['private', upstreamSecret],
    ]);
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'sends %s with a body and without one',
    async (method) => {
      const { pipeline, seen } = await start((_request, response) => void response.end());
      await pipeline.answer(nativeRequest({ method, body: Buffer.from('{}') }));
      await pipeline.answer(nativeRequest({ method }));
      expect(seen.map(({ method: sent, body }) => [sent, body.toString()])).toEqual([
        [method, '{}'],
        [method, ''],
      ]);
    },
  );

  it('sends a stream with its length', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.writeHead(201).end());
    const answer = await pipeline.answer(
      nativeRequest({
        method: 'PUT',
        body: { stream: Readable.from([Buffer.from('ab'), Buffer.from('c')]), lengthBytes: 3 },
      }),
    );
    expect(answer.status).toBe(201);
    expect(seen[0]?.body.toString()).toBe('abc');
    expect(seen[0]?.headers).toContainEqual(['content-length', '3']);
  });
});

describe('If-Match on a write', () => {
  const patch = (headers: readonly (readonly [string, string])[], query: readonly (readonly [string, string])[] = []) =>
    nativeRequest({
      method: 'PATCH',
      path: '/entities/experiment:e1/properties',
      headers: [['x-api-key', 'app'], ...headers],
      query: [...query],
      body: Buffer.from('{}'),
    });
  const target = '/api/rest/v1.0/entities/experiment:e1/properties';

  it('becomes the digest that the upstream compares with, for a tag of the facade and for the digest alone', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    for (const tag of ['"41~0123456789abcdef"', '"41"', 'W/"41"', '41'])
      await pipeline.answer(patch([['if-match', tag]], [['a', 'b']]));
    expect(seen.map((one) => one.target)).toEqual([1, 2, 3, 4].map(() => `${target}?a=b&digest=41`));
    expect(seen.flatMap(({ headers }) => headers.map(([name]) => name))).not.toContain('if-match');
  });

  it('travels as it is where the request names a digest, asks for any version, or the operation takes none', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    await pipeline.answer(patch([['if-match', '"41"']], [['force', 'true']]));
    await pipeline.answer(patch([['if-match', '*']]));
    await pipeline.answer({ ...patch([['if-match', '"41"']]), method: 'POST', path: '/groups' });
    expect(seen.map((one) => one.target)).toEqual([`${target}?force=true`, target, '/api/rest/v1.0/groups']);
    for (const { headers } of nonEmpty(seen)) expect(headers.map(([name]) => name)).toContain('if-match');
  });

  it('is refused with several tags, before anything is sent', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    const several = [
      [['if-match', '"41", "42"']],
      [
        ['if-match', '"41"'],
        ['if-match', '"42"'],
      ],
    ] as const;
    for (const headers of nonEmpty(several)) {
      await expect(pipeline.answer(patch(headers))).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
        facts: { source: { header: 'if-match' } },
      });
    }
    expect(seen).toEqual([]);
  });
});
