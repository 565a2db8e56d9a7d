/** One run of the wake-up with its metrics. */
import type { MetricValues } from '../../shared/config/metrics.ts';
import type { WakeReport } from '../../shared/fan-out/wake.ts';
import type { Clock } from '../../shared/time/clock.ts';

type WakeRunOptions = {
  readonly run: () => Promise<WakeReport>;
  readonly clock: Clock;
  readonly putMetrics: (values: MetricValues) => void;
  readonly onRun: (report: Omit<WakeReport, 'oldestPendingMillis'>) => void;
};

/** What it throws ends the run as failed, which AWS counts. The next one starts anew. */
export const createWakeRuns =
  ({ run, clock, putMetrics, onRun }: WakeRunOptions) =>
  async (): Promise<void> => {
    try {
      const { oldestPendingMillis, ...report } = await run();
      onRun(report);
      const waitedMillis = oldestPendingMillis === undefined ? 0 : clock.nowMillis() - oldestPendingMillis;
      putMetrics({ OldestPendingSeconds: Math.max(0, waitedMillis) / 1_000, WakeFailed: 0 });
    } catch (error) {
      putMetrics({ WakeFailed: 1 });
      throw error;
    }
  };
