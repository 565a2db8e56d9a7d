/** Standard output and standard error, whose readers may leave. */
import type { Writable } from 'node:stream';

/** Whoever read the output has stopped, such as `head`. */
export class BrokenPipe extends Error {}

export type Output = {
  /** Ends when the text was taken. @throws BrokenPipe */
  write(text: string): Promise<void>;
};

const isBroken = (error: Error): boolean =>
  ['EPIPE', 'ERR_STREAM_DESTROYED', 'EOF'].includes((error as NodeJS.ErrnoException).code ?? '');

export const createOutput = (stream: Writable): Output => {
  // The callback of each write has the error; without a listener it would end the process.
  stream.on('error', () => {});
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => {
          if (!error) return resolve();
          reject(isBroken(error) ? new BrokenPipe(error.message) : error);
        });
      }),
  };
};
