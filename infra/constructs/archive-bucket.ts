/**
 * The bucket of the archive: versioned, under Object Lock where the stage keeps its data, never deleted from, with access logs in a bucket
 * of their own. Nothing expires.
 */
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  ObjectLockRetention,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { StageConfig } from '../stage-config.ts';
import { guardRoles } from './keys.ts';
import type { Stage } from './stage.ts';

const daysOfYears = (years: number): number => years * 365;
/** Access to records is itself evidence: as long as audit entries by default. */
const accessLogDays = 3_650;

const closed = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
} as const satisfies BucketProps;

const logService = 'logging.s3.amazonaws.com';
const deletes = ['s3:DeleteObject', 's3:DeleteObjectVersion'];

type Conditions = Record<string, Record<string, unknown>>;

/** Adds refusals for everybody to the policy of a bucket. */
const denying =
  (bucket: Bucket, resources: readonly string[]) =>
  (sid: string, actions: readonly string[], conditions: Conditions = {}): void =>
    void bucket.addToResourcePolicy(
      new PolicyStatement({
        ...{ sid, effect: Effect.DENY, principals: [new AnyPrincipal()] },
        ...{ actions: [...actions], resources: [...resources], conditions },
      }),
    );

type LockConfig = Pick<StageConfig, 'archiveLockMode' | 'archiveLockYears' | 'dataRetention'>;

/** A stage that is deleted with its data has no locks: nobody could delete it. The twin has them, in a folder that anybody can delete. */
export const isLocked = ({ dataRetention, stage }: Pick<StageConfig, 'dataRetention' | 'stage'>): boolean =>
  dataRetention === 'keep' || stage === 'local';

const retentionOf = ({ archiveLockMode, archiveLockYears }: LockConfig): ObjectLockRetention => {
  const duration = Duration.days(daysOfYears(archiveLockYears));
  return archiveLockMode === 'compliance'
    ? ObjectLockRetention.compliance(duration)
    : ObjectLockRetention.governance(duration);
};

export class ArchiveBucket extends Construct {
  readonly bucket: Bucket;
  readonly #logs: Bucket;
  readonly #stage: Stage;

  constructor(scope: Construct, id: string, stage: Stage, encryptionKey: Key) {
    super(scope, id);
    this.#stage = stage;
    const { removalPolicy, config } = stage;
    this.#logs = this.#createLogs();
    this.bucket = new Bucket(this, 'Bucket', {
      ...closed,
      encryption: BucketEncryption.KMS,
      encryptionKey,
      bucketKeyEnabled: true,
      versioned: true,
      // For objects that name no lock. The functions name it for each.
      ...(isLocked(config) ? { objectLockEnabled: true, objectLockDefaultRetention: retentionOf(config) } : {}),
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          transitions: [{ storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(90) }],
        },
      ],
      removalPolicy,
    });
    // Not by `serverAccessLogsBucket`, which gives an ACL to the service: the logs' bucket takes none.
    (this.bucket.node.defaultChild as CfnBucket).loggingConfiguration = {
      destinationBucketName: this.#logs.bucketName,
      logFilePrefix: 'archive/',
    };
    if (isLocked(config)) this.#protect();
    if (config.archiveReplica) this.#replicate(config.archiveReplica, encryptionKey);
  }

  /** A bucket with Object Lock cannot be the target of access logs (S3 user guide, Object Lock considerations). */
  #createLogs(): Bucket {
    const logs = new Bucket(this, 'Logs', {
      ...closed,
      // The log service writes with keys of S3 only, unless it is let use another (S3 user guide, server access logging).
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(accessLogDays) }],
      removalPolicy: this.#stage.removalPolicy,
    });
    logs.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAccessLogs',
        principals: [new ServicePrincipal(logService)],
        actions: ['s3:PutObject'],
        resources: [logs.arnForObjects('archive/*')],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (isLocked(this.#stage.config)) this.#protectLogs(logs);
    Validations.of(logs).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds access logs. Logs of logs would never end.',
    });
    return logs;
  }

  /** Holds for everybody in the account, administrators included. */
  #protect(): void {
    const { config } = this.#stage;
    const days = daysOfYears(config.archiveLockYears);
    const deny = denying(this.bucket, [this.bucket.arnForObjects('*')]);
    deny('NoDeletes', deletes);
    deny('NoBypass', ['s3:BypassGovernanceRetention']);
    // A day less, because the lock is counted from the start of an upload, and years have leap days.
    deny('NoShortLocks', ['s3:PutObjectRetention'], {
      NumericLessThan: { 's3:object-lock-remaining-retention-days': String(days - 1) },
    });
    // Parts of an upload are put without a condition; the request that completes it has one (S3 user guide, conditional writes).
    deny('NoOverwrites', ['s3:PutObject'], {
      Null: { 's3:if-none-match': 'true' },
      Bool: { 's3:ObjectCreationOperation': 'true' },
    });
    this.#keepSettings(this.bucket, [
      ...['s3:PutLifecycleConfiguration', 's3:PutBucketLogging', 's3:PutBucketObjectLockConfiguration'],
      ...['s3:PutEncryptionConfiguration', 's3:PutReplicationConfiguration'],
    ]);
  }

  /** Whoever reads the archive must not remove the trace of it, nor forge one. */
  #protectLogs(logs: Bucket): void {
    const deny = denying(logs, [logs.arnForObjects('*')]);
    deny('NoDeletes', deletes);
    deny('NoForgedLogs', ['s3:PutObject'], { StringNotEquals: { 'aws:PrincipalServiceName': logService } });
    this.#keepSettings(logs, ['s3:PutLifecycleConfiguration', 's3:PutEncryptionConfiguration']);
  }

  /**
   * A life cycle is not subject to the policy of objects, so an expiry would hide every PDF, and a new policy would lift everything. CloudFormation
   * sets both when it deploys, with its own role.
   */
  #keepSettings(bucket: Bucket, settings: readonly string[]): void {
    const { breakGlass, deployment } = guardRoles(this, this.#stage.config);
    denying(bucket, [bucket.bucketArn])(
      'NoWeakerSettings',
      [...settings, 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
      {
        ArnNotLike: { 'aws:PrincipalArn': [breakGlass, deployment] },
      },
    );
  }

  /**
   * Lets one role put and lift legal holds, and the role for emergencies. Everybody else may put them at most (service authorization
   * reference, S3, `s3:object-lock-legal-hold`).
   */
  protectHolds(keeperRoleArn: string): void {
    const { config } = this.#stage;
    if (!isLocked(config)) return;
    denying(this.bucket, [this.bucket.arnForObjects('*')])('NoLiftedHolds', ['s3:PutObjectLegalHold'], {
      // Without a status in the request, the condition holds too.
      StringNotEquals: { 's3:object-lock-legal-hold': 'ON' },
      ArnNotLike: { 'aws:PrincipalArn': [keeperRoleArn, guardRoles(this, config).breakGlass] },
    });
  }

  /** The target has Object Lock and a policy of its own, which its owner sets (S3 user guide, replicating objects with Object Lock). */
  #replicate({ bucketArn, keyArn }: NonNullable<StageConfig['archiveReplica']>, encryptionKey: Key): void {
    const role = new Role(this, 'ReplicationRole', { assumedBy: new ServicePrincipal('s3.amazonaws.com') });
    const allow = (actions: string[], resources: string[]): void =>
      void role.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
    allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], [this.bucket.bucketArn]);
    allow(
      [
        ...['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
        ...['s3:GetObjectRetention', 's3:GetObjectLegalHold'],
      ],
      [this.bucket.arnForObjects('*')],
    );
    allow(['s3:ReplicateObject', 's3:ReplicateTags'], [`${bucketArn}/*`]);
    allow(['kms:Decrypt'], [encryptionKey.keyArn]);
    allow(['kms:Encrypt', 'kms:GenerateDataKey'], [keyArn]);
    const cfn = this.bucket.node.defaultChild as CfnBucket;
    const id = Stack.of(this).getLogicalId(cfn);
    const reason = 'Replication copies every object of the archive.';
    for (const resource of [`<${id}.Arn>/*`, `${bucketArn}/*`])
      Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
    cfn.replicationConfiguration = {
      role: role.roleArn,
      rules: [
        {
          id: 'archive',
          status: 'Enabled',
          priority: 1,
          filter: { prefix: '' },
          deleteMarkerReplication: { status: 'Disabled' },
          sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
          destination: { bucket: bucketArn, encryptionConfiguration: { replicaKmsKeyId: keyArn } },
        },
      ],
    };
  }
}
