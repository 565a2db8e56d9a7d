import type { Construct } from 'constructs';
import { PrivateBucket, type PrivateBucketProps } from './private-bucket.ts';

/** The bucket that holds uploads between the presigned PUT and the forwarding: a day at most. */
export class UploadsBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id, props, {
      expireDays: 1,
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      whyNoAccessLogs:
        'Transit storage for at most one day, reachable only through presigned URLs and the uploads function, which logs each of both. Server access logs would keep the signed query strings longer than the objects.',
      whyAllObjects:
        'Object keys are made up for each upload, so the right covers the objects of this one bucket, which holds nothing else.',
    });
  }
}
