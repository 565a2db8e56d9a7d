/**
 * Twice a minute: purges what changed in the tenant from the cache. No schedule is finer than a minute, so the schedule
 * starts one run, and puts a message into a queue that delays it, for the other (infra/capabilities/sweep-looks.ts).
 */
import type { Context, SQSEvent } from 'aws-lambda';
import { systemClock } from '../shared/time/clock.ts';
import { withFacadeEvents } from './edge/facade-events.ts';
import { logger } from './edge/logger.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createSweepRun } from './edge/sweep-run.ts';
import { withTrace } from './edge/trace.ts';
import { createHouse, once } from './house.ts';
import { parseEnv, SweepEnv } from './wiring/env.ts';
import { beginEnvelope } from './wiring/envelope.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { sweeperOf } from './wiring/sweep.ts';

const house = createHouse(parseEnv(SweepEnv));
beginEnvelope();
sendFacadeEvents(house);

const sweep = once(() =>
  createSweepRun({
    sweeper: sweeperOf(house),
    clock: systemClock,
    putMetrics,
    onRun: (facts) => logger.info('sweep', facts),
    onFailure: (error) => logger.error('sweep failed', { error: error as Error }),
  }),
);

/** @param event of the schedule, which has no records, or one message, whose content says nothing. */
export const handler = async (
  { Records: [message] = [] }: Partial<SQSEvent>,
  { awsRequestId }: Pick<Context, 'awsRequestId'>,
): Promise<void> => {
  if (house.env.CACHE !== 'on') return;
  await withTrace(message?.attributes.AWSTraceHeader, () => withFacadeEvents(awsRequestId, sweep()));
};
