/** The file of a recording: reserved at the start, and rewritten while answers come. */
import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { type Recording, recordingFormat } from './recording.ts';

export interface RecordingFile {
  write(recording: Recording): Promise<void>;
}

/** A file that did not exist before, for its owner alone. */
const create = (path: string, recording: Recording) =>
  writeFile(path, `${JSON.stringify(recording, undefined, 1)}\n`, { flag: 'wx', mode: 0o600 });

/** @throws Error for a file that exists, or that cannot be written. */
export const createRecordingFile = async (path: string): Promise<RecordingFile> => {
  await create(path, { format: recordingFormat, exchanges: [] }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw new Error(`--to ${path} exists: choose another file, or remove this one.`);
    throw new Error(`--to ${path} cannot be written: ${cause.message}.`);
  });
  // A name that no other file has.
  const next = `${path}.${randomBytes(8).toString('hex')}.next`;
  return {
    /** The file has either the old text or the new one, also after a crash. */
    async write(recording) {
      try {
        await create(next, recording);
        await rename(next, path);
      } catch (cause) {
        await rm(next, { force: true });
        throw cause;
      }
    },
  };
};
