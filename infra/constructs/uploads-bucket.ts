import { type CorsRule, HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { preflightSeconds } from '../../shared/http/cors.ts';
import { PrivateBucket, type PrivateBucketProps } from './private-bucket.ts';

export type UploadsBucketProps = PrivateBucketProps & {
  /** Whose pages may PUT to a presigned URL. */
  readonly corsOrigins: readonly string[];
};

/** The presigned URL asks for the type and the length; the length is the browser's own, which asks nobody for it. */
const putFrom = (corsOrigins: readonly string[]): CorsRule => ({
  allowedOrigins: [...corsOrigins],
  allowedMethods: [HttpMethods.PUT],
  allowedHeaders: ['content-type'],
  exposedHeaders: ['ETag'],
  maxAge: preflightSeconds,
});

/** The bucket that holds uploads between the presigned PUT and the forwarding: a day at most. */
export class UploadsBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, { corsOrigins, ...props }: UploadsBucketProps) {
    super(scope, id, props, {
      expireDays: 1,
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      whyNoAccessLogs:
        'Transit storage for at most one day, reachable only through presigned URLs and the uploads function, which logs each of both. Server access logs would keep the signed query strings longer than the objects.',
      whyAllObjects:
        'Object keys are made up for each upload, so the right covers the objects of this one bucket, which holds nothing else.',
      ...(corsOrigins.length > 0 ? { cors: [putFrom(corsOrigins)] } : {}),
    });
  }
}
