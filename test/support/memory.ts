import { readFile } from 'node:fs/promises';

/** The most memory that each process has ever had, in bytes; empty on systems other than Linux, which do not state it. */
export const peakMemories = async (pids: readonly number[]): Promise<number[]> => {
  const statuses = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')));
  return statuses.flatMap((status) => {
    const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
    return kibibytes === undefined ? [] : [Number(kibibytes) * 1024];
  });
};
