/** What calls saw of the upstream: every function that calls it adds to the sums, and the health check reads them. */
import { createDynamoHealthStore } from '../../shared/health/adapters/dynamodb.ts';
import { createOutcomeRecorder } from '../../shared/health/upstream-health.ts';
import { logger } from '../edge/logger.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { RequestsTableEnv } from './env.ts';

const makeHealthStore = (house: House<RequestsTableEnv>) =>
  createDynamoHealthStore(dynamoOf(house, 'brief'), house.env.REQUESTS_TABLE);

export const healthStoreOf = (house: House<RequestsTableEnv>) => house.part(makeHealthStore);

const makeOutcomes = (house: House<RequestsTableEnv>) =>
  createOutcomeRecorder({
    store: healthStoreOf(house),
    nowMillis: Date.now,
    onFailure: (error, count) => logger.warn('outcomes not added', { count, error: error as Error }),
  });

export const outcomesOf = (house: House<RequestsTableEnv>) => house.part(makeOutcomes);
