/** Turns bytes into a stream of small chunks, so that progress can be measured. */
import { Readable } from 'node:stream';

/** As large as what sockets deliver at once. */
const chunkBytes = 65_536;

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
}

export const streamOf = (bytes: Uint8Array): Readable => Readable.from(chunksOf(bytes), { objectMode: false });
