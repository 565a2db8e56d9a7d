/** The bucket of large cached answers. cache.ts loads this file with the first one. */
import { S3Client } from '@aws-sdk/client-s3';
import { createS3Spill } from '../../shared/cache/adapters/s3.ts';
import type { BodySpill } from '../../shared/cache/adapters/spill.ts';
import { s3Addressing } from './s3.ts';
import { clientSettings } from './time-outs.ts';

const patience = { maxAttempts: 2, requestMillis: 5_000, connectionMillis: 1_000 };

export const openSpill = (bucket: string, onFailure: (error: unknown) => void): BodySpill =>
  createS3Spill(new S3Client({ ...clientSettings(patience), ...s3Addressing() }), bucket, { onFailure });
