/** Idempotency keys and the first answers under them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { createDynamoIdempotencyStore } from '../../shared/idempotency/adapters/dynamodb.ts';
import { createIdempotency, type Idempotency } from '../../shared/idempotency/idempotency.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/logger.ts';
import { putMetrics } from '../edge/put-metrics.ts';
import { createDocumentClient } from './dynamo.ts';
import type { IdempotencyEnv } from './env.ts';

const reportFailure = (what: string, cause: unknown): void => {
  logger.error(`idempotency: ${what}`, cause === undefined ? {} : { error: cause as Error });
  putMetrics({ IdempotencyOutcomesLost: 1 });
};

export const wireIdempotency = (env: z.infer<typeof IdempotencyEnv>): Idempotency => {
  // A client of its own: a caller waits for the record before and after each send, also while the store hangs.
  const dynamo = createDocumentClient({ maxAttempts: 2, requestMillis: 1_000, connectionMillis: 500 });
  return createIdempotency({
    store: createDynamoIdempotencyStore(dynamo, env.IDEMPOTENCY_TABLE),
    clock: systemClock,
    newId: randomUUID,
    lifeHours: env.IDEMPOTENCY_HOURS,
    onFailure: reportFailure,
    pause: sleep,
  });
};
