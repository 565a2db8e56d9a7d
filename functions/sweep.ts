/** Twice a minute: what changed in the tenant is purged from the cache. No schedule is finer than a minute, so one run does both. */
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../shared/time/clock.ts';
import { logger } from './edge/http-handler.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createSweepRuns } from './edge/sweep-runs.ts';
import { wireSweeper } from './wiring/cache.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { parseEnv, UpstreamEnv } from './wiring/env.ts';

const env = parseEnv(UpstreamEnv);
const sweep = createSweepRuns({
  sweeper: wireSweeper(env, createDocumentClient()),
  clock: systemClock,
  sleep,
  putMetrics,
  onRun: (facts) => logger.info('sweep', facts),
  onFailure: (error) => logger.error('sweep failed', { error: error as Error }),
});

export const handler = async (): Promise<void> => {
  if (env.CACHE === 'on') await sweep();
};
