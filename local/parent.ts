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
 * Calls `stop` once `.ci/node24.mjs`, which runs this process for npm, has ended. After kill -9 there is no other sign of that.
 * A script that is run directly is not stopped. `RUN_BY_PID` is the runner's id; unset = no process is watched.
 */
export const whenRunnerEnds = (stop: () => void, runnerPid = Number(process.env.RUN_BY_PID)): void => {
  // Another process may have inherited the variable and passed it on. Then it does not concern this process.
  if (runnerPid !== process.ppid) return;
  const timer = setInterval(() => {
    // The parent's id changes with its death, but not on Windows.
    if (process.ppid === runnerPid && isRunning(runnerPid)) return;
    clearInterval(timer);
    stop();
  }, lookEveryMillis);
  timer.unref();
};
