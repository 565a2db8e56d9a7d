/** Content codings that the facade can decode and encode. */
import type { Duplex } from 'node:stream';
import zlib from 'node:zlib';
import { createDecoderByStart, type PartDecoder, tooMuch } from './decode-by-start.ts';

export type Coding = {
  readonly decode: () => Duplex;
  /** @throws Error ERR_BUFFER_TOO_LARGE above `mostBytes`, any other where the body is not in this coding or not whole. */
  readonly decodeWhole: (body: Uint8Array, mostBytes: number) => Buffer;
  readonly encode: () => Duplex;
  readonly encodeWhole: (body: Uint8Array) => Buffer;
};

/** Cheap settings: these bodies travel once. */
const brotliOptions = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } };

/**
 * Clients accept gzip under the name of zlib and the reverse (curl, browsers), so bytes under either label are decoded
 * as what they are.
 */
const gzip: Coding = {
  decode: () => zlib.createUnzip(),
  decodeWhole: (body, mostBytes) => zlib.unzipSync(body, { maxOutputLength: mostBytes }),
  encode: () => zlib.createGzip(),
  encodeWhole: (body) => zlib.gzipSync(body),
};

const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;
/** RFC 1950, 2.2: compression method 8, and a check that makes both bytes a multiple of 31. */
const isZlib = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;

/** The name means zlib, but servers send bare deflate as well, and clients take both (RFC 9110, 8.4.1.2). */
const deflate: Coding = {
  decode() {
    let hasBegun = false;
    return createDecoderByStart((start) => {
      if (hasBegun) return undefined;
      hasBegun = true;
      const decoder = isGzip(start) || isZlib(start) ? zlib.createUnzip() : zlib.createInflateRaw();
      return decoder as unknown as PartDecoder;
    });
  },
  decodeWhole: (body, mostBytes) =>
    isGzip(body) || isZlib(body)
      ? zlib.unzipSync(body, { maxOutputLength: mostBytes })
      : zlib.inflateRawSync(body, { maxOutputLength: mostBytes }),
  encode: () => zlib.createDeflate(),
  encodeWhole: (body) => zlib.deflateSync(body),
};

/** A frame, or one that is skipped (RFC 8878, 3.1). */
const startsFrame = (bytes: Uint8Array): boolean => {
  const [first = 0, second, third, fourth] = bytes;
  if (second === 0xb5 && third === 0x2f) return first === 0x28 && fourth === 0xfd;
  return (first & 0xf0) === 0x50 && second === 0x2a && third === 0x4d && fourth === 0x18;
};

type Decoded = { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };

/** `info` is documented for each of these functions, and missing in the types of this one. */
const decodeFrame = (bytes: Uint8Array, mostBytes: number): Decoded =>
  zlib.zstdDecompressSync(bytes, { maxOutputLength: mostBytes, info: true }) as unknown as Decoded;

/** Bodies with more frames are decoded by the stream, which lets other work run between two frames. */
const mostFramesAtOnce = 1_024;

/** Node ends at the first frame, clients do not: a body may have several. */
const zstd: Coding = {
  decode: () =>
    createDecoderByStart((start) =>
      startsFrame(start) ? (zlib.createZstdDecompress() as unknown as PartDecoder) : undefined,
    ),
  decodeWhole(body, mostBytes) {
    const parts: Buffer[] = [];
    let left = mostBytes;
    let rest = body;
    do {
      if (parts.length === mostFramesAtOnce) throw tooMuch(`The body has more than ${mostFramesAtOnce} frames.`);
      const { buffer, engine } = decodeFrame(rest, Math.max(1, left));
      parts.push(buffer);
      left -= buffer.byteLength;
      rest = rest.subarray(engine.bytesWritten);
    } while (startsFrame(rest));
    return Buffer.concat(parts);
  },
  encode: () => zlib.createZstdCompress(),
  encodeWhole: (body) => zlib.zstdCompressSync(body),
};

const codings: Readonly<Record<string, Coding>> = {
  gzip,
  'x-gzip': gzip,
  deflate,
  br: {
    decode: () => zlib.createBrotliDecompress(),
    decodeWhole: (body, mostBytes) => zlib.brotliDecompressSync(body, { maxOutputLength: mostBytes }),
    encode: () => zlib.createBrotliCompress(brotliOptions),
    encodeWhole: (body) => zlib.brotliCompressSync(body, brotliOptions),
  },
  zstd,
};

/** The coding of a Content-Encoding header; `identity` for none, undefined for one that is unknown or stacked. */
export const codingOf = (contentEncoding: string | undefined): Coding | 'identity' | undefined => {
  const names = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  const [name, ...others] = names;
  if (name === undefined) return 'identity';
  return others.length > 0 || !Object.hasOwn(codings, name) ? undefined : codings[name];
};

/**
 * The codings of a Content-Encoding header in the order in which they were put on, as far as they are known. Most names that are
 * not say nothing about the bytes: `utf-8`, `aws-chunked`.
 */
export const codingsOf = (contentEncoding: string | undefined): readonly Coding[] =>
  (contentEncoding ?? '').split(',').flatMap((name) => {
    const coding = codingOf(name);
    return coding === undefined || coding === 'identity' ? [] : [coding];
  });
