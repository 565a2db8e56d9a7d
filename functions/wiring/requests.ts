/** Decisions about requests: kept by the functions that make them, read by /v1/requests. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import { createDynamoRequestStore } from '../../shared/requests/adapters/dynamodb.ts';
import { createRequestLog } from '../../shared/requests/request-log.ts';
import { systemClock } from '../../shared/time/clock.ts';
import type { AfterAnswer } from '../edge/http-handler.ts';
import { logger } from '../edge/logger.ts';
import type { RequestParts } from '../edge/request-routes.ts';
import { wireIdentifier } from './consumers.ts';
import { createDocumentClient } from './dynamo.ts';
import type { NativeEnv, RequestsEnv } from './env.ts';

/** A client of its own: a record of the past is not worth that the function lives long for it. */
const impatientClient = (): DynamoDBDocumentClient =>
  createDocumentClient({ maxAttempts: 2, requestMillis: 1_000, connectionMillis: 500 });

type RequestLogEnv = Pick<z.infer<typeof NativeEnv>, 'REQUEST_LOG' | 'REQUESTS_TABLE'>;

/** Keeps what is worth it once an answer has left: for the handlers of native calls. Undefined = switched off. */
export const wireRequestLog = (env: RequestLogEnv): AfterAnswer | undefined => {
  if (env.REQUEST_LOG === 'off') return undefined;
  const { keep } = createRequestLog({
    store: createDynamoRequestStore(impatientClient(), env.REQUESTS_TABLE),
    nowMillis: Date.now,
    onFailure: (error) => logger.warn('request not kept', { error: error as Error }),
  });
  return keep;
};

/** What /v1/requests needs. */
export const wireRequests = (env: z.infer<typeof RequestsEnv>, dynamo: DynamoDBDocumentClient): RequestParts => ({
  identifier: wireIdentifier(env.CONSUMERS_TABLE, dynamo),
  store: createDynamoRequestStore(dynamo, env.REQUESTS_TABLE),
  clock: systemClock,
});
