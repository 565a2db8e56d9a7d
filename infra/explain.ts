/** Prints failures that a person can fix as plain lines. Other failures keep their stack trace. */
import { BundleError } from './bundle-error.ts';
import { StageConfigError } from './stage-config.ts';
import { UsageError } from './usage-error.ts';

/** Error codes of a folder that cannot be written to. */
const folderProblems = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENAMETOOLONG'];

const lineOf = (error: unknown): string | undefined => {
  if (error instanceof StageConfigError || error instanceof BundleError || error instanceof UsageError)
    return error.message;
  const { code = '', path, message } = error as NodeJS.ErrnoException;
  if (!folderProblems.includes(code) || path === undefined) return undefined;
  return `${message}. Fix: make ${path} writable, or choose another folder with --out DIR.`;
};

/** Runs `task`. A failure that a person can fix is printed as one line and ends the process with status 1. */
export const explainFailures = async (task: () => Promise<void>): Promise<void> => {
  try {
    await task();
  } catch (error) {
    const line = lineOf(error);
    if (line === undefined) throw error;
    console.error(line);
    process.exitCode = 1;
  }
};
