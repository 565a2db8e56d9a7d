/** Idempotency keys and the first answers under them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { IdempotencyEnv } from '../../shared/config/env.ts';
import { createDynamoIdempotencyStore } from '../../shared/idempotency/adapters/dynamodb.ts';
import { createIdempotency, type Idempotency } from '../../shared/idempotency/idempotency.ts';
import { systemClock } from '../../shared/time/clock.ts';
import { logger } from '../edge/http-handler.ts';
import { putMetrics } from '../edge/put-metrics.ts';

const reportFailure = (what: string, cause: unknown): void => {
  logger.error(`idempotency: ${what}`, cause === undefined ? {} : { error: cause as Error });
  putMetrics({ IdempotencyOutcomesLost: 1 });
};

export const wireIdempotency = (env: z.infer<typeof IdempotencyEnv>, dynamo: DynamoDBDocumentClient): Idempotency =>
  createIdempotency({
    store: createDynamoIdempotencyStore(dynamo, env.IDEMPOTENCY_TABLE),
    clock: systemClock,
    newId: randomUUID,
    lifeHours: env.IDEMPOTENCY_HOURS,
    onFailure: reportFailure,
    pause: sleep,
  });
