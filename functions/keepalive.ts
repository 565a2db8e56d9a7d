/** Every hour: idle tokens are touched, dead ones found. */
import { KeepAliveEnv, parseEnv } from '../shared/config/env.ts';
import { logger } from './edge/http-handler.ts';
import { putMetrics } from './edge/put-metrics.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { wireKeepAlive } from './wiring/tokens.ts';

const keepAlive = wireKeepAlive(parseEnv(KeepAliveEnv), createDocumentClient());
/** A minute is left for the touches that have begun. */
const runMillis = 240_000;

/** What it throws ends the run as failed, which AWS counts; the next one starts anew. */
export const handler = async (): Promise<void> => {
  const { living, dead, touched, left, oldestIdleDays } = await keepAlive.run(Date.now() + runMillis);
  logger.info('tokens kept alive', { living, dead, touched, left, oldestIdleDays });
  putMetrics({
    TokensLiving: living,
    TokensDead: dead,
    TokensTouched: touched,
    TokensLeft: left,
    TokensOldestIdleDays: oldestIdleDays,
  });
};
