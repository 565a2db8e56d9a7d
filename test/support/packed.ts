/** A package for others as its users get it: packed, in a folder outside the project, without the project's programs. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const run = promisify(execFile);

export const emptyFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'packed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** npm as on anybody's machine: nothing of this project is in its PATH. */
export const environment = {
  ...process.env,
  PATH: (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(root))
    .join(delimiter),
};

/** Packs the package into the folder. Gives the name of the file. */
export const packInto = async (folder: string, name: string): Promise<string> => {
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder, '--workspace', name], { cwd: root });
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[')));
  return filename;
};

/** An empty folder in which the packed package is installed, without a network. */
export const installed = async (name: string): Promise<string> => {
  const folder = await emptyFolder();
  const filename = await packInto(folder, name);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, filename)], {
    cwd: folder,
    env: environment,
  });
  return folder;
};
