/** Reads a small body into memory. A body that is larger or breaks off is returned as a stream. */
import type { Readable } from 'node:stream';
import { resume } from '../streams/resume.ts';

export type Taken = { readonly whole: Buffer } | { readonly rest: Readable };

/** biome-ignore lint/correctness/useYield: it fails instead */
const failing = async function* (error: unknown): AsyncGenerator<Buffer> {
  throw error;
};

export const takeSmall = async (body: Readable, mostBytes: number): Promise<Taken> => {
  const chunks: Buffer[] = [];
  let size = 0;
  const iterator = body[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  try {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      chunks.push(next.value);
      size += next.value.byteLength;
      if (size > mostBytes) return { rest: resume(body, chunks, iterator) };
    }
  } catch (error) {
    return { rest: resume(body, chunks, failing(error)) };
  }
  return { whole: Buffer.concat(chunks, size) };
};
