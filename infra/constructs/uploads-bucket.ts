/** The bucket that holds uploads between the presigned PUT and the forwarding: a day at most. */
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { FacadeFunction } from './facade-function.ts';
import { keyActions, keyThroughService } from './keys.ts';

/**
 * Not versioned: an object is written once, forwarded once and deleted, and a version that outlives the deletion would
 * keep research data longer than promised. No CORS: consumers are servers; the API admits no foreign browser origin either.
 */
export class UploadsBucket extends Construct {
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
      lifecycleRules: [{ expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: props.removalPolicy,
    });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Transit storage for at most one day, reachable only through presigned URLs and the uploads function, which logs each of both. Server access logs would keep the signed query strings longer than the objects.',
    });
  }

  /** Lets `fn` put, get and delete objects and puts the bucket's name into its environment. */
  grantObjects(fn: FacadeFunction, variable: string): void {
    fn.allow(
      new PolicyStatement({
        actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
    fn.allow(keyThroughService(this.#encryptionKey, 's3', keyActions.readAndWriteObjects));
    fn.setVariable(variable, this.bucket.bucketName);
    fn.acceptWildcard(
      `Resource::<${this.#logicalId()}.Arn>/*`,
      'Object keys are made up for each upload, so the right covers the objects of this one bucket, which holds nothing else.',
    );
  }

  #logicalId(): string {
    const { stack, node } = this.bucket;
    return stack.getLogicalId(node.defaultChild as CfnBucket);
  }
}
