import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { headerValue } from '../../../shared/http/headers.ts';
import { nativeRequest } from '../../support/pipeline.ts';

import { base, bytesOf, failing, jsonApi, start } from './support.ts';

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
        'x-acting-as': 'of-the-upstream',
        'content-disposition': 'inline; filename="a b.txt"',
        connection: 'close, x-hop',
        'x-hop': '1',
      });
      response.end('x');
    });
    const { headers } = await pipeline.answer(nativeRequest());
    const names = headers.map(([name]) => name);
    expect(names.filter((name) => name !== 'date' && name !== 'transfer-encoding')).toEqual([
      'content-disposition',
      'x-acting-as',
      'cache-status',
    ]);
    expect(headers).toContainEqual(['x-acting-as', 'service']);
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
