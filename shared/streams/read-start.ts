/** Takes the beginning of a stream into memory, to look at it before the rest is passed on. */
import type { Readable } from 'node:stream';
import { resume } from './resume.ts';

/** The whole of a small stream, else what was read of it, and a stream that begins with that. */
export type Start = { readonly whole: Buffer } | { readonly start: Buffer; readonly rest: Readable };

/** Reads a stream to its end when it has at most `mostBytes`, else a little further. @throws what the stream fails with. */
export const readStart = async (stream: Readable, mostBytes: number): Promise<Start> => {
  const chunks: Buffer[] = [];
  let size = 0;
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    chunks.push(next.value);
    size += next.value.byteLength;
    if (size > mostBytes) {
      const start = Buffer.concat(chunks, size);
      return { start, rest: resume(stream, [start], iterator) };
    }
  }
  return { whole: Buffer.concat(chunks, size) };
};
