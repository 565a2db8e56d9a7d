import type { Construct } from 'constructs';
import { PrivateBucket, type PrivateBucketProps } from './private-bucket.ts';

/** The bucket of stored answers that no item can hold. Objects expire after the longest life of an answer. */
export class CacheBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id, props, {
      expireDays: 8,
      actions: ['s3:PutObject', 's3:GetObject'],
      whyNoAccessLogs:
        'Copies of answers for at most eight days, reachable only by the functions, which log each request. They can be fetched again at any time.',
      whyAllObjects:
        'Object keys are made up for each answer, so the right covers the objects of this one bucket, which holds nothing else.',
    });
  }
}
