/** Distinguishes a running process from a later one with the same id. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Linux: state and start time stand in fields 3 and 22, after the name in parentheses (proc(5)). */
const linuxIdentity = (pid: number): string | undefined => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; only its parent has not yet asked how.
  if (state === 'Z' || state === 'X') return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[18]}`;
};

const psIdentity = (pid: number): string =>
  execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } }).trim();

/**
 * What a running process is besides its id: its start time as the system states it; undefined = it does not run. The
 * same text each time for one process. If the system states no start time, running processes with one id look alike.
 */
export const processIdentity = (pid: number): string | undefined => {
  if (!isRunning(pid)) return undefined;
  try {
    if (process.platform === 'linux') return linuxIdentity(pid);
    return process.platform === 'win32' ? '' : psIdentity(pid);
  } catch {
    return isRunning(pid) ? '' : undefined;
  }
};
