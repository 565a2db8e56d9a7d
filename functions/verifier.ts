/** Every quarter of an hour: begins the daily verification of the archive when it is due, or goes on with the one that is under way. */
import type { Context } from 'aws-lambda';
import { verifyForAWhile } from '../shared/archive/verification/verify-archive.ts';
import { countVerification } from './edge/archive-metrics.ts';
import { logger } from './edge/logger.ts';
import { createHouse } from './house.ts';
import { VerifierEnv } from './wiring/archive-env.ts';
import { parseEnv } from './wiring/env.ts';
import { verificationPartsOf } from './wiring/verification.ts';

const house = createHouse(parseEnv(VerifierEnv));

/** A portion reads ten PDFs at most. What is left when the time is up is noted, and the next run goes on there. */
const reserveMillis = 180_000;

export const handler = async (_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<void> => {
  const report = await verifyForAWhile(
    verificationPartsOf(house),
    () => context.getRemainingTimeInMillis() > reserveMillis,
  );
  logger.info('verification of the archive', report);
  countVerification(report);
};
