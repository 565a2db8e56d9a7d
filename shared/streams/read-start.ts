/** Takes the beginning of a stream into memory, to look at it before the rest is passed on. */
import { Readable } from 'node:stream';

/** The whole of a small stream, else what was read of it, and a stream that begins with that. */
export type Start = { readonly whole: Buffer } | { readonly start: Buffer; readonly rest: Readable };

/** Destroying it destroys `source` too, also when nothing was read of it yet: a generator that never ran closes nothing. */
const resume = (source: Readable, start: Buffer, iterator: AsyncIterableIterator<Buffer>): Readable => {
  const rest = Readable.from(
    (async function* () {
      yield start;
      yield* iterator;
    })(),
    { objectMode: false },
  );
  rest.once('close', () => source.destroy());
  return rest;
};

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
      return { start, rest: resume(stream, start, iterator) };
    }
  }
  return { whole: Buffer.concat(chunks, size) };
};
