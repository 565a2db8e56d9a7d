/** Folders in which emulators keep their state: claimed by one process at a time, files replaced in one step. */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../shared/storage/make-folder.ts';
import { processIdentity } from './process-identity.ts';

const claimName = 'in-use-by.pid';

/** A folder that another process, or an earlier claim of this one, works with. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  readonly holderPid: number;
  constructor(folder: string, holderPid: number) {
    super(`The folder ${folder} is in use by process ${holderPid}: stop it, or choose another folder`);
    this.holderPid = holderPid;
  }
}

/** Writes the claim with all of its text at once, unless there is one. */
const place = (path: string, text: string): boolean => {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    return placeWithoutLink(path, text);
  } finally {
    rmSync(draft, { force: true });
  }
};

/** Some file systems have no links. */
const placeWithoutLink = (path: string, text: string): boolean => {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** The running process of a claim. A claim ends with its process. It does not pass to a later process with the same id. */
const holderOf = (claim: string): number | undefined => {
  const [first = '', identity] = claim.split('\n');
  const pid = Number(first);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const current = processIdentity(pid);
  return current !== undefined && (identity === undefined || identity === current) ? pid : undefined;
};

/** Removes a claim without a running process. A claim that another process placed in the meantime is put back. */
const removeStale = (path: string, claim: string): void => {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // Another process removed it.
  }
  if (read(aside) !== claim) renameSync(aside, path);
  else rmSync(aside, { force: true });
};

/**
 * Makes the folder and claims it for this process, until the returned function is called. The claim of a process that
 * was killed counts no more. Undefined, for state in memory, needs no claim.
 * @throws FolderInUse naming the process that uses the folder
 */
export const claimFolder = (folder: string | undefined): (() => void) => {
  if (folder === undefined) return () => {};
  makeFolder(resolve(folder));
  const path = resolve(folder, claimName);
  const own = `${process.pid}\n${processIdentity(process.pid) ?? ''}`;
  while (!place(path, own)) {
    const claim = read(path);
    if (claim === undefined) continue; // Released in this moment.
    const holder = holderOf(claim);
    if (holder !== undefined) throw new FolderInUse(folder, holder);
    removeStale(path, claim);
  }
  return () => {
    if (read(path) === own) rmSync(path, { force: true });
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
