/** Bytes of an answer as they are stored: compressed where that makes them smaller, and checked when they are read. */
import { createHash } from 'node:crypto';
import zlib from 'node:zlib';

export type StoredBody = {
  readonly bytes: Uint8Array;
  readonly coding: 'zstd' | 'identity';
  /** Of the bytes as stored. */
  readonly sha256: string;
};

/** Below this, compression costs more than it saves. */
const leastBytes = 512;

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');

export const packBody = (body: Uint8Array): StoredBody => {
  const packed = body.byteLength < leastBytes ? body : new Uint8Array(zlib.zstdCompressSync(body));
  const coding = packed.byteLength < body.byteLength ? 'zstd' : 'identity';
  const bytes = coding === 'zstd' ? packed : body;
  return { bytes, coding, sha256: sha256Of(bytes) };
};

/** Undefined when the bytes are not those that were stored. */
export const unpackBody = ({ bytes, coding, sha256 }: StoredBody): Uint8Array | undefined => {
  if (sha256Of(bytes) !== sha256) return undefined;
  if (coding === 'identity') return bytes;
  try {
    return new Uint8Array(zlib.zstdDecompressSync(bytes));
  } catch {
    return undefined;
  }
};
