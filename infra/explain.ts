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

/** Runs `task`, which gives a status for the process. A failure that a person can fix is printed as one line, and gives 1. */
export const explainFailures = async (task: () => Promise<number>): Promise<number> => {
  try {
    return await task();
  } catch (error) {
    const line = lineOf(error);
    if (line === undefined) throw error;
    console.error(line);
    return 1;
  }
};
