/**
 * Twice a minute: purges what changed in the tenant from the cache. No schedule is finer than a minute, so one
 * invocation does both runs.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { systemClock } from '../shared/time/clock.ts';
import { withFacadeEvents } from './edge/facade-events.ts';
import { logger } from './edge/logger.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createSweepRuns } from './edge/sweep-runs.ts';
import { createHouse, once } from './house.ts';
import { parseEnv, SweepEnv } from './wiring/env.ts';
import { beginEnvelope } from './wiring/envelope.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { sweeperOf } from './wiring/sweep.ts';

const house = createHouse(parseEnv(SweepEnv));
beginEnvelope();
sendFacadeEvents(house);

const sweep = once(() =>
  createSweepRuns({
    sweeper: sweeperOf(house),
    clock: systemClock,
    sleep,
    putMetrics,
    onRun: (facts) => logger.info('sweep', facts),
    onFailure: (error) => logger.error('sweep failed', { error: error as Error }),
  }),
);

export const handler = async (_event: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<void> => {
  if (house.env.CACHE === 'on') await withFacadeEvents(awsRequestId, sweep());
};
