/** Where the functions' lines go: a file each in the state folder, and errors to the terminal when asked for. */
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../gateway/lambda/worker.ts';

const dim = (text: string): string => (process.stderr.isTTY ? `\u001b[2m${text}\u001b[0m` : text);

/** Files are begun anew with each start. `fileOf` is where the lines of a source go. `close` ends when they are written. */
export const createLogFiles = async (
  directory: string,
  showsErrors: boolean,
): Promise<{ log: Log; fileOf(source: string): string; close(): Promise<void> }> => {
  await mkdir(directory, { recursive: true });
  const files = new Map<string, WriteStream>();
  const fileOf = (source: string): string => join(directory, `${source}.log`);
  const streamOf = (source: string): WriteStream => {
    const known = files.get(source);
    if (known) return known;
    const file = createWriteStream(fileOf(source));
    // The twin continues without its logs. A full disk is reported once for each file.
    file.once('error', (error) => console.error(`${fileOf(source)} cannot be written: ${error.message}.`));
    file.on('error', () => {});
    files.set(source, file);
    return file;
  };
  return {
    log: ({ source, stream, line }) => {
      streamOf(source).write(`${line}\n`);
      if (showsErrors && stream === 'stderr') console.error(dim(`${source}: ${line}`));
    },
    fileOf,
    close: async () => {
      await Promise.all(
        [...files.values()].map(
          (file) => new Promise<void>((resolve) => (file.destroyed ? resolve() : file.end(() => resolve()))),
        ),
      );
    },
  };
};
