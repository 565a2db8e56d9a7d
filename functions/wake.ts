/** Each minute: what is due, or was left undone, is put into the ingress of the dispatcher. */
import { logger } from './edge/logger.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createHouse } from './house.ts';
import { FanOutEnv, parseEnv } from './wiring/env.ts';
import { fanOutMetricsOf, wakeOf } from './wiring/fan-out.ts';

const house = createHouse(parseEnv(FanOutEnv));

/** What it throws ends the run as failed, which AWS counts. The next one starts anew. */
export const handler = async (): Promise<void> => {
  try {
    const { oldestPendingMillis, ...report } = await wakeOf(house).run();
    logger.info('wake-up', report);
    const waitedMillis = oldestPendingMillis === undefined ? 0 : Date.now() - oldestPendingMillis;
    putMetrics({ OldestPendingSeconds: Math.max(0, waitedMillis) / 1_000, WakeFailed: 0 });
  } catch (error) {
    putMetrics({ WakeFailed: 1 });
    throw error;
  } finally {
    fanOutMetricsOf(house).handIn();
  }
};
