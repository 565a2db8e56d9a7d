/** One pull at a time, whoever starts it: the schedule, or an administrator. */

/** Port. There is one lease for each stage. */
export interface PullLease {
  /** @returns false while somebody holds it. It ends by itself at `untilMillis`, which also names its holder. */
  take(untilMillis: number): Promise<boolean>;
  /** Does nothing where somebody else holds it. */
  release(untilMillis: number): Promise<void>;
}

/** Port: how an administrator asks the function `pull` for a pull. */
export interface PullRequests {
  /** @throws AppError NOTIFICATIONS_UNAVAILABLE. */
  add(): Promise<void>;
}

/**
 * Runs `work` unless somebody else holds the lease.
 * @param untilMillis when the function is killed at the latest: a killed holder holds nobody up for longer.
 * @returns whether `work` ran. @throws what `work` throws, or NOTIFICATIONS_UNAVAILABLE before it began.
 */
export const runAlone = async (lease: PullLease, untilMillis: number, work: () => Promise<void>): Promise<boolean> => {
  if (!(await lease.take(untilMillis))) return false;
  try {
    await work();
  } finally {
    // A lease that cannot be released ends by itself.
    await lease.release(untilMillis).catch(() => {});
  }
  return true;
};
