/** Each minute: what is due, or was left undone, is put into the ingress of the dispatcher. */
import { systemClock } from '../shared/time/clock.ts';
import { logger } from './edge/logger.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createWakeRuns } from './edge/wake-runs.ts';
import { createHouse, once } from './house.ts';
import { parseEnv } from './wiring/env.ts';
import { fanOutMetricsOf, wakeOf } from './wiring/fan-out.ts';
import { WakeEnv } from './wiring/notification-env.ts';
import { abandonedOf } from './wiring/subscriptions.ts';

const house = createHouse(parseEnv(WakeEnv));

const runs = once(() =>
  createWakeRuns({
    run: () => wakeOf(house).run(),
    clock: systemClock,
    putMetrics,
    onRun: (report) => logger.info('wake-up', report),
  }),
);

const minuteMillis = 60_000;
/** Once in an hour is enough for a time of grace of days. */
const isTimeToClean = (): boolean => Math.floor(systemClock.nowMillis() / minuteMillis) % 60 === 0;

/** What fails is left to the next hour. */
const cleanUp = async (): Promise<void> => {
  try {
    logger.info('abandoned subscriptions', await abandonedOf(house).run());
  } catch (error) {
    logger.error('abandoned subscriptions were not removed', { error: error as Error });
  }
};

export const handler = async (): Promise<void> => {
  try {
    await runs()();
    if (isTimeToClean()) await cleanUp();
  } finally {
    fanOutMetricsOf(house).handIn();
  }
};
