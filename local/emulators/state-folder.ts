/** Folders in which emulators keep their state: claimed by one process at a time, files replaced in one step. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const claimName = 'in-use-by.pid';
const ownClaims = new Set<string>();

/**
 * Makes the folder and claims it for this process, until the returned function is called. The claim of a process that
 * was killed counts no more. Undefined, for state in memory, needs no claim.
 * @throws Error naming the process that uses the folder
 */
export const claimFolder = (folder: string | undefined): (() => void) => {
  if (folder === undefined) return () => {};
  mkdirSync(folder, { recursive: true });
  const path = resolve(folder, claimName);
  const holder = readHolder(path);
  if (holder !== undefined)
    throw new Error(`The folder ${folder} is in use by process ${holder}: stop it, or choose another folder`);
  writeFileSync(path, String(process.pid));
  ownClaims.add(path);
  return () => {
    if (ownClaims.delete(path)) rmSync(path, { force: true });
  };
};

/** The folder given, claimed, or a temporary one; `release` ends the claim, or removes the temporary folder. */
export const openFolder = async (
  folder: string | undefined,
): Promise<{ path: string; release: () => void | Promise<void> }> => {
  if (folder !== undefined) return { path: folder, release: claimFolder(folder) };
  const path = await mkdtemp(join(tmpdir(), 'signals-facade-'));
  return { path, release: () => rm(path, { recursive: true, force: true }) };
};

/** Replaces a file in one step: a reader, or a process started after a crash, sees the old text or the new one. */
export const replaceFile = (path: string, text: string, mode = 0o644): void => {
  const temporary = `${path}.new`;
  writeFileSync(temporary, text, { mode });
  renameSync(temporary, path);
};

const readHolder = (path: string): number | undefined => {
  if (ownClaims.has(path)) return process.pid;
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    // Our own id without a claim of ours: an earlier process had the same id and was killed.
    return pid > 0 && pid !== process.pid && isRunning(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
