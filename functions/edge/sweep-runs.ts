/** The runs of one invocation of the sweep, each with its metrics. */
import { type Sweeper, sweepLagMillis } from '../../shared/cache/sweep/sweep.ts';
import type { Clock } from '../../shared/time/clock.ts';

type SweepRunsOptions = {
  readonly sweeper: Sweeper;
  readonly clock: Clock;
  readonly sleep: (millis: number) => Promise<unknown>;
  readonly putMetrics: (values: Readonly<Record<string, number>>) => void;
  readonly onRun: (facts: { readonly purged: number; readonly calls: number; readonly all: boolean }) => void;
  readonly onFailure: (error: unknown) => void;
};

/** From the start of the first run to that of the second. */
const betweenStartsMillis = 28_000;

/** Two runs, half a minute apart. A run that fails is told of, and keeps the other from nothing. */
export const createSweepRuns = ({ sweeper, clock, sleep, putMetrics, onRun, onFailure }: SweepRunsOptions) => {
  /** The lag is in the same table: when that cannot be read, the failure alone must do. */
  const lagSeconds = async (): Promise<{ SweepLagSeconds?: number }> => {
    try {
      return { SweepLagSeconds: (await sweeper.lagMillis()) / 1_000 };
    } catch {
      return {};
    }
  };

  const runOnce = async (): Promise<void> => {
    try {
      const { purged, calls, all, sweep } = await sweeper.run();
      onRun({ purged, calls, all });
      const lagMillis = sweepLagMillis(sweep, clock.nowMillis());
      putMetrics({ SweepPurged: purged, SweepLagSeconds: lagMillis / 1_000, SweepFailed: 0 });
    } catch (error) {
      onFailure(error);
      putMetrics({ ...(await lagSeconds()), SweepFailed: 1 });
    }
  };

  return async (): Promise<void> => {
    const startMillis = clock.nowMillis();
    await runOnce();
    await sleep(Math.max(0, startMillis + betweenStartsMillis - clock.nowMillis()));
    await runOnce();
  };
};
