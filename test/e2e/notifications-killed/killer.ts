/** Kills function processes of the twin. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestTwin } from '../../support/twin.ts';

/** @returns false for one that has ended meanwhile. */
const kill = (pid: number): boolean => {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
};

/**
 * Kills one function process after the other, at random. It counts what the functions have logged, not the time: on a busy machine none
 * would live long enough to do anything. @returns what ends it, and gives how many were killed.
 */
export const startKilling = ({ gateway, log }: TestTwin, meanLines: number, random: () => number) => {
  const stop = new AbortController();
  let killed = 0;
  let due = log.length + random() * 2 * meanLines;
  const run = async (): Promise<void> => {
    for (;;) {
      await sleep(50, undefined, { signal: stop.signal });
      const alive = gateway.pids();
      const pid = alive[Math.floor(random() * alive.length)];
      if (log.length < due || pid === undefined) continue;
      if (kill(pid)) killed += 1;
      due = log.length + random() * 2 * meanLines;
    }
  };
  const running = run().catch(() => {});
  return async (): Promise<number> => {
    stop.abort();
    await running;
    return killed;
  };
};
