/** The bytes of files: from memory for uploads, computed for the large demo files. */
import type { Content } from './model.ts';

export const bytesContent = (mediaType: string, bytes: Uint8Array): Content => ({
  mediaType,
  sizeBytes: bytes.byteLength,
  chunks: () => [bytes],
});

export const textContent = (mediaType: string, text: string): Content => bytesContent(mediaType, Buffer.from(text));

const chunkBytes = 65_536;

const fillChunk = (chunk: Uint8Array, seed: number) => {
  let state = seed | 1;
  for (let i = 0; i < chunk.byteLength; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    chunk[i] = state >>> 24;
  }
};

/** Pseudo-random bytes that depend on `seed` alone; at most one chunk of 64 KiB is held at a time. */
export const generatedContent = (mediaType: string, sizeBytes: number, seed: number): Content => ({
  mediaType,
  sizeBytes,
  generatedFrom: seed,
  *chunks() {
    for (let start = 0; start < sizeBytes; start += chunkBytes) {
      const chunk = new Uint8Array(Math.min(chunkBytes, sizeBytes - start));
      fillChunk(chunk, seed + start);
      yield chunk;
    }
  },
});

/** The whole content in memory; only for files that are known to be small. */
export const contentBytes = (content: Content): Buffer => Buffer.concat([...content.chunks()]);
