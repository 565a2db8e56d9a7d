/** Gives a new key to the person at the keyboard: into a file that only they can read, or onto their terminal. */
import { open, rm } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

export type Terminal = { readonly isTTY?: boolean | undefined; write(text: string): unknown };

const openNew = async (path: string) => {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${path} is there already. Name a new file for the key.`);
  }
};

/**
 * Makes a key only after its destination is known to work. Otherwise a key could stay valid although no person can read it.
 * @param keyFile where to; undefined = the terminal.
 * @throws UsageError when there is no terminal, or the file is there already. Then no key was made.
 */
export const handOver = async (
  id: string,
  keyFile: string | undefined,
  terminal: Terminal,
  make: () => Promise<string>,
): Promise<void> => {
  if (keyFile === undefined) {
    if (!terminal.isTTY) {
      throw new UsageError(
        'The output is no terminal: a log or a pipe could keep the key. Name a file for it with --key-file.',
      );
    }
    terminal.write(`Key of ${id}, shown only now:\n${await make()}\n`);
    return;
  }
  const file = await openNew(keyFile);
  try {
    await file.writeFile(`${await make()}\n`);
  } catch (error) {
    await rm(keyFile, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  terminal.write(`The key of ${id} is in ${keyFile}, readable by you only. Nothing else keeps it.\n`);
};
