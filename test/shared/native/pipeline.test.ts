import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import zlib from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { createCatalogue } from '../../../shared/catalogue/catalogue.ts';
import { hashKey } from '../../../shared/consumers/consumer.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NativeAnswer } from '../../../shared/native/exchange.ts';
import { headerValue } from '../../../shared/upstream/upstream.ts';
import { createTestPipeline, nativeRequest, publicUrl, upstreamSecret } from '../../support/pipeline.ts';
import { type Answering, startRawUpstream, startUpstream } from '../../support/upstream.ts';

const jsonApi = { 'content-type': 'application/vnd.api+json' };
const base = `${publicUrl}/api/rest/v1.0`;

const bytesOf = async ({ body }: NativeAnswer): Promise<Buffer> => {
  if (body === undefined) return Buffer.alloc(0);
  return body instanceof Uint8Array ? Buffer.from(body) : buffer(body);
};

const start = async (answering: Answering) => {
  const upstream = await startUpstream(answering);
  return { ...upstream, ...(await createTestPipeline(upstream.url)) };
};

const failing = async (promise: Promise<unknown>): Promise<AppError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error;
  throw new Error(`Expected an AppError, got ${String(error)}`);
};

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
          ['x-custom', 'kept'],
          ['x-custom', 'twice'],
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
      'x-custom': 'twice',
      'accept-encoding': 'gzip;q=0.5, br',
      host: expect.stringMatching(/^127\.0\.0\.1:/),
      connection: 'keep-alive',
    });
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

describe('what comes back', () => {
  it('rewrites links, keeps every other byte, and says the length of the new body', async () => {
    const { pipeline, url } = await start((request, response) => {
      const link = `http://${request.headers.find(([name]) => name === 'host')?.[1]}/api/rest/v1.0/entities/e1?page[offset]=0`;
      response.writeHead(200, { ...jsonApi, etag: '"1"' });
      response.end(`{"links" : {"self":"${link}"}, "data":{"attributes":{"name":"${link}","n":1.50}}}`);
    });
    const answer = await pipeline.answer(nativeRequest());
    const text = (await bytesOf(answer)).toString();
    expect(text).toBe(
      `{"links" : {"self":"${base}/entities/e1?page[offset]=0"}, "data":{"attributes":{"name":"${url}/api/rest/v1.0/entities/e1?page[offset]=0","n":1.50}}}`,
    );
    expect(headerValue(answer.headers, 'content-length')).toBe(String(Buffer.byteLength(text)));
    expect(headerValue(answer.headers, 'etag')).toBe('"1"');
    expect(headerValue(answer.headers, 'cache-status')).toBe('signals-facade; fwd=bypass');
  });

  it.each(['gzip', 'br', 'deflate', 'zstd'] as const)('rewrites links inside %s and answers in it', async (coding) => {
    const codecs = {
      gzip: [zlib.gzipSync, zlib.gunzipSync],
      br: [zlib.brotliCompressSync, zlib.brotliDecompressSync],
      deflate: [zlib.deflateSync, zlib.inflateSync],
      zstd: [zlib.zstdCompressSync, zlib.zstdDecompressSync],
    } as const;
    const [encode, decode] = codecs[coding];
    const { pipeline } = await start((request, response) => {
      const host = request.headers.find(([name]) => name === 'host')?.[1];
      response.writeHead(200, { ...jsonApi, 'content-encoding': coding });
      response.end(encode(Buffer.from(`{"links":{"self":"http://${host}/api/rest/v1.0/x"}}`)));
    });
    const answer = await pipeline.answer(nativeRequest());
    expect(headerValue(answer.headers, 'content-encoding')).toBe(coding);
    expect(decode(await bytesOf(answer)).toString()).toBe(`{"links":{"self":"${base}/x"}}`);
  });

  it('rewrites a document larger than is held back, as a stream', async () => {
    const { pipeline } = await start((request, response) => {
      const host = request.headers.find(([name]) => name === 'host')?.[1];
      const item = `{"id":"1","links":{"self":"http://${host}/api/rest/v1.0/x"}}`;
      response.writeHead(200, jsonApi).end(`{"data":[${Array.from({ length: 40_000 }, () => item).join(',')}]}`);
    });
    const answer = await pipeline.answer(nativeRequest());
    expect(answer.body).toBeInstanceOf(Readable);
    const text = (await bytesOf(answer)).toString();
    expect(text.split(`"${base}/x"`)).toHaveLength(40_001);
    expect(headerValue(answer.headers, 'content-length')).toBeUndefined();
  });

  it("never touches somebody's file, even one that is JSON with links", async () => {
    const body = '{"links":{"self":"UPSTREAM/api/rest/v1.0/x"}}';
    const { pipeline, url } = await start((request, response) => {
      const attachment = request.target.includes('attachment')
        ? { 'content-disposition': 'attachment; filename="a.json"' }
        : {};
      response.writeHead(200, { 'content-type': 'application/json', ...attachment });
      response.end(body.replace('UPSTREAM', url));
    });
    const exported = await pipeline.answer(nativeRequest({ path: '/entities/e1/export' }));
    const attached = await pipeline.answer(nativeRequest({ path: '/entities/e1/x', query: [['attachment', '']] }));
    for (const answer of [exported, attached])
      expect((await bytesOf(answer)).toString()).toBe(body.replace('UPSTREAM', url));
  });

  it.each([200, 201, 202, 204, 304, 400, 403, 404, 409, 428, 430, 445, 456, 469, 479])(
    'passes status %i',
    async (status) => {
      const { pipeline } = await start((_request, response) => {
        response.writeHead(status, status === 204 || status === 304 ? {} : jsonApi);
        response.end(status === 204 || status === 304 ? undefined : '{"errors":[]}');
      });
      const answer = await pipeline.answer(nativeRequest({ method: 'PATCH' }));
      expect(answer.status).toBe(status);
      expect((await bytesOf(answer)).toString()).toBe(status === 204 || status === 304 ? '' : '{"errors":[]}');
    },
  );

  it('keeps the length that HEAD tells of a file, zero included', async () => {
    const { pipeline } = await start((request, response) => {
      response
        .writeHead(200, {
          'content-type': 'application/pdf',
          'content-length': request.target.endsWith('busy') ? 0 : 1234,
        })
        .end();
    });
    const ready = await pipeline.answer(nativeRequest({ method: 'HEAD', path: '/entities/export/pdf/done' }));
    const busy = await pipeline.answer(nativeRequest({ method: 'HEAD', path: '/entities/export/pdf/busy' }));
    expect([headerValue(ready.headers, 'content-length'), headerValue(busy.headers, 'content-length')]).toEqual([
      '1234',
      '0',
    ]);
  });

  it('keeps the zero length of a busy export that names a JSON type', async () => {
    const { pipeline } = await start(
      (_request, response) => void response.writeHead(200, { ...jsonApi, 'content-length': 0 }).end(),
    );
    const busy = await pipeline.answer(nativeRequest({ method: 'HEAD', path: '/entities/export/pdf/busy' }));
    expect(headerValue(busy.headers, 'content-length')).toBe('0');
  });

  it('takes JSON with a byte order mark, and an empty body that names a coding', async () => {
    const { pipeline } = await start((request, response) => {
      if (request.target.endsWith('empty'))
        response.writeHead(400, { ...jsonApi, 'content-encoding': 'gzip', 'content-length': 0 }).end();
      else response.writeHead(200, jsonApi).end('\ufeff{}');
    });
    expect((await bytesOf(await pipeline.answer(nativeRequest({ path: '/mark' })))).toString()).toBe('\ufeff{}');
    expect((await pipeline.answer(nativeRequest({ path: '/empty' }))).status).toBe(400);
  });

  it('asks for whole documents, and passes ranges of files', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    const headers = [
      ['x-api-key', 'app'],
      ['range', 'bytes=0-9'],
    ] as const;
    await pipeline.answer(nativeRequest({ headers }));
    await pipeline.answer(nativeRequest({ headers, path: '/entities/e1/export' }));
    expect(seen.map((request) => request.headers.some(([name]) => name === 'range'))).toEqual([false, true]);
  });

  it('drops what binds the caller to the upstream: sessions and host policies', async () => {
    const { pipeline } = await start((_request, response) => {
      response.writeHead(200, {
        'set-cookie': 'JSESSIONID=of-the-service',
        'strict-transport-security': 'max-age=1',
        'alt-svc': 'h3=":443"',
        'content-security-policy': "default-src 'self'",
        refresh: '0; url=https://snb.example.com/',
        'access-control-allow-origin': 'https://snb.example.com',
        'x-request-id': 'of-the-upstream',
        'content-disposition': 'inline; filename="a b.txt"',
        connection: 'close, x-hop',
        'x-hop': '1',
      });
      response.end('x');
    });
    const names = (await pipeline.answer(nativeRequest())).headers.map(([name]) => name);
    expect(names.filter((name) => name !== 'date' && name !== 'transfer-encoding')).toEqual([
      'content-disposition',
      'cache-status',
    ]);
  });

  it('points Location and Link at the facade and leaves out what has no place there', async () => {
    const { pipeline, url } = await start((request, response) => {
      const location = request.target.endsWith('inside')
        ? `${url}/api/rest/v1.0/entities/new`
        : `${url}/elements/entity/new`;
      response.writeHead(201, { location, link: `<${url}/api/rest/v1.0/x>; rel="next"` }).end();
    });
    const inside = await pipeline.answer(nativeRequest({ method: 'POST', path: '/inside' }));
    expect(headerValue(inside.headers, 'location')).toBe(`${base}/entities/new`);
    expect(headerValue(inside.headers, 'link')).toBe(`<${base}/x>; rel="next"`);
    const outside = await pipeline.answer(nativeRequest({ method: 'POST', path: '/outside' }));
    expect(headerValue(outside.headers, 'location')).toBeUndefined();
  });

  it('resolves a relative Location against what was asked', async () => {
    const { pipeline } = await start(
      (_request, response) => void response.writeHead(201, { location: 'new?x=1' }).end(),
    );
    const answer = await pipeline.answer(nativeRequest({ method: 'POST', path: '/entities/e1/children' }));
    expect(headerValue(answer.headers, 'location')).toBe(`${base}/entities/e1/new?x=1`);
  });

  it('refuses a redirect to another host and rewrites one to the API itself', async () => {
    const { pipeline } = await start((request, response) => {
      const location = request.target.endsWith('away') ? 'https://files.example.net/x' : '/api/rest/v1.0/entities/e2';
      response.writeHead(302, { location }).end();
    });
    expect((await failing(pipeline.answer(nativeRequest({ path: '/away' })))).code).toBe('UPSTREAM_UNREADABLE');
    const inside = await pipeline.answer(nativeRequest({ path: '/inside' }));
    expect([inside.status, headerValue(inside.headers, 'location')]).toEqual([302, `${base}/entities/e2`]);
  });
});

describe('who may', () => {
  it.each([
    ['no key', []],
    ['an unknown key', [['x-api-key', 'nobody']]],
    ['an empty key', [['x-api-key', '']]],
    [
      'two keys',
      [
        ['x-api-key', 'app'],
        ['x-api-key', 'reader'],
      ],
    ],
  ] as const)('refuses %s before anything is sent', async (_name, headers) => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    expect((await failing(pipeline.answer(nativeRequest({ headers })))).code).toBe('CONSUMER_UNKNOWN');
    expect(seen).toHaveLength(0);
  });

  it('lets a reader read, search and poll, and refuses writes with the scope that is missing', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    const asReader = (method: string, path: string) =>
      pipeline.answer(nativeRequest({ method, path, headers: [['x-api-key', 'reader']] }));
    await asReader('GET', '/entities');
    await asReader('POST', '/entities/search');
    await asReader('HEAD', '/entities/export/pdf/f1');
    const refused = await failing(asReader('PATCH', '/entities/e1/properties'));
    expect([refused.code, refused.facts.detail]).toEqual(['SCOPE_MISSING', expect.stringContaining('entities:write')]);
    expect((await failing(asReader('DELETE', '/entities/e1'))).code).toBe('SCOPE_MISSING');
    expect((await failing(asReader('PUT', '/entities/export/pdf'))).code).toBe('SCOPE_MISSING');
    expect((await failing(asReader('POST', '/brand/new'))).code).toBe('SCOPE_MISSING');
    expect(seen).toHaveLength(3);
  });
});

describe('a path that an upstream may read as another operation', () => {
  const asWriter = async (pipeline: Awaited<ReturnType<typeof start>>['pipeline'], method: string, path: string) =>
    pipeline.answer(nativeRequest({ method, path, headers: [['x-api-key', 'writer']] }));

  it.each([
    ['POST', '/entities/export/bulk;'],
    ['POST', '/entities/export/bulk%20'],
    ['POST', '/entities/export/bulk%00'],
    ['POST', '/Entities/export/bulk'],
    ['POST', '/entities%2Fexport%2Fbulk'],
    ['PUT', '/entities/export;x=1/pdf'],
  ])('%s %s needs the scope of that one too', async (method, path) => {
    const { pipeline, registry, seen } = await start((_request, response) => void response.end());
    await registry.save({ id: 'writer', scopes: ['*:write'], state: 'active' }, hashKey('writer'));
    expect((await failing(asWriter(pipeline, method, path))).facts.detail).toContain('entities:export');
    expect(seen).toHaveLength(0);
  });

  it('cannot be cut short by a raw # or ?', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    await pipeline.answer(nativeRequest({ method: 'POST', path: '/hierarchicalTables/e/tables/t#/rows/search?x' }));
    expect(seen[0]?.target).toBe('/api/rest/v1.0/hierarchicalTables/e/tables/t%23/rows/search%3Fx');
  });
});

describe('when the upstream fails', () => {
  it('repeats a read after 503 and after a broken connection, and answers with what comes then', async () => {
    const { pipeline, seen } = await start((_request, response, count) => {
      if (count === 1) response.writeHead(503, jsonApi).end('{}');
      else if (count === 2) response.destroy();
      else response.end('ok');
    });
    const answer = await pipeline.answer(nativeRequest());
    expect([answer.status, (await bytesOf(answer)).toString(), seen.length]).toEqual([200, 'ok', 3]);
  });

  it('gives up after three tries with the last native answer', async () => {
    const { pipeline, seen } = await start(
      (_request, response) => void response.writeHead(502, jsonApi).end('{"errors":[]}'),
    );
    const answer = await pipeline.answer(nativeRequest());
    expect([answer.status, seen.length]).toEqual([502, 3]);
  });

  it.each([
    ['POST', '/entities'],
    ['PATCH', '/entities/e1/properties'],
    ['DELETE', '/entities/e1'],
    ['POST', '/entities/export/bulk'],
    ['GET', '/entities/export/bulk/j1/contents'],
  ])('never repeats %s %s', async (method, path) => {
    const { pipeline, seen } = await start((_request, response) => void response.writeHead(503, jsonApi).end('{}'));
    expect((await pipeline.answer(nativeRequest({ method, path }))).status).toBe(503);
    expect(seen).toHaveLength(1);
  });

  it('repeats a 429 only when told when, and soon', async () => {
    const { pipeline, seen } = await start((request, response) => {
      const retryAfter = { soon: '0', late: '3600' }[request.target.split('/').at(-1) as string];
      response.writeHead(429, { ...jsonApi, ...(retryAfter ? { 'retry-after': retryAfter } : {}) }).end('{}');
    });
    const triesOf = async (path: string): Promise<number> => {
      const before = seen.length;
      expect((await pipeline.answer(nativeRequest({ path }))).status).toBe(429);
      return seen.length - before;
    };
    expect([await triesOf('/entities/none'), await triesOf('/entities/late'), await triesOf('/entities/soon')]).toEqual(
      [1, 1, 3],
    );
  });

  it('asks the quota before every send, repeated ones included', async () => {
    const upstream = await startUpstream((_request, response) => void response.writeHead(503, jsonApi).end('{}'));
    const admit = vi.fn(async () => {});
    const { pipeline } = await createTestPipeline(upstream.url, { quota: { admit } });
    await pipeline.answer(nativeRequest());
    expect([admit.mock.calls.length, upstream.seen.length]).toEqual([3, 3]);
  });

  it('names a silent upstream UPSTREAM_LATE', async () => {
    const { pipeline } = await start(() => {});
    expect((await failing(pipeline.answer(nativeRequest()))).code).toBe('UPSTREAM_LATE');
  });

  it('names a closed port UPSTREAM_UNREACHABLE and shows no host', async () => {
    const { pipeline } = await createTestPipeline('http://127.0.0.1:1');
    const error = await failing(pipeline.answer(nativeRequest()));
    expect(error.code).toBe('UPSTREAM_UNREACHABLE');
    expect(JSON.stringify(error.facts.detail)).not.toContain('127.0.0.1');
  });

  it.each([
    ['what is not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    [
      'a document that breaks off',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"data":',
    ],
    ['JSON that is none', 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 8\r\n\r\n{"data":'],
    [
      'gzip that is none',
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nnope',
    ],
  ])('names %s UPSTREAM_UNREADABLE', async (_name, bytes) => {
    const { pipeline } = await createTestPipeline(await startRawUpstream(bytes));
    expect((await failing(pipeline.answer(nativeRequest()))).code).toBe('UPSTREAM_UNREADABLE');
  });

  it.each([
    [502, 'UPSTREAM_UNREADABLE'],
    [503, 'UPSTREAM_UNREACHABLE'],
    [504, 'UPSTREAM_LATE'],
  ])('turns an HTML %i of something in between into %s', async (status, code) => {
    const { pipeline } = await start(
      (_request, response) =>
        void response.writeHead(status, { 'content-type': 'text/html' }).end('<html>snb.example.com</html>'),
    );
    expect((await failing(pipeline.answer(nativeRequest({ method: 'POST' })))).code).toBe(code);
  });

  it.each([500, 501, 507])('passes a %i that is not JSON, as it came', async (status) => {
    const { pipeline } = await start(
      (_request, response) => void response.writeHead(status, { 'content-type': 'text/plain' }).end('no'),
    );
    const answer = await pipeline.answer(nativeRequest());
    expect([answer.status, (await bytesOf(answer)).toString()]).toEqual([status, 'no']);
  });

  it.each([
    ['JSON that is none', 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 8\r\n\r\n{"data":'],
    ['a redirect elsewhere', 'HTTP/1.1 302 Found\r\nlocation: https://a.example/\r\ncontent-length: 0\r\n\r\n'],
  ])('does not spend quota again on %s', async (_name, bytes) => {
    const admit = vi.fn(async () => {});
    const { pipeline } = await createTestPipeline(await startRawUpstream(bytes), { quota: { admit } });
    await failing(pipeline.answer(nativeRequest()));
    expect(admit).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a date far ahead', () => new Date(Date.now() + 3_600_000).toUTCString(), 1],
    ['a fraction, which is no form of it', () => '1.5', 3],
    ['a negative number, which is no form of it', () => '-1', 3],
  ])('reads Retry-After as %s', async (_name, value, tries) => {
    const { pipeline, seen } = await start(
      (_request, response) =>
        void response.writeHead(503, { 'content-type': 'text/html', 'retry-after': value() }).end('<html>'),
    );
    const error = await failing(pipeline.answer(nativeRequest()));
    expect(seen).toHaveLength(tries);
    expect((error.facts.retryAfterSeconds ?? 0) > 3_500).toBe(tries === 1);
  });

  it('settles when the upstream switches protocols', async () => {
    const { pipeline } = await createTestPipeline(
      await startRawUpstream('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    );
    expect((await failing(pipeline.answer(nativeRequest({ method: 'POST' })))).code).toBe('UPSTREAM_UNREADABLE');
  });

  it('waits for the first byte only once the body has been sent', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.writeHead(201).end());
    const slowly = Readable.from(
      (async function* () {
        for (let part = 0; part < 30; part += 1) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          yield Buffer.from('x');
        }
      })(),
    );
    const body = { stream: slowly, lengthBytes: 30 };
    expect((await pipeline.answer(nativeRequest({ method: 'PUT', body }))).status).toBe(201); // takes 1.5 s, against 1 s
    expect(seen[0]?.body.toString()).toBe('x'.repeat(30));
  });

  it('stops sending when the answer came early, and lets go of the body', async () => {
    const { pipeline } = await createTestPipeline(
      await startRawUpstream('HTTP/1.1 428 Precondition Required\r\ncontent-length: 0\r\n\r\n'),
    );
    const endless = new Readable({ read: () => {} });
    endless.push(Buffer.alloc(10));
    const answer = await pipeline.answer(
      nativeRequest({ method: 'PUT', body: { stream: endless, lengthBytes: 1_000 } }),
    );
    expect(answer.status).toBe(428);
    await bytesOf(answer);
    await vi.waitFor(() => expect(endless.destroyed).toBe(true));
  });

  it('does not blame the upstream for a slow caller, and breaks off when the upstream itself falls silent', async () => {
    const { pipeline } = await start((request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': 2_000_000 });
      response.write(Buffer.alloc(1_999_999));
      if (request.target.includes('whole')) response.end(Buffer.alloc(1));
    });
    const slow = await pipeline.answer(nativeRequest({ path: '/entities/whole/export' }));
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // three times the longest silence
    expect((await bytesOf(slow)).length).toBe(2_000_000);
    await expect(
      bytesOf(await pipeline.answer(nativeRequest({ path: '/entities/half/export' }))),
    ).rejects.toMatchObject({
      code: 'UPSTREAM_LATE',
    });
  });

  it('breaks off the stream of a file that breaks off', async () => {
    const { pipeline } = await start((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': 100_000 });
      response.write(Buffer.alloc(50_000), () => response.destroy());
    });
    const answer = await pipeline.answer(nativeRequest({ path: '/entities/e1/export' }));
    await expect(bytesOf(answer)).rejects.toThrow();
  });

  it("tells the caller that the facade's own credential was refused, and uses a new one at once", async () => {
    const { pipeline, vault } = await start((request, response) => {
      const isNew = request.headers.some(([name, value]) => name === 'x-api-key' && value === 'renewed');
      response.writeHead(isNew ? 200 : 401, jsonApi).end('{}');
    });
    expect((await failing(pipeline.answer(nativeRequest()))).code).toBe('CREDENTIAL_UNAVAILABLE');
    await vault.write('signals', 'renewed');
    expect((await pipeline.answer(nativeRequest())).status).toBe(200);
  });

  it('answers in time when there is no time left', async () => {
    const { pipeline, seen } = await start((_request, response) => void response.end());
    expect((await failing(pipeline.answer(nativeRequest({ deadlineMillis: Date.now() + 500 })))).code).toBe(
      'UPSTREAM_LATE',
    );
    expect(seen).toHaveLength(0);
  });
});

describe('a second upstream', () => {
  it('needs no more than a table: another base path, authentication and no links', async () => {
    const other = await startUpstream(
      (_request, response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end('{"links":{"self":"x"}}'),
    );
    const { pipeline } = await createTestPipeline(other.url, {
      upstream: {
        name: 'signals',
        origin: other.url,
        basePath: '/api',
        catalogue: createCatalogue([]),
        authenticate: (secret: string) => ['authorization', `JWT ${secret}`],
        credentialHeaders: ['x-api-key', 'authorization'],
        hasLinks: false,
      },
    });
    await pipeline.answer(nativeRequest({ path: '/experiments/MQ%3D%3D' }));
    expect(other.seen[0]?.target).toBe('/api/experiments/MQ%3D%3D');
    expect(other.seen[0]?.headers).toContainEqual(['authorization', `JWT ${upstreamSecret}`]);
  });
});
