/** One run of the pull with its metrics; what the facade has handled is dismissed upstream at the end, where a stage wants that. */
import type { MetricValues } from '../../shared/config/metrics.ts';
import type { Pull, PullReport } from '../../shared/notifications/pull.ts';

type PullRunOptions = {
  readonly pull: Pull;
  /** @returns how many were dismissed. Absent = the tenant is left as it is. */
  readonly dismiss?: (() => Promise<number>) | undefined;
  readonly putMetrics: (values: MetricValues) => void;
  readonly onRun: (report: PullReport) => void;
  readonly onFailure: (what: 'pull' | 'dismissal', error: unknown) => void;
};

export const createPullRuns = ({ pull, dismiss, putMetrics, onRun, onFailure }: PullRunOptions) => {
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

  /** A run that fails is counted and told of; the next one begins where it began. */
  return async (deadlineMillis: number): Promise<void> => {
    try {
      const report = await pull.run(deadlineMillis);
      onRun(report);
      const { found, malformed, overflowed, lagMillis } = report;
      putMetrics({
        ...{ PullFound: found, PullMalformed: malformed, PullOverflowed: overflowed },
        ...{ PullLagSeconds: lagMillis / 1_000, PullFailed: 0 },
      });
      if (report.isComplete) await dismissHandled();
    } catch (error) {
      onFailure('pull', error);
      putMetrics({ ...(await lagAfterFailure()), PullFailed: 1 });
    }
  };
};
