/** The large answers in flight, counted in the table of the budget. */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { LargeAnswersEnv } from '../../shared/config/env.ts';
import { createDynamoSlotStore } from '../../shared/large-answers/adapters/dynamodb.ts';
import { createAdmission } from '../../shared/large-answers/admission.ts';
import { createLargeAnswers, type LargeAnswers } from '../../shared/large-answers/large-answers.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/http-handler.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import { requestHandler } from './time-outs.ts';

const reportFailure = (what: string, error: unknown): void => {
  logger.warn(`large answers: ${what}`, { error: error as Error });
  putMetrics({ LargeAnswersUncounted: 1 });
};

const every = (millis: number, work: () => void): (() => void) => {
  const timer = setInterval(work, millis).unref();
  return () => clearInterval(timer);
};

export const wireLargeAnswers = (env: z.infer<typeof LargeAnswersEnv>): LargeAnswers => {
  // A client of its own: an answer waits for its slots, and passes uncounted when the store hangs.
  const client = new DynamoDBClient({ maxAttempts: 2, requestHandler: requestHandler(1_000, 500) });
  const limits = {
    perConsumer: env.LARGE_ANSWERS_PER_CONSUMER,
    inAll: env.LARGE_ANSWERS_IN_ALL,
    pool: env.LARGE_ANSWERS_POOL,
  };
  const admission = createAdmission({
    store: createDynamoSlotStore(DynamoDBDocumentClient.from(client), env.QUOTA_TABLE),
    clock: systemClock,
    limits,
    newId: randomUUID,
    every,
    onFailure: reportFailure,
  });
  return createLargeAnswers({ admission, limits, clock: systemClock });
};
