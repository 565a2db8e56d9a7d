/** /v1/uploads: bodies above the gateway's limit reach a native operation through a bucket. */
import { S3Client } from '@aws-sdk/client-s3';
import { parseEnv, UploadsEnv } from '../shared/config/env.ts';
import { systemClock } from '../shared/time/clock.ts';
import { createDynamoUploadStore } from '../shared/uploads/adapters/dynamodb.ts';
import { createS3UploadBytes } from '../shared/uploads/adapters/s3.ts';
import { createUploads } from '../shared/uploads/upload.ts';
import { httpHandler, logger } from './edge/http-handler.ts';
import { createUploadRoutes } from './edge/upload-routes.ts';
import { createDocumentClient } from './wiring/dynamo.ts';
import { wireNative } from './wiring/native.ts';
import { wireRequestLog } from './wiring/requests.ts';

const env = parseEnv(UploadsEnv);
const dynamo = createDocumentClient();
const s3 = new S3Client({
  requestChecksumCalculation: 'WHEN_REQUIRED',
  // The twin's S3 has one host for all buckets.
  forcePathStyle: process.env.AWS_ENDPOINT_URL_S3 !== undefined,
});
const uploads = createUploads(
  createDynamoUploadStore(dynamo, env.UPLOADS_TABLE),
  createS3UploadBytes(s3, env.UPLOADS_BUCKET),
  systemClock,
  (trouble, cause) => logger.warn(trouble, { error: cause as Error }),
);

export const handler = httpHandler(
  env.PUBLIC_URL,
  createUploadRoutes(wireNative(env, dynamo), uploads, systemClock),
  wireRequestLog(env),
);
