/** Content codings that the facade can take off a body and put back on. */
import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

type Coding = {
  readonly decode: () => Transform;
  readonly encode: () => Transform;
  readonly encodeWhole: (body: Uint8Array) => Buffer;
};

/** Cheap settings: these bodies travel once. */
const brotliOptions = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } };

const gzip: Coding = {
  decode: () => zlib.createGunzip(),
  encode: () => zlib.createGzip(),
  encodeWhole: (body) => zlib.gzipSync(body),
};

const codings: Readonly<Record<string, Coding>> = {
  gzip,
  'x-gzip': gzip,
  deflate: {
    decode: () => zlib.createInflate(),
    encode: () => zlib.createDeflate(),
    encodeWhole: (body) => zlib.deflateSync(body),
  },
  br: {
    decode: () => zlib.createBrotliDecompress(),
    encode: () => zlib.createBrotliCompress(brotliOptions),
    encodeWhole: (body) => zlib.brotliCompressSync(body, brotliOptions),
  },
  zstd: {
    decode: () => zlib.createZstdDecompress(),
    encode: () => zlib.createZstdCompress(),
    encodeWhole: (body) => zlib.zstdCompressSync(body),
  },
};

/** The coding of a Content-Encoding header; `identity` for none, undefined for one that is unknown or stacked. */
export const codingOf = (contentEncoding: string | undefined): Coding | 'identity' | undefined => {
  const name = contentEncoding?.trim().toLowerCase() ?? '';
  return name === '' || name === 'identity' ? 'identity' : codings[name];
};
