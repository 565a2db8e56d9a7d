/** The large answers in flight, counted in the table of the budget. */
import { randomUUID } from 'node:crypto';
import { createDynamoSlotStore } from '../../shared/large-answers/adapters/dynamodb.ts';
import { createAdmission, type Failure } from '../../shared/large-answers/admission.ts';
import { createLargeAnswers, type LargeAnswers } from '../../shared/large-answers/large-answers.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { LargeAnswersEnv } from './env.ts';

export const reportUncounted = (failure: Failure, error: unknown): void => {
  logger.warn(`large answers: ${failure}`, { error: error as Error });
  if (failure === 'answer not counted') putMetrics({ LargeAnswersUncounted: 1 });
};

const every = (millis: number, work: () => void): (() => void) => {
  const timer = setInterval(work, millis).unref();
  return () => clearInterval(timer);
};

/** @param patienceMillis how long an answer waits for the store; left out = the default of the domain. */
export const boundLargeAnswers = (house: House<LargeAnswersEnv>, patienceMillis?: number): LargeAnswers => {
  const { env } = house;
  const limits = {
    perConsumer: env.LARGE_ANSWERS_PER_CONSUMER,
    inAll: env.LARGE_ANSWERS_IN_ALL,
    pool: env.LARGE_ANSWERS_POOL,
  };
  const admission = createAdmission({
    store: createDynamoSlotStore(dynamoOf(house, 'largeAnswers'), env.QUOTA_TABLE),
    clock: systemClock,
    limits,
    newId: randomUUID,
    every,
    onFailure: reportUncounted,
    ...(patienceMillis === undefined ? {} : { patienceMillis }),
  });
  return createLargeAnswers({ admission, limits, clock: systemClock });
};

const makeLargeAnswers = (house: House<LargeAnswersEnv>) => boundLargeAnswers(house);

export const largeAnswersOf = (house: House<LargeAnswersEnv>) => house.part(makeLargeAnswers);
