/** Every hour: idle tokens are touched, dead ones found. */

import { logger } from './edge/http-handler.ts';
import { keepAliveMetrics } from './edge/keep-alive-metrics.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { KeepAliveEnv, parseEnv } from './wiring/env.ts';
import { wireKeepAlive } from './wiring/tokens.ts';

const keepAlive = wireKeepAlive(parseEnv(KeepAliveEnv), createDocumentClient());
/** A minute is left for the touches that have begun. */
const runMillis = 240_000;

/** What it throws ends the run as failed, which AWS counts; the next one starts anew. */
export const handler = async (): Promise<void> => {
  const report = await keepAlive.run(Date.now() + runMillis);
  logger.info('tokens kept alive', report);
  putMetrics(keepAliveMetrics(report));
};
