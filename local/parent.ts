/** Notices that the process which started this one is gone, however it ended. */

const lookEveryMillis = 500;

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * Calls `stop` once `.ci/node24.mjs`, which runs this process for npm, has ended: after kill -9 nobody else says so.
 * Run directly, a script lives as long as it likes. `RUN_BY_PID` is the runner's; unset, nothing is watched.
 */
export const whenRunnerEnds = (stop: () => void, runnerPid = Number(process.env.RUN_BY_PID)): void => {
  // A variable that some other process inherited and passed on says nothing about this one.
  if (runnerPid !== process.ppid) return;
  const timer = setInterval(() => {
    // The parent's id changes with its death, but not on Windows.
    if (process.ppid === runnerPid && isRunning(runnerPid)) return;
    clearInterval(timer);
    stop();
  }, lookEveryMillis);
  timer.unref();
};
