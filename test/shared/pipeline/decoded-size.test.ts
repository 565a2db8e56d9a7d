/** A few bytes of the upstream that unpack to very many occupy neither the memory nor the time of a function. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rewriteDocument } from '../../../shared/pipeline/answer-body.ts';
import { createSignalsFeed } from '../../../shared/signals/cache/feed.ts';
import { isFull, sized } from '../../support/test-size.ts';

const mebibyte = 1_048_576;
/** More than is decoded at once. */
const mostBytes = 10 * mebibyte;
/** Of a stream: it is never decoded at once. */
const mostStreamedBytes = sized(10, 1) * mebibyte;
const target = {
  upstreamOrigin: 'https://snb.example.com',
  upstreamBasePath: '/api/rest/v1.0',
  facadeBase: 'https://facade.example.com/api/rest/v1.0',
};
const linked = (filler: string): Buffer =>
  Buffer.from(`{"links":{"self":"https://snb.example.com/api/rest/v1.0/x"},"data":"${filler}"}`);

const codecs = {
  gzip: [zlib.gzipSync, zlib.gunzipSync],
  deflate: [zlib.deflateSync, zlib.inflateSync],
  br: [(bytes: Buffer) => zlib.brotliCompressSync(bytes, fast), zlib.brotliDecompressSync],
  zstd: [zlib.zstdCompressSync, zlib.zstdDecompressSync],
} as const;
const fast = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } };
const codings = Object.keys(codecs) as (keyof typeof codecs)[];

const rewrite = (body: Uint8Array | Readable, coding: string, isChecked = false, most = mostBytes) =>
  rewriteDocument(body, coding, target, isChecked, most);
const rewriteStream = (bytes: Buffer, coding: string) =>
  rewrite(Readable.from([bytes]), coding, false, mostStreamedBytes);
const bytesOf = async (body: Uint8Array | Readable): Promise<Buffer> =>
  body instanceof Uint8Array ? Buffer.from(body) : buffer(body);

describe.each(codings)('a document in %s', (coding) => {
  const [encode, decode] = codecs[coding];
  const within = linked(' '.repeat(mostBytes - 1_000));
  const beyond = linked(' '.repeat(mostBytes));

  // Ten megabytes that are rewritten take a second of the processor.
  it.runIf(isFull || coding === 'gzip')('that unpacks to the bound has its links rewritten', async () => {
    const { body, isChanged } = await rewrite(encode(within), coding);
    expect(isChanged).toBe(true);
    expect(decode(await bytesOf(body)).toString('utf8', 0, 60)).toContain('https://facade.example.com/');
  });

  it.each([false, true])('that unpacks to more passes as it came (looked at before: %s)', async (isChecked) => {
    const bomb = encode(beyond);
    expect(bomb.byteLength).toBeLessThan(65_536);
    expect(await rewrite(bomb, coding, isChecked)).toEqual({ body: bomb, isChanged: false });
    // What came as a stream, and was short.
    const { body, isChanged } = await rewrite(Readable.from([bomb]), coding);
    expect([isChanged, bomb.equals(await bytesOf(body))]).toEqual([false, true]);
  });

  it('that streams breaks off where it unpacks to more', async () => {
    const noise = randomBytes(200_000).toString('hex');
    const bomb = encode(linked(noise + ' '.repeat(mostStreamedBytes)));
    const { body, isChanged } = await rewriteStream(bomb, coding);
    expect(isChanged).toBe(true);
    await expect(bytesOf(body)).rejects.toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
    const sound = encode(linked(noise + ' '.repeat(mostStreamedBytes / 2)));
    const rewritten = await rewriteStream(sound, coding);
    expect(decode(await bytesOf(rewritten.body)).toString('utf8', 0, 60)).toContain('https://facade.example.com/');
  });
});

it('a listing of changes that nests beyond all measure is unreadable', async () => {
  const body = Buffer.from(`{"data":${'['.repeat(1_000)}${']'.repeat(1_000)}}`);
  const feed = createSignalsFeed(async () => ({ status: 200, headers: [], body }));
  const query = { sinceMillis: 0, types: undefined, trashed: false, offset: 0, limit: 100 };
  await expect(feed.list(query)).rejects.toMatchObject({ code: 'UPSTREAM_UNREADABLE' });
});
