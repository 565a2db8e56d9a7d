/** Idempotency keys and the first answers under them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDynamoIdempotencyStore } from '../../shared/idempotency/adapters/dynamodb.ts';
import { createIdempotency, type Idempotency } from '../../shared/idempotency/idempotency.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { IdempotencyEnv } from './env.ts';

export const reportLostOutcome = (what: string, cause: unknown): void => {
  logger.error(`idempotency: ${what}`, cause === undefined ? {} : { error: cause as Error });
  putMetrics({ IdempotencyOutcomesLost: 1 });
};

const makeIdempotency = (house: House<IdempotencyEnv>): Idempotency =>
  createIdempotency({
    store: createDynamoIdempotencyStore(dynamoOf(house, 'brief'), house.env.IDEMPOTENCY_TABLE),
    clock: systemClock,
    newId: randomUUID,
    lifeHours: house.env.IDEMPOTENCY_HOURS,
    onFailure: reportLostOutcome,
    pause: sleep,
  });

export const idempotencyOf = (house: House<IdempotencyEnv>) => house.part(makeIdempotency);
