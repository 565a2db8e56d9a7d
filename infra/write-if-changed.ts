import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Temporary files lie beside the bundles, on the same disk, so that a rename is atomic and no package contains a partial file. */
const scratch = fileURLToPath(new URL('../dist/.scratch', import.meta.url));

/**
 * Writes a file unless it already has these bytes, so that a second synth does not disturb a running twin.
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
