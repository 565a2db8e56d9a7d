/** /v1/uploads: bodies above the gateway's limit reach a native operation through a bucket. */
import { S3Client } from '@aws-sdk/client-s3';
import { systemClock } from '../shared/time/clock.ts';
import { createDynamoUploadStore } from '../shared/uploads/adapters/dynamodb.ts';
import { createDynamoAllowanceStore } from '../shared/uploads/adapters/dynamodb-allowance.ts';
import { createS3UploadBytes } from '../shared/uploads/adapters/s3.ts';
import { createAllowance } from '../shared/uploads/allowance.ts';
import { createUploads } from '../shared/uploads/upload.ts';
import { httpHandler } from './edge/http-handler.ts';
import { logger } from './edge/logger.ts';
import { createUploadRoutes } from './edge/upload-routes.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { parseEnv, UploadsEnv } from './wiring/env.ts';
import { wireFacadeEvents } from './wiring/facade-events.ts';
import { wireIdempotency } from './wiring/idempotency.ts';
import { wireNative } from './wiring/native.ts';
import { wireRequestLog } from './wiring/requests.ts';
import { requestHandler } from './wiring/time-outs.ts';

const env = parseEnv(UploadsEnv);
wireFacadeEvents(env);
const dynamo = createDocumentClient();
const s3 = new S3Client({
  // Bytes wait in the socket while the upstream takes them slowly: only a stall of two minutes ends them.
  requestHandler: { ...requestHandler(5_000, 1_000), socketTimeout: 120_000 },
  requestChecksumCalculation: 'WHEN_REQUIRED',
  // The twin's S3 has one host for all buckets.
  forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
});
const warn = (trouble: string, cause: unknown): void => logger.warn(trouble, { error: cause as Error });
const store = createDynamoUploadStore(dynamo, env.UPLOADS_TABLE);
const allowance = createAllowance(createDynamoAllowanceStore(dynamo, env.UPLOADS_TABLE), store, systemClock, {
  mostOpen: env.UPLOADS_MOST_OPEN,
  mostBytesPerDay: env.UPLOADS_MOST_GIB_PER_DAY * 1_073_741_824,
});
const uploads = createUploads({
  store,
  bytes: createS3UploadBytes(s3, env.UPLOADS_BUCKET, (cause) =>
    warn('an upload has no bytes, or they may not be read', cause),
  ),
  allowance,
  clock: systemClock,
  warn,
});

const routes = createUploadRoutes({
  pipeline: wireNative(env, dynamo),
  uploads,
  clock: systemClock,
  // The bytes are in the bucket: the upload's id stands for them.
  idempotency: wireIdempotency(env),
});

export const handler = httpHandler(env, routes, wireRequestLog(env));
