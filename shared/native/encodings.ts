/** Content codings that the facade can take off a body and put back on. */
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

export type Coding = {
  readonly decode: () => Transform;
  /** @throws Error ERR_BUFFER_TOO_LARGE above `mostBytes`, any other where the body is not in this coding or not whole. */
  readonly decodeWhole: (body: Uint8Array, mostBytes: number) => Buffer;
  readonly encode: () => Transform;
  readonly encodeWhole: (body: Uint8Array) => Buffer;
};

/** Cheap settings: these bodies travel once. */
const brotliOptions = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } };

const gzip: Coding = {
  decode: () => zlib.createGunzip(),
  decodeWhole: (body, mostBytes) => zlib.gunzipSync(body, { maxOutputLength: mostBytes }),
  encode: () => zlib.createGzip(),
  encodeWhole: (body) => zlib.gzipSync(body),
};

const codings: Readonly<Record<string, Coding>> = {
  gzip,
  'x-gzip': gzip,
  deflate: {
    decode: () => zlib.createInflate(),
    decodeWhole: (body, mostBytes) => zlib.inflateSync(body, { maxOutputLength: mostBytes }),
    encode: () => zlib.createDeflate(),
    encodeWhole: (body) => zlib.deflateSync(body),
  },
  br: {
    decode: () => zlib.createBrotliDecompress(),
    decodeWhole: (body, mostBytes) => zlib.brotliDecompressSync(body, { maxOutputLength: mostBytes }),
    encode: () => zlib.createBrotliCompress(brotliOptions),
    encodeWhole: (body) => zlib.brotliCompressSync(body, brotliOptions),
  },
  zstd: {
    decode: () => zlib.createZstdDecompress(),
    decodeWhole: (body, mostBytes) => zlib.zstdDecompressSync(body, { maxOutputLength: mostBytes }),
    encode: () => zlib.createZstdCompress(),
    encodeWhole: (body) => zlib.zstdCompressSync(body),
  },
};

/** The coding of a Content-Encoding header; `identity` for none, undefined for one that is unknown or stacked. */
export const codingOf = (contentEncoding: string | undefined): Coding | 'identity' | undefined => {
  const name = contentEncoding?.trim().toLowerCase() ?? '';
  return name === '' || name === 'identity' ? 'identity' : codings[name];
};

/** The codings of a Content-Encoding header in the order in which they were put on; undefined when one of them is unknown. */
export const codingsOf = (contentEncoding: string | undefined): readonly Coding[] | undefined => {
  const known = (contentEncoding ?? '').split(',').map(codingOf);
  return known.includes(undefined) ? undefined : (known.filter((coding) => coding !== 'identity') as Coding[]);
};
