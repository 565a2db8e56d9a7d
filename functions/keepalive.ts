/** Every hour: idle tokens are touched, dead ones found. */

import type { Context } from 'aws-lambda';
import { withFacadeEvents } from './edge/facade-events.ts';
import { putKeepAliveMetrics } from './edge/keep-alive-metrics.ts';
import { logger } from './edge/logger.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { raiseDistrust } from './edge/token-events.ts';
import { createHouse } from './house.ts';
import { KeepAliveEnv, parseEnv } from './wiring/env.ts';
import { beginEnvelope } from './wiring/envelope.ts';
import { sendFacadeEvents } from './wiring/facade-events.ts';
import { keepAliveOf } from './wiring/tokens.ts';

const house = createHouse(parseEnv(KeepAliveEnv));
beginEnvelope();
sendFacadeEvents(house);
/** Leaves a minute for touches that have started. */
const runMillis = 240_000;

/** An error ends the run as failed, which AWS counts. The next run starts afresh. */
export const handler = (_event: unknown, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<void> =>
  withFacadeEvents(awsRequestId, async () => {
    const report = await keepAliveOf(house).run(Date.now() + runMillis);
    const { daysLeft: _, ...shown } = report;
    logger.info('tokens kept alive', shown);
    putKeepAliveMetrics(report, putMetrics);
    raiseDistrust(report);
  });
