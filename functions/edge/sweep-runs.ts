/** The runs of one invocation of the sweep, each with its metrics. */
import { knownLagMillis, type Sweeper } from '../../shared/cache/sweep/sweep.ts';
import type { MetricValues } from '../../shared/config/metrics.ts';
import type { Clock } from '../../shared/time/clock.ts';

type SweepRunsOptions = {
  readonly sweeper: Sweeper;
  readonly clock: Clock;
  readonly sleep: (millis: number) => Promise<unknown>;
  readonly putMetrics: (values: MetricValues) => void;
  readonly onRun: (facts: { readonly purged: number; readonly calls: number; readonly all: boolean }) => void;
  readonly onFailure: (error: unknown) => void;
};

/** From the start of the first run to that of the second. */
const betweenStartsMillis = 28_000;

/** Two runs, half a minute apart. A failed run is logged; the second run still starts. */
export const createSweepRuns = ({ sweeper, clock, sleep, putMetrics, onRun, onFailure }: SweepRunsOptions) => {
  /** Before the first complete run there is no lag: it would read as the 50 years since 1970. */
  const asMetric = (lagMillis: number | undefined): MetricValues =>
    lagMillis === undefined ? {} : { SweepLagSeconds: lagMillis / 1_000 };

  /** The lag is in the same table. If the table cannot be read, only the failure is counted. */
  const lagAfterFailure = (): Promise<MetricValues> => sweeper.lagMillis().then(asMetric, () => ({}));

  const runOnce = async (): Promise<void> => {
    try {
      const { purged, calls, all, sweep } = await sweeper.run();
      onRun({ purged, calls, all });
      putMetrics({ SweepPurged: purged, ...asMetric(knownLagMillis(sweep, clock.nowMillis())), SweepFailed: 0 });
    } catch (error) {
      onFailure(error);
      putMetrics({ ...(await lagAfterFailure()), SweepFailed: 1 });
    }
  };

  return async (): Promise<void> => {
    const startMillis = clock.nowMillis();
    await runOnce();
    await sleep(Math.max(0, startMillis + betweenStartsMillis - clock.nowMillis()));
    await runOnce();
  };
};
