/** An answer that arrived whole passes with any bytes. An answer that broke off does not pass. */
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryCacheStore } from '../../../shared/cache/adapters/memory.ts';
import { createAnswerCache } from '../../../shared/cache/answer-cache.ts';
import { createNativePlanner } from '../../../shared/cache/plan-native.ts';
import { type Headers, headerValue } from '../../../shared/http/headers.ts';
import { createMemoryIdempotencyStore } from '../../../shared/idempotency/adapters/memory.ts';
import { createIdempotency } from '../../../shared/idempotency/idempotency.ts';
import { systemClock } from '../../../shared/time/clock.ts';
import { createTestPipeline, nativeRequest } from '../../support/pipeline.ts';
import { startRawUpstream, startUpstream } from '../../support/upstream.ts';
import { base, bytesOf, failing } from './support.ts';

type Body = { readonly bytes: Buffer; readonly headers?: Headers; readonly type?: string };

/** A document with a link and digests of it; its upstream has no path on the facade. */
const linked = (url: string): string => `{"links":{"self":"${url}/api/rest/v1.0/entities/e1"}}`;
const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 5);

/** Bodies that claim to be JSON and are not; `url` is the upstream's own. */
const belied = (url: string): Readonly<Record<string, Body>> => {
  const text = Buffer.from(linked(url));
  const coded = (coding: string, bytes: Buffer): Body => ({ bytes, headers: [['content-encoding', coding]] });
  return {
    'plain text': { bytes: Buffer.from('OK') },
    'text with a link in braces': { bytes: Buffer.from(`see ${linked(url)}`) },
    'a lone line break': { bytes: Buffer.from('\n') },
    nothing: { bytes: Buffer.alloc(0) },
    'a byte order mark alone': { bytes: Buffer.from('\ufeff') },
    'a document that looks cut off': { bytes: cut(text) },
    NaN: { bytes: Buffer.from(`{"a":NaN,${linked(url).slice(1)}`) },
    'two documents': { bytes: Buffer.concat([text, Buffer.from('\n'), text]) },
    'bytes of any kind': { bytes: Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x22]) },
    'UTF-16': { bytes: Buffer.from(linked(url), 'utf16le') },
    'HTML under another JSON type': { bytes: Buffer.from('<html>'), type: 'application/problem+json; charset=x' },
    'a plain document declared as gzip': coded('gzip', text),
    'gzip that is cut off': coded('gzip', cut(zlib.gzipSync(text))),
    'gzip declared as br': coded('br', zlib.gzipSync(text)),
    'text declared as zstd': coded('zstd', Buffer.from('OK')),
    'nothing declared as gzip': coded('gzip', Buffer.alloc(0)),
    'gzip of text': coded('gzip', zlib.gzipSync(Buffer.from('OK'))),
    'a coding that nobody knows': coded('x-own', text),
    'two codings': coded('gzip, br', zlib.brotliCompressSync(zlib.gzipSync(text))),
  };
};
const names = Object.keys(belied(''));

/** The best quality, which is the default, takes seconds. */
const quickBrotli = (bytes: Buffer): Buffer =>
  zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } });

const digests = [
  ['digest', 'sha-256=AAA='],
  ['content-digest', 'sha-256=:AAA=:'],
  ['repr-digest', 'sha-256=:AAA=:'],
  ['unencoded-digest', 'sha-256=:AAA=:'],
  ['content-md5', 'AAA='],
  ['accept-ranges', 'bytes'],
] as const;

/** Reads from a real cache, writes under idempotency keys, in front of an upstream that answers with one body. */
const start = async (bodyAt: (url: string) => Body, { chunked = false } = {}) => {
  const upstream = await startUpstream((_request, response) => {
    const { bytes, headers = [], type = 'application/vnd.api+json' } = bodyAt(upstream.url);
    const length = chunked ? [] : [['content-length', String(bytes.length)] as const];
    const fields = [...(type === '' ? [] : [['content-type', type] as const]), ...headers, ...digests, ...length];
    response.writeHead(200, Object.fromEntries(fields));
    if (chunked) response.write(bytes.subarray(0, 1));
    response.end(chunked ? bytes.subarray(1) : bytes);
  });
  const store = createMemoryCacheStore(systemClock);
  const idempotency = createIdempotency({
    store: createMemoryIdempotencyStore(),
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    lifeHours: 24,
    onFailure: () => {},
    pause: async () => {},
  });
  const cache = createAnswerCache({ store, clock: systemClock, plan: createNativePlanner(store) });
  return { ...upstream, ...(await createTestPipeline(upstream.url, { cache, idempotency })) };
};

const write = (key: string) =>
  nativeRequest({
    method: 'POST',
    path: '/entities',
    body: Buffer.from('{}'),
    headers: [
      ['x-api-key', 'app'],
      ['idempotency-key', key],
    ],
  });

describe.each([
  ['with a length', false],
  ['in chunks', true],
])('an answer that arrived whole, %s,', (_framing, chunked) => {
  it.each(names)('passes unchanged where a write gets %s, and so does its replay', async (name) => {
    const { pipeline, url, seen } = await start((at) => belied(at)[name] as Body, { chunked });
    const { bytes, headers = [] } = belied(url)[name] as Body;
    const first = await pipeline.answer(write('k1'));
    const again = await pipeline.answer(write('k1'));
    for (const answer of [first, again]) {
      expect(answer.status).toBe(200);
      expect(await bytesOf(answer)).toEqual(bytes);
      expect(answer.headers).toEqual(expect.arrayContaining([...digests, ...headers]));
      expect(headerValue(answer.headers, 'content-length')).toBe(String(bytes.length));
    }
    expect(headerValue(again.headers, 'idempotency-replayed')).toBe('true');
    expect(seen).toHaveLength(1);
  });

  it.each(names)('passes unchanged where a read gets %s, and is not kept', async (name) => {
    const { pipeline, url, seen } = await start((at) => belied(at)[name] as Body, { chunked });
    const { bytes } = belied(url)[name] as Body;
    for (let read = 1; read <= 2; read += 1) {
      const answer = await pipeline.answer(nativeRequest());
      expect([answer.status, await bytesOf(answer)]).toEqual([200, bytes]);
      expect(seen).toHaveLength(read);
    }
  });
});

describe('a document that parses', () => {
  it.each([
    ['identity', (body: Buffer) => body, (body: Buffer) => body],
    ['gzip', zlib.gzipSync, zlib.gunzipSync],
  ])(
    'loses the fields about its bytes where its links were rewritten, and is kept (%s)',
    async (coding, encode, decode) => {
      const { pipeline, seen } = await start((at) => ({
        bytes: encode(Buffer.from(linked(at))),
        headers: [
          ['content-encoding', coding],
          ['etag', '"1"'],
          ['x-amz-checksum-sha256', 'AAA='],
          ['signature-input', 'a=("content-digest")'],
          ['signature', 'a=:AAA=:'],
        ],
      }));
      for (let read = 1; read <= 2; read += 1) {
        const answer = await pipeline.answer(nativeRequest());
        const bytes = await bytesOf(answer);
        expect(decode(bytes).toString()).toBe(`{"links":{"self":"${base}/entities/e1"}}`);
        const gone = [...digests.map(([name]) => name), 'x-amz-checksum-sha256', 'signature', 'signature-input'];
        expect(answer.headers.filter(([name]) => gone.includes(name))).toEqual([]);
        expect(headerValue(answer.headers, 'etag')).toBe('"1"');
        expect(headerValue(answer.headers, 'content-length')).toBe(String(bytes.length));
      }
      expect(seen).toHaveLength(1);
    },
  );

  it('keeps its bytes and the fields about them where it has no link', async () => {
    const bytes = zlib.gzipSync(Buffer.from('{"data":[]}'), { level: 1 });
    const { pipeline } = await start(() => ({ bytes, headers: [['content-encoding', 'gzip']] }));
    const answer = await pipeline.answer(nativeRequest());
    expect(await bytesOf(answer)).toEqual(bytes);
    expect(answer.headers).toEqual(expect.arrayContaining([...digests]));
  });

  it('has its links rewritten without a media type too, where text passes', async () => {
    const { pipeline } = await start((at) => ({ bytes: Buffer.from(linked(at)), type: '' }));
    expect((await bytesOf(await pipeline.answer(nativeRequest()))).toString()).toContain(`${base}/entities/e1`);
    const text = await start((at) => ({ bytes: Buffer.from(`see ${linked(at)}`), type: '' }));
    expect((await bytesOf(await text.pipeline.answer(nativeRequest()))).toString()).toBe(`see ${linked(text.url)}`);
  });
});

describe('an answer larger than is held back', () => {
  const large = Buffer.from(`"${'é'.repeat(700_000)}"`);

  it.each([
    ['text that claims to be JSON', (url: string): Body => ({ bytes: Buffer.from(`see ${linked(url)}${large}`) })],
    [
      'a document that is no gzip',
      (url: string): Body => ({
        bytes: Buffer.from(`[${linked(url)},${large}]`),
        headers: [['content-encoding', 'gzip']],
      }),
    ],
  ])('passes unchanged and is not kept: %s', async (_name, bodyAt) => {
    const { pipeline, url, seen } = await start(bodyAt);
    for (const request of [write('k1'), nativeRequest(), nativeRequest()])
      expect((await bytesOf(await pipeline.answer(request))).equals(bodyAt(url).bytes)).toBe(true);
    expect(seen).toHaveLength(3);
  });

  it.each([
    ['gzip', zlib.gzipSync, zlib.gunzipSync],
    ['br', quickBrotli, zlib.brotliDecompressSync],
    ['deflate', zlib.deflateSync, zlib.inflateSync],
    ['zstd', zlib.zstdCompressSync, zlib.zstdDecompressSync],
  ])('has its links rewritten in %s, however much it decodes to', async (coding, encode, decode) => {
    const noise = `"${'ab'.repeat(4_500_000)}"`;
    let body: Body = { bytes: Buffer.alloc(0) };
    const { pipeline, url } = await start(() => body);
    body = { bytes: encode(Buffer.from(`[${linked(url)},${noise}]`)), headers: [['content-encoding', coding]] };
    const answer = await pipeline.answer(write('k1'));
    expect(answer.body).toBeInstanceOf(Readable);
    expect(headerValue(answer.headers, 'content-digest')).toBeUndefined();
    expect(decode(await bytesOf(answer)).toString()).toBe(`[{"links":{"self":"${base}/entities/e1"}},${noise}]`);
  });
});

describe('any bytes that claim to be JSON', () => {
  it('reach the caller unchanged, or with nothing changed but links', async () => {
    let body: Body = { bytes: Buffer.alloc(0) };
    const { pipeline } = await start(() => body);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 50 }), fc.json().map(Buffer.from)),
        fc.constantFrom('identity', 'gzip', 'br', 'deflate', 'zstd', 'x-own'),
        async (bytes, coding) => {
          body = { bytes: Buffer.from(bytes), headers: [['content-encoding', coding]] };
          expect(await bytesOf(await pipeline.answer(nativeRequest({ method: 'PATCH' })))).toEqual(body.bytes);
        },
      ),
    );
  });
});

describe('an answer that broke off', () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
  it.each([
    ['before its announced length', `${head}content-length: 100\r\n\r\n{"data":[]}`],
    ['before any of it', `${head}content-length: 100\r\n\r\n`],
    ['before its last chunk', `${head}transfer-encoding: chunked\r\n\r\nb\r\n{"data":[]}\r\n`],
    ['within a chunk', `${head}transfer-encoding: chunked\r\n\r\nff\r\n{"data":[]}\r\n`],
  ])('is no answer: %s', async (_name, bytes) => {
    const { pipeline } = await createTestPipeline(await startRawUpstream(bytes));
    const error = await failing(pipeline.answer(nativeRequest({ method: 'POST', path: '/entities' })));
    expect([error.code, error.facts.sent]).toEqual(['UPSTREAM_UNREADABLE', undefined]);
  });

  it('is a whole one where the end of the connection is its end (RFC 9112, 8)', async () => {
    const { pipeline } = await createTestPipeline(await startRawUpstream(`${head}connection: close\r\n\r\n{"data":`));
    const answer = await pipeline.answer(nativeRequest({ method: 'POST', path: '/entities' }));
    expect([answer.status, (await bytesOf(answer)).toString()]).toEqual([200, '{"data":']);
  });
});
