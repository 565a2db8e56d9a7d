/** Uploads above the gateway's limit: their records, their bytes in a bucket, and the allowance of each consumer. */
import { S3Client } from '@aws-sdk/client-s3';
import { systemClock } from '../../shared/time/clock.ts';
import { createDynamoUploadStore } from '../../shared/uploads/adapters/dynamodb.ts';
import { createDynamoAllowanceStore } from '../../shared/uploads/adapters/dynamodb-allowance.ts';
import { createS3UploadBytes } from '../../shared/uploads/adapters/s3.ts';
import { createAllowance } from '../../shared/uploads/allowance.ts';
import { createUploads } from '../../shared/uploads/upload.ts';
import { logger } from '../edge/logger.ts';
import type { House } from '../house.ts';
import { dynamoOf } from './dynamo.ts';
import type { UploadsEnv } from './env.ts';
import { s3Addressing } from './s3.ts';
import { requestHandler } from './time-outs.ts';

const warn = (trouble: string, cause: unknown): void => logger.warn(trouble, { error: cause as Error });

const createBytes = (bucket: string) => {
  const s3 = new S3Client({
    // A slow upstream leaves bytes waiting in the socket, so only a stall of two minutes ends the transfer.
    requestHandler: { ...requestHandler(5_000, 1_000), socketTimeout: 120_000 },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    ...s3Addressing(),
  });
  return createS3UploadBytes(s3, bucket, (cause) => warn('an upload has no bytes, or they may not be read', cause));
};

const makeUploads = (house: House<UploadsEnv>) => {
  const { UPLOADS_TABLE, UPLOADS_BUCKET, UPLOADS_MOST_OPEN, UPLOADS_MOST_GIB_PER_DAY } = house.env;
  const store = createDynamoUploadStore(dynamoOf(house), UPLOADS_TABLE);
  const allowanceStore = createDynamoAllowanceStore(dynamoOf(house), UPLOADS_TABLE);
  const allowance = createAllowance(allowanceStore, store, systemClock, {
    mostOpen: UPLOADS_MOST_OPEN,
    mostBytesPerDay: UPLOADS_MOST_GIB_PER_DAY * 1_073_741_824,
  });
  return createUploads({ store, bytes: createBytes(UPLOADS_BUCKET), allowance, clock: systemClock, warn });
};

export const uploadsOf = (house: House<UploadsEnv>) => house.part(makeUploads);
