/** Counts a body of unknown length on its way to the caller: everything after the first megabyte needs a ticket. */
import { pipeline, type Readable, Transform } from 'node:stream';

/** Bodies up to this size cost nothing to count. */
export const largeBytes = 1_048_576;

export type CountedBody = {
  readonly body: Readable;
  /**
   * Settles when it is known whether the body is large: when it has ended, or when `enter` has answered.
   * @throws what `enter` throws; the source has then been destroyed.
   */
  readonly decided: Promise<void>;
};

/**
 * Reads ahead up to `largeBytes` and one chunk, so that a large body is found even if its caller reads nothing. `enter`
 * is called once, before any byte after that is passed on. If it rejects, the body breaks off with its error.
 */
export const countBody = (source: Readable, enter: () => Promise<void>): CountedBody => {
  const decided = Promise.withResolvers<void>();
  // It is possible that nothing waits for it any more.
  decided.promise.catch(() => {});
  let seenBytes = 0;
  let hasEntered = false;
  const pass = async (chunk: Buffer): Promise<Buffer> => {
    seenBytes += chunk.byteLength;
    if (seenBytes > largeBytes && !hasEntered) {
      hasEntered = true;
      await enter();
      decided.resolve();
    }
    return chunk;
  };
  const counted = new Transform({
    // One more than `largeBytes`: at the mark itself the stream reads no further.
    readableHighWaterMark: largeBytes + 1,
    transform: (chunk: Buffer, _encoding, done) => void pass(chunk).then((passed) => done(null, passed), done),
    flush: (done) => {
      decided.resolve();
      done();
    },
  });
  const body = pipeline(source, counted, (error) => {
    if (error) decided.reject(error);
  });
  return { body, decided: decided.promise };
};
