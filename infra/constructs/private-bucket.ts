/** A bucket of the facade: encrypted, private, TLS only, emptied by age where its data is temporary, with narrow grants. */
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type CorsRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { FacadeFunction } from './facade-function.ts';
import { keyActions, keyThroughService } from './keys.ts';

export type PrivateBucketProps = { readonly encryptionKey: Key; readonly removalPolicy: RemovalPolicy };

/** The differences between the buckets, with the reasons for a reviewer of the stack. */
export type PrivateBucketUse = {
  /** Undefined = objects stay. */
  readonly expireDays: number | undefined;
  /** Beginning of the keys of objects that expire after a day, whatever `expireDays` is. The shorter time counts (S3, lifecycle rules). */
  readonly briefPrefix?: string;
  /** What a function with the grant may do to objects, such as `s3:GetObject`. */
  readonly actions: readonly string[];
  readonly whyNoAccessLogs: string;
  readonly whyAllObjects: string;
  /** The CORS rules for pages of other origins; absent = such pages may do nothing. */
  readonly cors?: readonly CorsRule[];
};

/** Not versioned: no object is written twice, and deleted or expired objects must be gone. */
export class PrivateBucket extends Construct {
  readonly bucket: Bucket;
  readonly #encryptionKey: Key;
  readonly #use: PrivateBucketUse;

  constructor(scope: Construct, id: string, props: PrivateBucketProps, use: PrivateBucketUse) {
    super(scope, id);
    this.#encryptionKey = props.encryptionKey;
    this.#use = use;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: props.encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        {
          ...(use.expireDays === undefined ? {} : { expiration: Duration.days(use.expireDays) }),
          // Applies only if versioning is switched on later.
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        ...(use.briefPrefix === undefined ? [] : [{ prefix: use.briefPrefix, expiration: Duration.days(1) }]),
      ],
      ...(use.cors ? { cors: [...use.cors] } : {}),
      removalPolicy: props.removalPolicy,
    });
    Validations.of(this.bucket).acknowledge({ id: 'AwsSolutions-S1', reason: use.whyNoAccessLogs });
  }

  /** Lets `fn` use the objects below a folder with the bucket's actions, and puts the bucket's name into its environment. */
  grantObjects(fn: FacadeFunction, variable: string, folder = ''): void {
    const resources = [this.bucket.arnForObjects(`${folder}*`)];
    fn.allow(new PolicyStatement({ actions: [...this.#use.actions], resources }));
    fn.allow(keyThroughService(this.#encryptionKey, 's3', keyActions.readAndWriteObjects));
    fn.setVariable(variable, this.bucket.bucketName);
    fn.acceptWildcard(`Resource::<${this.#logicalId()}.Arn>/${folder}*`, this.#use.whyAllObjects);
  }

  /** Lets `fn` delete the objects below a folder, in addition to another grant. */
  grantDelete(fn: FacadeFunction, folder: string): void {
    const resources = [this.bucket.arnForObjects(`${folder}*`)];
    fn.allow(new PolicyStatement({ actions: ['s3:DeleteObject'], resources }));
    fn.acceptWildcard(`Resource::<${this.#logicalId()}.Arn>/${folder}*`, this.#use.whyAllObjects);
  }

  #logicalId(): string {
    const { stack, node } = this.bucket;
    return stack.getLogicalId(node.defaultChild as CfnBucket);
  }
}
