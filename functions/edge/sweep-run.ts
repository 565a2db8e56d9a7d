/** One run of the sweep, with its metrics. */
import { knownLagMillis, type Sweeper } from '../../shared/cache/sweep/sweep.ts';
import type { MetricValues } from '../../shared/config/metrics.ts';
import type { Clock } from '../../shared/time/clock.ts';

type SweepRunOptions = {
  readonly sweeper: Sweeper;
  readonly clock: Clock;
  readonly putMetrics: (values: MetricValues) => void;
  readonly onRun: (facts: { readonly purged: number; readonly calls: number; readonly all: boolean }) => void;
  readonly onFailure: (error: unknown) => void;
};

/** The run of one invocation. It does not reject: a failed run is logged, and the next one follows within half a minute. */
export const createSweepRun = ({ sweeper, clock, putMetrics, onRun, onFailure }: SweepRunOptions) => {
  /** Before the first complete run there is no lag: it would read as the 50 years since 1970. */
  const asMetric = (lagMillis: number | undefined): MetricValues =>
    lagMillis === undefined ? {} : { SweepLagSeconds: lagMillis / 1_000 };

  /** The lag is in the same table. If the table cannot be read, only the failure is counted. */
  const lagAfterFailure = (): Promise<MetricValues> => sweeper.lagMillis().then(asMetric, () => ({}));

  return async (): Promise<void> => {
    try {
      const { purged, calls, all, sweep } = await sweeper.run();
      onRun({ purged, calls, all });
      putMetrics({ SweepPurged: purged, ...asMetric(knownLagMillis(sweep, clock.nowMillis())), SweepFailed: 0 });
    } catch (error) {
      onFailure(error);
      putMetrics({ ...(await lagAfterFailure()), SweepFailed: 1 });
    }
  };
};
