/** Each minute: what is due, or was left undone, is put into the ingress of the dispatcher. */
import { systemClock } from '../shared/time/clock.ts';
import { logger } from './edge/logger.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createWakeRuns } from './edge/wake-runs.ts';
import { createHouse, once } from './house.ts';
import { FanOutEnv, parseEnv } from './wiring/env.ts';
import { fanOutMetricsOf, wakeOf } from './wiring/fan-out.ts';

const house = createHouse(parseEnv(FanOutEnv));

const runs = once(() =>
  createWakeRuns({
    run: () => wakeOf(house).run(),
    clock: systemClock,
    putMetrics,
    onRun: (report) => logger.info('wake-up', report),
  }),
);

export const handler = async (): Promise<void> => {
  try {
    await runs()();
  } finally {
    fanOutMetricsOf(house).handIn();
  }
};
