import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the bundles, on the same disk, so that a rename from here is atomic and no package ever holds a half file. */
const scratch = fileURLToPath(new URL('../dist/.scratch', import.meta.url));

/**
 * Writes a file unless it has these bytes already: a twin that runs from the folder is not disturbed by a second synth.
 * Readers see the old or the new file, also while several processes write.
 */
export const writeIfChanged = async (path: string, bytes: Uint8Array): Promise<void> => {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(bytes)) return;
  const draft = join(scratch, randomUUID());
  await Promise.all([mkdir(scratch, { recursive: true }), mkdir(dirname(path), { recursive: true })]);
  await writeFile(draft, bytes);
  await rename(draft, path);
};
