/** The customer-managed keys of a stage. Each costs about a dollar a month, so there are two and no more. */
import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { StageConfig } from '../stage-config.ts';

type GuardConfig = Pick<StageConfig, 'dataRetention' | 'breakGlassRole' | 'deploymentRole'>;

/** ARNs of the roles that may weaken what protects kept data. */
export const guardRoles = (scope: Construct, { breakGlassRole, deploymentRole }: GuardConfig) => {
  const { partition, account } = Stack.of(scope);
  const roles = `arn:${partition}:iam::${account}:role/`;
  return { breakGlass: `${roles}${breakGlassRole}`, deployment: `${roles}${deploymentRole}` };
};

/**
 * Where data is kept, only the role for emergencies can take a key away: without it nobody could read or prove what it protects. And only
 * it and a deployment can change the policy that says so. KMS makes no key whose policy its maker could not change (API reference, CreateKey),
 * so a stage that another role deploys fails at once, and names that role in `deploymentRole`.
 */
export const guardKey = (key: Key, config: GuardConfig): Key => {
  if (config.dataRetention !== 'keep') return key;
  const { breakGlass, deployment } = guardRoles(key, config);
  const deny = (sid: string, actions: string[], except: string[]): void => {
    const conditions = { ArnNotLike: { 'aws:PrincipalArn': except } };
    const principals = [new AnyPrincipal()];
    const statement = { sid, effect: Effect.DENY, principals, actions, resources: ['*'], conditions };
    key.addToResourcePolicy(new PolicyStatement(statement));
  };
  deny('OnlyBreakGlass', ['kms:DisableKey', 'kms:ScheduleKeyDeletion'], [breakGlass]);
  deny('NoWeakerPolicy', ['kms:PutKeyPolicy'], [breakGlass, deployment]);
  return key;
};

export class Keys extends Construct {
  /** Encrypts upstream credentials inside their records, so that a reader of the table also needs this key. */
  readonly credentials: Key;
  /** Encrypts tables and buckets at rest. */
  readonly data: Key;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly removalPolicy: RemovalPolicy; readonly config: GuardConfig },
  ) {
    super(scope, id);
    const common = { enableKeyRotation: true, removalPolicy: props.removalPolicy };
    this.credentials = new Key(this, 'Credentials', { ...common, description: 'signals-facade: upstream credentials' });
    const data = new Key(this, 'Data', { ...common, description: 'signals-facade: tables and buckets at rest' });
    // The catalogue of the archive and the audit log lie under it.
    this.data = guardKey(data, props.config);
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
