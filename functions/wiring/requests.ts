/** Decisions about requests, what consumers used, and what calls saw of the upstream: written by the functions that answer native calls. */
import { randomInt } from 'node:crypto';
import { createDynamoRequestStore } from '../../shared/requests/adapters/dynamodb.ts';
import { createRequestLog } from '../../shared/requests/request-log.ts';
import type { BatchOptions } from '../../shared/time/batches.ts';
import { createDynamoUsageStore } from '../../shared/usage/adapters/dynamodb.ts';
import { createUsageRecorder } from '../../shared/usage/usage-recorder.ts';
import type { AfterAnswer } from '../edge/http-handler.ts';
import { logger } from '../edge/logger.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { RequestLogEnv } from './env.ts';
import { outcomesOf } from './outcomes.ts';

const warn =
  (what: string): BatchOptions['onFailure'] =>
  (error, count) =>
    logger.warn(what, { count, error: error as Error });

const makeKeep = (house: House<RequestLogEnv>): AfterAnswer => {
  const client = dynamoOf(house, 'brief');
  const log = createRequestLog({
    store: createDynamoRequestStore(client, house.env.REQUESTS_TABLE),
    nowMillis: Date.now,
    onFailure: warn('request not kept'),
  });
  const usage = createUsageRecorder({
    store: createDynamoUsageStore(client, house.env.REQUESTS_TABLE, randomInt(1_000)),
    nowMillis: Date.now,
    onFailure: warn('usage not added'),
  });
  const outcomes = outcomesOf(house);
  return async (answered) => {
    await Promise.all([log.keep(answered), usage.count(answered), outcomes.count(answered)]);
  };
};

const keepOf = (house: House<RequestLogEnv>) => house.part(makeKeep);

/**
 * After the answer to a native call has left: stores the decision, and adds to usage and to what calls saw of the upstream. Switched
 * off, it does only the last.
 */
export const requestLogOf = (house: House<RequestLogEnv>): AfterAnswer =>
  house.env.REQUEST_LOG === 'off'
    ? (answered) => outcomesOf(house).count(answered)
    : (answered) => keepOf(house)(answered);
