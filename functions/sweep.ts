/** Twice a minute: what changed in the tenant is purged from the cache. No schedule is finer than a minute, so one run does both. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sweepLagMillis } from '../shared/cache/sweep/sweep.ts';
import { parseEnv, UpstreamEnv } from '../shared/config/env.ts';
import { logger } from './edge/http-handler.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { wireSweeper } from './wiring/cache.ts';
import { createDocumentClient } from './wiring/dynamo.ts';

const env = parseEnv(UpstreamEnv);
const sweeper = wireSweeper(env, createDocumentClient());
const pauseMillis = 28_000;

const sweepOnce = async (): Promise<void> => {
  try {
    const { purged, calls, all, sweep } = await sweeper.run();
    logger.info('sweep', { purged, calls, all });
    putMetrics({ SweepPurged: purged, SweepLagSeconds: sweepLagMillis(sweep, Date.now()) / 1_000, SweepFailed: 0 });
  } catch (error) {
    logger.error('sweep failed', { error: error as Error });
    putMetrics({ SweepLagSeconds: (await sweeper.lagMillis()) / 1_000, SweepFailed: 1 });
  }
};

export const handler = async (): Promise<void> => {
  if (env.CACHE === 'off') return;
  const startMillis = Date.now();
  await sweepOnce();
  await sleep(Math.max(0, startMillis + pauseMillis - Date.now()));
  await sweepOnce();
};
