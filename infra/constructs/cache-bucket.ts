import type { Construct } from 'constructs';
import { PrivateBucket, type PrivateBucketProps } from './private-bucket.ts';

/**
 * The bucket of stored answers that no item can hold. An object is sealed under a key that lies in the item of its answer, is
 * removed when that answer is replaced or found purged, and expires at the midnight (UTC) after its first day.
 */
export class CacheBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id, props, {
      expireDays: 1,
      actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
      whyNoAccessLogs:
        'Copies of answers for at most two days, sealed under keys that lie elsewhere, reachable only by the functions, which log each request. They can be fetched again at any time.',
      whyAllObjects:
        'Object keys are made up for each answer, so the right covers the objects of this one bucket, which holds nothing else.',
    });
  }
}
