/** The folder that outlives the twin: tables, queues, buckets, keys, the assembly and the logs. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { claimFolder, FolderInUse } from '../emulators/state-folder.ts';
import { TwinError } from '../gateway/twin-error.ts';

/** Names of the twin's own files. Nothing else in the folder is ever removed. */
const ours = ['cdk.out', 'lambda', 'dynamodb', 'sqs', 's3', 'kms', 'key-ids.json', 'logs'];

const elsewhere = 'choose another one with --state DIR';
const freshOrElsewhere = `throw it away with npm start -- --fresh, or keep it and ${elsewhere}`;

/** What to do about a folder that the system refuses, by the code of the system's error. */
const problems: Readonly<Record<string, string>> = {
  EACCES: `may not be written to by you. Fix: give yourself the right, or ${elsewhere}.`,
  EPERM: `may not be written to by you. Fix: give yourself the right, or ${elsewhere}.`,
  EROFS: `is on a read-only disk. Fix: ${elsewhere}.`,
  EEXIST: `is a file. Fix: ${elsewhere}.`,
  ENOTDIR: `is, or lies below, a file. Fix: ${elsewhere}.`,
  ENOENT: `cannot be made there. Fix: ${elsewhere}.`,
  ENAMETOOLONG: `has a name that is too long. Fix: ${elsewhere}.`,
  ENOSPC: `is on a disk that is full. Fix: free some space, or ${elsewhere}.`,
  EDQUOT: `is beyond your disk quota. Fix: free some space, or ${elsewhere}.`,
};

/** The one line about a failure to use the state folder; any other failure as it is. */
export const explainState = (stateDir: string, error: unknown): unknown => {
  if (error instanceof FolderInUse)
    return new TwinError(
      `The state folder ${stateDir} is in use by another twin (process ${error.holderPid}). Fix: stop that one, or start this one with --state DIR and other ports (PORT, SIGNALS_PORT, SQS_PORT).`,
    );
  const { code = '' } = error as NodeJS.ErrnoException;
  // dynalite opens its tables late, and an error then reaches no caller.
  const isDamaged = code.startsWith('LEVEL_');
  const problem = isDamaged ? `holds tables that cannot be read. Fix: ${freshOrElsewhere}.` : problems[code];
  return problem ? new TwinError(`The state folder ${stateDir} ${problem} (${code})`) : error;
};

/**
 * Makes the folder and claims it until the returned function is called; with `isFresh` what a former twin left in it is
 * gone. @throws TwinError when another twin uses it, or when it cannot be written to.
 */
export const prepareState = async (stateDir: string, isFresh: boolean): Promise<() => Promise<void>> => {
  try {
    const release = claimFolder(stateDir);
    if (isFresh) await Promise.all(ours.map((name) => rm(join(stateDir, name), { recursive: true, force: true })));
    return async () => release();
  } catch (error) {
    throw explainState(stateDir, error);
  }
};

/**
 * Runs a step that reads what an earlier twin has left. @throws TwinError, with the way out, for whatever fails in it:
 * a state of another version, or one that a crash or a full disk has damaged. A fresh state is not to blame.
 */
export const withKeptState = async <T>(
  { stateDir, isFresh }: { readonly stateDir: string; readonly isFresh: boolean },
  step: () => Promise<T>,
): Promise<T> => {
  try {
    return await step();
  } catch (error) {
    const explained = error instanceof TwinError ? error : explainState(stateDir, error);
    if (explained instanceof TwinError || isFresh) throw explained;
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw new TwinError(`The state kept in ${stateDir} cannot be used: ${reason}. Fix: ${freshOrElsewhere}.`);
  }
};
