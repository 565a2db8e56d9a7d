/** The bucket of stored answers that no item can hold. Objects are written once and expire after the longest life of an answer. */
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { FacadeFunction } from './facade-function.ts';
import { keyActions, keyThroughService } from './keys.ts';

/** Not versioned: an object is never written twice, and what has expired should be gone. */
export class CacheBucket extends Construct {
  readonly bucket: Bucket;
  readonly #encryptionKey: Key;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly encryptionKey: Key; readonly removalPolicy: RemovalPolicy },
  ) {
    super(scope, id);
    this.#encryptionKey = props.encryptionKey;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: props.encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [{ expiration: Duration.days(8), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: props.removalPolicy,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Copies of answers for at most eight days, reachable only by the functions, which log each request. They can be fetched again at any time.',
    });
  }

  /** Lets `fn` put and get objects and puts the bucket's name into its environment. */
  grantObjects(fn: FacadeFunction, variable: string): void {
    fn.allow(
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
    fn.allow(keyThroughService(this.#encryptionKey, 's3', keyActions.readAndWriteObjects));
    fn.setVariable(variable, this.bucket.bucketName);
    fn.acceptWildcard(
      `Resource::<${this.#logicalId()}.Arn>/*`,
      'Object keys are made up for each answer, so the right covers the objects of this one bucket, which holds nothing else.',
    );
  }

  #logicalId(): string {
    const { stack, node } = this.bucket;
    return stack.getLogicalId(node.defaultChild as CfnBucket);
  }
}
