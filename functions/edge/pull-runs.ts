/** One run of the pull with its metrics, one at a time; what the facade has handled is dismissed upstream at the end, where a stage wants that. */
import type { MetricValues } from '../../shared/config/metrics.ts';
import type { Pull, PullReport } from '../../shared/notifications/pull.ts';
import { type PullLease, runAlone } from '../../shared/notifications/pull-lease.ts';

type PullRunOptions = {
  readonly pull: Pull;
  readonly lease: PullLease;
  /** @returns how many were dismissed. Absent = the tenant is left as it is. */
  readonly dismiss?: (() => Promise<number>) | undefined;
  readonly putMetrics: (values: MetricValues) => void;
  readonly onRun: (report: PullReport) => void;
  /** Told that another run is under way, and that this one does nothing. */
  readonly onSkip: () => void;
  readonly onFailure: (what: 'pull' | 'dismissal', error: unknown) => void;
};

/** Left for the slice that has begun, and for dismissals. */
const marginMillis = 60_000;

export const createPullRuns = (options: PullRunOptions) => {
  const { pull, lease, dismiss, putMetrics, onRun, onSkip, onFailure } = options;

  const dismissHandled = async (): Promise<void> => {
    try {
      if (dismiss) putMetrics({ NotificationsDismissed: await dismiss() });
    } catch (error) {
      // What stays undismissed is met again by the next run.
      onFailure('dismissal', error);
    }
  };

  /** The lag is in the same table: when that cannot be read, only the failure is counted. */
  const lagAfterFailure = (): Promise<MetricValues> =>
    pull.lagMillis().then(
      (lagMillis) => (lagMillis === undefined ? {} : { PullLagSeconds: lagMillis / 1_000 }),
      () => ({}),
    );

  const run = async (deadlineMillis: number): Promise<void> => {
    const report = await pull.run(deadlineMillis);
    onRun(report);
    const { found, malformed, overflowed, lagMillis } = report;
    putMetrics({
      ...{ PullFound: found, PullMalformed: malformed, PullOverflowed: overflowed },
      ...{ PullLagSeconds: lagMillis / 1_000, PullFailed: 0 },
    });
    if (report.isComplete) await dismissHandled();
  };

  /**
   * A run that fails is counted and told of; the next one begins where it began. While another run is under way nothing happens: what
   * that one no longer sees, the next scheduled one does.
   * @param killedMillis when the function is killed.
   */
  return async (killedMillis: number): Promise<void> => {
    try {
      const hasRun = await runAlone(lease, killedMillis, () => run(killedMillis - marginMillis));
      if (!hasRun) onSkip();
    } catch (error) {
      onFailure('pull', error);
      putMetrics({ ...(await lagAfterFailure()), PullFailed: 1 });
    }
  };
};
