/** Sends an answer to its caller, and cuts it when the caller stops reading. */
import { pipeline, Readable, Transform, type Writable } from 'node:stream';
import { streamOf } from '../../shared/streams/chunks.ts';
import { createReadingPace, type ReadingPace } from '../../shared/streams/reading-pace.ts';

/** The runtime's response stream is not a Writable, but has these members of one. */
export type ResponseStream = Pick<Writable, 'destroy' | 'destroyed' | 'writableFinished' | 'writableLength'>;

export type Delivery = {
  /** For middy: an answer without a body is an empty text. */
  readonly body: Readable | '';
  /** Bytes of the body that were passed to the response stream. */
  readonly sentBytes: () => number;
};

/** Passed on at once, so there is nothing to count. */
const mostAtOnceBytes = 65_536;

const count = (source: Readable): Delivery => {
  let sentBytes = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      sentBytes += chunk.byteLength;
      done(null, chunk);
    },
  });
  return { body: pipeline(source, counted, () => {}), sentBytes: () => sentBytes - counted.readableLength };
};

export const createDelivery = (body: Uint8Array | Readable | undefined): Delivery => {
  if (body === undefined) return { body: '', sentBytes: () => 0 };
  if (!(body instanceof Uint8Array)) return count(body);
  if (body.byteLength > mostAtOnceBytes) return count(streamOf(body));
  return { body: Readable.from(body.byteLength > 0 ? [body] : []), sentBytes: () => body.byteLength };
};

const lookMillis = 1_000;

/**
 * Cuts the answer when its caller reads too slowly: ends the response stream, the body and the call behind it.
 * @param slowReaderSeconds how long a caller may be too slow.
 * @param onCut is called once, before the cut, with the bytes that the caller has taken.
 * @returns a function that ends the watch.
 */
export const watchDelivery = (
  { sentBytes }: Delivery,
  stream: ResponseStream,
  slowReaderSeconds: number,
  onCut: (takenBytes: number) => void,
): (() => void) => {
  const startMillis = performance.now();
  let pace: ReadingPace | undefined;
  const look = (): void => {
    if (stream.destroyed || stream.writableFinished) return void clearInterval(timer);
    const pendingBytes = stream.writableLength;
    pace ??= createReadingPace(startMillis, slowReaderSeconds);
    // The stream also contains metadata, so this may be below 0 at the beginning.
    const takenBytes = Math.max(0, sentBytes() - pendingBytes);
    if (!pace.isTooSlow(performance.now(), takenBytes, pendingBytes > 0)) return;
    clearInterval(timer);
    onCut(takenBytes);
    stream.destroy(new Error(`The caller reads too slowly: less than 16 KiB/s for ${slowReaderSeconds} s.`));
  };
  const timer = setInterval(look, lookMillis).unref();
  return () => clearInterval(timer);
};
