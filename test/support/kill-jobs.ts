import type { TestTwin } from './twin.ts';

/**
 * Kills the processes of long jobs again and again while `work` runs. Each life is half as long again as the one before, so that even a
 * slow machine ends a step in one of them.
 * @param firstLifeMillis of the first processes.
 */
export const whileJobsAreKilled = <T>(twin: TestTwin, firstLifeMillis: number, work: Promise<T>): Promise<T> => {
  let lifeMillis = firstLifeMillis;
  let timer: NodeJS.Timeout | undefined;
  const killLater = (): void => {
    timer = setTimeout(() => {
      for (const pid of twin.gateway.pidsOf('jobs')) process.kill(pid, 'SIGKILL');
      lifeMillis *= 1.5;
      killLater();
    }, lifeMillis);
  };
  killLater();
  return work.finally(() => clearTimeout(timer));
};
