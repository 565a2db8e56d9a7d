import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codingsOf } from '../../../shared/http/content-codings.ts';
import { patternOf } from '../../../shared/secrets/secret-pattern.ts';
import { createSecretFilter } from '../../../shared/secrets/secret-stream.ts';
import { nonEmpty } from '../../support/non-empty.ts';
import { isFull, sized } from '../../support/test-size.ts';
import { secret, spelling } from './spelled.ts';

const numRuns = sized(1_500, 60);

const encoders: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: (body) => zlib.gzipSync(body),
  'x-gzip': (body) => zlib.gzipSync(body, { level: 0 }),
  deflate: (body) => zlib.deflateSync(body),
  br: (body) => zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } }),
  zstd: (body) => zlib.zstdCompressSync(body),
  ZSTD: (body) => zlib.zstdCompressSync(body, { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } }),
  identity: (body) => body,
};
/** What a client makes of the beginning of a body. */
const partDecoders: Readonly<Record<string, (part: Buffer) => Buffer>> = {
  gzip: (part) => zlib.gunzipSync(part, { finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  deflate: (part) => zlib.inflateSync(part, { finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  br: (part) => zlib.brotliDecompressSync(part, { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }),
  zstd: (part) => zlib.zstdDecompressSync(part, { finishFlush: zlib.constants.ZSTD_e_flush }),
};
const decodePart = (coding: string, part: Buffer): Buffer => {
  const decode = partDecoders[coding.toLowerCase().replace('x-', '')];
  return decode && part.length > 0 ? decode(part) : part;
};

const encode = (codings: readonly string[], body: Buffer): Buffer =>
  codings.reduce((encoded, coding) => (encoders[coding] as (one: Buffer) => Buffer)(encoded), body);

const chunksOf = (body: Buffer, sizes: readonly number[]): Buffer[] => {
  const chunks: Buffer[] = [];
  for (let start = 0, index = 0; start < body.length; index += 1) {
    const size = sizes[index % sizes.length] as number;
    chunks.push(body.subarray(start, start + size));
    start += size;
  }
  return chunks;
};

type Passed = { readonly bytes: Buffer; readonly failure: string | undefined };

const passThrough = async (chunks: readonly Buffer[], one: string, codings: readonly string[]): Promise<Passed> => {
  const decoders = codingsOf(codings.join(', '))
    .toReversed()
    .map(({ decode }) => decode());
  const filter = createSecretFilter(patternOf(one), (why) => new Error(why), decoders);
  const passed: Buffer[] = [];
  try {
    for await (const chunk of pipeline(Readable.from(chunks, { objectMode: false }), filter, () => {})) {
      passed.push(chunk as Buffer);
    }
    return { bytes: Buffer.concat(passed), failure: undefined };
  } catch (error) {
    return { bytes: Buffer.concat(passed), failure: (error as Error).message };
  }
};

/** Text that compresses, or bytes that do not. */
const filler = fc.oneof(
  fc.uint8Array({ maxLength: 20_000 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.string(), fc.nat({ max: 3_000 }))
    .map(([text, times]) => Buffer.from(text.repeat(times)).subarray(0, 200_000)),
);
const sizes = fc.oneof(
  fc.constant([65_536]),
  fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 5 }),
  fc.array(fc.integer({ min: 40, max: 90 }), { minLength: 1, maxLength: 3 }),
);
const codings = fc.oneof(
  fc.constantFrom(...Object.keys(encoders)).map((coding) => [coding]),
  fc.constant([]),
  fc.constantFrom(['gzip', 'br'], ['zstd', 'gzip']),
);

describe('a stream', () => {
  it('is cut before a secret, in any spelling, chunks and content coding', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({ secret, spelling, before: filler, after: filler, sizes, codings }),
        async ({ secret: one, spelling: spell, before, after, sizes: wanted, codings: used }) => {
          fc.pre(!patternOf(one).isIn(before.toString('latin1')));
          const body = encode(used, Buffer.concat([before, spell(one).bytes, after]));
          const { bytes, failure } = await passThrough(chunksOf(body, wanted), one, used);
          expect(failure).toBe('shown');
          if (used.length > 1) expect(bytes.length).toBe(0);
          else expect(decodePart(used[0] ?? 'identity', bytes).length).toBeLessThanOrEqual(before.length);
        },
      ),
      { numRuns },
    ));

  it('without the secret passes to the byte, one that breaks its coding too', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({ secret, body: filler, sizes, codings, isBroken: fc.boolean(), cut: fc.nat({ max: 30 }) }),
        async ({ secret: one, body, sizes: wanted, codings: used, isBroken, cut }) => {
          fc.pre(!patternOf(one).isIn(body.toString('latin1')));
          const encoded = isBroken ? body : encode(used, body);
          const sent = encoded.subarray(0, Math.max(0, encoded.length - cut));
          const { bytes, failure } = await passThrough(chunksOf(sent, wanted), one, used);
          expect([failure, bytes.equals(sent)]).toEqual([undefined, true]);
        },
      ),
      { numRuns },
    ));

  it('that shows the secret under a coding that it is not in is cut', async () => {
    const body = Buffer.from(`${'x'.repeat(200_000)}the-secret-itself`);
    for (const coding of ['gzip', 'br', 'deflate', 'zstd']) {
      const { bytes, failure } = await passThrough(chunksOf(body, [10_000]), 'the-secret-itself', [coding]);
      expect(failure).toBe('shown');
      expect(bytes.length).toBeLessThanOrEqual(200_000);
    }
  });

  it('in several codings waits for its end, and is refused when it is too large for that', async () => {
    const random = Buffer.alloc(9_000_000);
    for (let at = 0; at < random.length; at += 4) random.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
    const body = zlib.gzipSync(zlib.gzipSync(random, { level: 0 }), { level: 0 });
    const { bytes, failure } = await passThrough(chunksOf(body, [65_536]), 'the-secret-itself', ['gzip', 'gzip']);
    expect([failure, bytes.length]).toEqual(['unchecked', 0]);
  });

  it('is cut before a secret in what clients take for the coding, chunk by chunk', async () => {
    const body = Buffer.from(`${'x'.repeat(3_000)}the-secret-itself`);
    const [first, second] = [body.subarray(0, 1_000), body.subarray(1_000)];
    const skipped = Buffer.from('502a4d180400000001020304', 'hex');
    const asClientsTakeIt: readonly (readonly [coding: string, bytes: Buffer])[] = [
      ['gzip', zlib.deflateSync(body)],
      ['gzip', Buffer.concat([zlib.gzipSync(first), zlib.gzipSync(second)])],
      ['deflate', zlib.deflateRawSync(body)],
      ['deflate', zlib.gzipSync(body)],
      ['zstd', Buffer.concat([zlib.zstdCompressSync(first), zlib.zstdCompressSync(second)])],
      ['zstd', Buffer.concat([skipped, zlib.zstdCompressSync(first), skipped, zlib.zstdCompressSync(second)])],
      ['utf-8, gzip', zlib.gzipSync(body)],
      ['gzip, aws-chunked', zlib.gzipSync(body)],
    ];
    for (const [coding, bytes] of nonEmpty(asClientsTakeIt)) {
      for (const size of [1, 7, 20, 65_536]) {
        const passed = await passThrough(chunksOf(bytes, [size]), 'the-secret-itself', [coding]);
        expect([coding, size, passed.failure]).toEqual([coding, size, 'shown']);
      }
    }
  });

  it('that decodes to more than can be looked through is refused', async () => {
    const bomb = zlib.brotliCompressSync(Buffer.alloc(3_000_000));
    const decoders = codingsOf('br').map(({ decode }) => decode());
    const filter = createSecretFilter(patternOf('the-secret-itself'), (why) => new Error(why), decoders, 2_000_000);
    const passing = pipeline(Readable.from([bomb], { objectMode: false }), filter, () => {});
    await expect(passing.toArray()).rejects.toThrow('unchecked');
  });

  // Thousands of decoders take five seconds of the processor. At every size, test/shared/pipeline/withhold-secret.property.test.ts has such
  // a body withheld.
  it.runIf(isFull)('of more parts than can be looked through is refused', async () => {
    const body = Buffer.concat(Array<Buffer>(5_000).fill(zlib.zstdCompressSync(Buffer.alloc(0))));
    const { failure } = await passThrough(chunksOf(body, [65_536]), 'the-secret-itself', ['zstd']);
    expect(failure).toBe('unchecked');
  });

  it('that is not read to its end ends its source and its decoder', async () => {
    const source = Readable.from(chunksOf(zlib.gzipSync(Buffer.alloc(1_000_000, 'abc')), [100]), { objectMode: false });
    const [coding] = codingsOf('gzip');
    const decoder = (coding as NonNullable<typeof coding>).decode();
    const filter = createSecretFilter(patternOf('the-secret-itself'), (why) => new Error(why), [decoder]);
    const body = pipeline(source, filter, () => {});
    body.on('error', () => {});
    body.destroy();
    await expect.poll(() => [source.destroyed, decoder.destroyed]).toEqual([true, true]);
  });
});
