/** Twice a minute: what changed in the tenant is purged from the cache. No schedule is finer than a minute, so one run does both. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { systemClock } from '../shared/time/clock.ts';
import { withFacadeEvents } from './edge/facade-events.ts';
import { logger } from './edge/logger.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createSweepRuns } from './edge/sweep-runs.ts';
import { wireSweeper } from './wiring/cache.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { parseEnv, UpstreamEnv } from './wiring/env.ts';
import { wireFacadeEvents } from './wiring/facade-events.ts';

const env = parseEnv(UpstreamEnv);
wireFacadeEvents(env);
const sweep = createSweepRuns({
  sweeper: wireSweeper(env, createDocumentClient()),
  clock: systemClock,
  sleep,
  putMetrics,
  onRun: (facts) => logger.info('sweep', facts),
  onFailure: (error) => logger.error('sweep failed', { error: error as Error }),
});

export const handler = async (_event: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<void> => {
  if (env.CACHE === 'on') await withFacadeEvents(awsRequestId, sweep);
};
