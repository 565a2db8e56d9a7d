/** Decisions about requests, which the functions that make them store. */
import { createDynamoRequestStore } from '../../shared/requests/adapters/dynamodb.ts';
import { createRequestLog } from '../../shared/requests/request-log.ts';
import type { AfterAnswer } from '../edge/http-handler.ts';
import { logger } from '../edge/logger.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { RequestLogEnv } from './env.ts';

const makeKeep = (house: House<RequestLogEnv>): AfterAnswer =>
  createRequestLog({
    store: createDynamoRequestStore(dynamoOf(house, 'brief'), house.env.REQUESTS_TABLE),
    nowMillis: Date.now,
    onFailure: (error) => logger.warn('request not kept', { error: error as Error }),
  }).keep;

const keepOf = (house: House<RequestLogEnv>) => house.part(makeKeep);

/** Stores the decision about a native call after its answer has left. Undefined = switched off. */
export const requestLogOf = (house: House<RequestLogEnv>): AfterAnswer | undefined =>
  house.env.REQUEST_LOG === 'off' ? undefined : (answered) => keepOf(house)(answered);
