/** The customer-managed keys of a stage. Each costs about a dollar a month, so there are two and no more. */
import type { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export class Keys extends Construct {
  /** Encrypts upstream credentials inside their records, so that a reader of the table also needs this key. */
  readonly credentials: Key;
  /** Encrypts tables and buckets at rest. */
  readonly data: Key;

  constructor(scope: Construct, id: string, props: { readonly removalPolicy: RemovalPolicy }) {
    super(scope, id);
    const common = { enableKeyRotation: true, removalPolicy: props.removalPolicy };
    this.credentials = new Key(this, 'Credentials', { ...common, description: 'signals-facade: upstream credentials' });
    this.data = new Key(this, 'Data', { ...common, description: 'signals-facade: tables and buckets at rest' });
  }
}

/** The KMS actions that each use of a table or bucket needs (developer guides of DynamoDB and S3, customer managed keys). */
export const keyActions = {
  readItems: ['kms:Decrypt', 'kms:DescribeKey'],
  writeItems: [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  readAndWriteObjects: ['kms:Decrypt', 'kms:GenerateDataKey'],
} as const;

/** Use of `key` on behalf of the caller by one service only, such as `dynamodb`: never by a direct call to KMS. */
export const keyThroughService = (key: Key, service: string, actions: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${key.stack.region}.amazonaws.com` } },
  });
