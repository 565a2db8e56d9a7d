/**
 * The archive (docs/archive.md): its bucket, its catalogue, its two keys, the routes of /v1/archive, and the function that takes an order
 * when an experiment is closed. The durable function of exports carries orders out.
 */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { archiveIndexes, auditChainKeys, variables } from '../../shared/config/names.ts';
import { ArchiveBucket, isLocked } from '../constructs/archive-bucket.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { guardKey, keyActions, keyThroughService } from '../constructs/keys.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { Exports } from './exports.ts';
import { type Native, streamingSize } from './native.ts';
import type { Notifications } from './notifications.ts';

/** It streams: a checksum and the state are all that it keeps. More memory brings more of the processor, which hashes. */
const verifierSize = { memoryMiB: 1_024, timeoutSeconds: 900 };
const holderSize = { memoryMiB: 512, timeoutSeconds: 300 };
const archiverSize = { memoryMiB: 512, timeoutSeconds: 30 };
/** Objects of the chain of the audit log, and the public key beside it. */
const auditObjects = ['audit-log/*', 'public-keys/*'];
const whyAuditObjects = 'Segments have numbers, and their bucket holds nothing else under these names.';
const whyAllObjects = 'Keys are made of the ids of experiments, and the bucket holds nothing but the archive.';

type Lenders = { readonly native: Native; readonly exports: Exports; readonly notifications: Notifications };

export class Archive {
  readonly fn: FacadeFunction;
  readonly #stage: Stage;
  readonly #table: FacadeTable;
  readonly #key: Key;
  readonly #signingKey: Key;
  readonly #bucket: ArchiveBucket;

  constructor(stage: Stage, { native, exports, notifications }: Lenders) {
    this.#stage = stage;
    this.#key = this.#createKey('ArchiveKey', 'the archive at rest', { enableKeyRotation: true });
    this.#signingKey = this.#createKey('ArchiveSigningKey', 'heads of the chain of the archive', {
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
    });
    this.#bucket = new ArchiveBucket(stage.stack, 'ArchiveBucket', stage, this.#key);
    this.#table = this.#createTable();
    this.#work(exports);
    const archiver = stage.createFunction('archiver', archiverSize);
    this.#takeOrders(archiver, exports, notifications);
    const verifier = stage.createFunction('verifier', verifierSize);
    this.#verify(verifier);
    const holder = stage.createFunction('holder', holderSize);
    this.#hold(holder);
    this.fn = this.#answer(stage.createFunction('archive', streamingSize), native);
    stage.dashboards.addRow('Archive', {
      functions: [this.fn, archiver, verifier, holder],
      graphs: {
        'Orders by outcome': [
          ['ArchiveOpen', Stats.MAXIMUM],
          ['ArchiveSucceeded', Stats.SUM],
          ['ArchiveFailed', Stats.SUM],
        ],
        'Signed heads': [['ArchiveSealed', Stats.SUM]],
        'Verified PDFs': [['ArchiveVerified', Stats.SUM]],
        'Open faults': [['ArchiveFaults', Stats.MAXIMUM]],
        'Holds that are not set': [['HoldsNotSet', Stats.MAXIMUM]],
      },
    });
    this.#watch();
    stage.addOutputs({
      ArchiveBucket: this.#bucket.bucket.bucketName,
      ArchiveLock: this.#lock,
      ArchiveSigningKey: this.#signingKey.keyArn,
      ArchiveTable: this.#table.table.tableName,
    });
  }

  #createKey(id: string, what: string, kind: object): Key {
    const { stack, removalPolicy, config } = this.#stage;
    return guardKey(new Key(stack, id, { ...kind, removalPolicy, description: `signals-facade: ${what}` }), config);
  }

  #createTable(): FacadeTable {
    const made = this.#stage.createTable('ArchiveTable');
    for (const { name, partitionKey, sortKey } of Object.values(archiveIndexes))
      made.table.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        sortKey: { name: sortKey, type: AttributeType.STRING },
        projectionType: ProjectionType.ALL,
      });
    return made;
  }

  /** As functions read it from their variable. */
  get #lock(): string {
    const { config } = this.#stage;
    return isLocked(config) ? `${config.archiveLockMode.toUpperCase()} ${config.archiveLockYears}` : 'none';
  }

  /** Lets the jobs write into the archive and seal it. */
  #work(exports: Exports): void {
    const { jobs } = exports;
    // Nothing of the chain of the audit log, and nothing that the verifier has noted.
    this.#table.grantItems(jobs, variables.archiveTable, {
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      onKey: 'writeItems',
      leadingKeys: ['ORDER#*', 'ORDERS', 'VERSION#*', 'CHAIN', 'SEAL', 'BACKFILLS', 'HOLDS'],
    });
    // Only the list of open orders loses items. Claims, versions, seals and orders stay.
    this.#table.grantUnder(jobs, ['dynamodb:DeleteItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ORDERS'] },
    });
    this.#grantObjects(jobs, [
      ...['s3:PutObject', 's3:PutObjectRetention', 's3:AbortMultipartUpload'],
      ...['s3:GetObject', 's3:GetObjectRetention'],
    ]);
    const resources = [this.#bucket.bucket.bucketArn];
    jobs.allow(new PolicyStatement({ actions: ['s3:ListBucketMultipartUploads'], resources }));
    this.#grantSeal(jobs);
    // A hold that lasts is put on what is archived later.
    const conditions = { StringEquals: { 's3:object-lock-legal-hold': 'ON' } };
    const holds = { actions: ['s3:PutObjectLegalHold'], resources: [this.#bucket.bucket.arnForObjects('*')] };
    jobs.allow(new PolicyStatement({ ...holds, conditions }));
    exports.sweepEvery(
      'ArchiveSweepSchedule',
      { archiveSweep: true },
      this.sealEvery,
      'starts orders of the archive that wait, and seals its chain',
    );
  }

  /** Chains are lengthened so often, and signed when the stage says so. */
  get sealEvery(): Duration {
    return Duration.minutes(Math.min(5, this.#stage.config.archiveSealMinutes));
  }

  /** Lets `fn` sign heads, and tells it when, and how long what it writes is locked. */
  #grantSeal(fn: FacadeFunction): void {
    const { archiveSealMinutes } = this.#stage.config;
    const actions = ['kms:Sign', 'kms:GetPublicKey'];
    fn.allow(new PolicyStatement({ actions, resources: [this.#signingKey.keyArn] }));
    fn.setVariable(variables.archiveSigningKey, this.#signingKey.keyArn);
    fn.setVariable(variables.archiveSealMinutes, String(archiveSealMinutes));
    fn.setVariable(variables.archiveLock, this.#lock);
  }

  /** Lets `fn` keep the chain of the audit log: its items, its objects and its heads, and nothing of the archive's own chain. */
  grantAuditChain(fn: FacadeFunction): void {
    this.#table.grantItems(fn, variables.archiveTable, {
      actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
      onKey: 'writeItems',
      leadingKeys: Object.values(auditChainKeys),
    });
    const { bucket } = this.#bucket;
    const actions = ['s3:PutObject', 's3:PutObjectRetention', 's3:GetObject', 's3:GetObjectRetention'];
    const resources = auditObjects.map((names) => bucket.arnForObjects(names));
    fn.allow(new PolicyStatement({ actions, resources }));
    fn.allow(keyThroughService(this.#key, 's3', keyActions.readAndWriteObjects));
    fn.setVariable(variables.archiveBucket, bucket.bucketName);
    for (const names of auditObjects) fn.acceptWildcard(`Resource::<${this.#bucketId}.Arn>/${names}`, whyAuditObjects);
    this.#grantSeal(fn);
  }

  get #bucketId(): string {
    const { bucket } = this.#bucket;
    return bucket.stack.getLogicalId(bucket.node.defaultChild as CfnBucket);
  }

  #takeOrders(fn: FacadeFunction, exports: Exports, notifications: Notifications): void {
    // It is fed from the internet, so it may not touch the chain.
    this.#table.grantItems(fn, variables.archiveTable, {
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      onKey: 'writeItems',
      leadingKeys: ['ORDER#*', 'ORDERS'],
    });
    exports.grantStart(fn);
    notifications.deliver('archive', fn);
  }

  /** No other function may lift a legal hold. It is reached by its schedule alone. */
  #hold(fn: FacadeFunction): void {
    const { bucket } = this.#bucket;
    const leadingKeys = ['HOLDS', 'VERSION#*', 'CHAIN'];
    this.#table.grantItems(fn, variables.archiveTable, {
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      onKey: 'writeItems',
      leadingKeys,
    });
    this.#table.grantUnder(fn, ['dynamodb:PutItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['HOLDS'] },
    });
    this.#grantObjects(fn, ['s3:PutObjectLegalHold'], ['kms:Decrypt']);
    // With it, S3 says that an object is absent, and not that it may not be changed.
    fn.allow(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
    this.#bucket.protectHolds(fn.roleArn);
    this.#stage.runWithOthers('EachFiveMinutesSchedule', fn);
  }

  /** It reads, and writes holds and backfills down. Whoever acts as a person is looked up at the tenant. */
  #answer(fn: FacadeFunction, native: Native): FacadeFunction {
    const indexes = Object.values(archiveIndexes).map(({ name }) => name);
    const actions = ['dynamodb:GetItem', 'dynamodb:Query'];
    this.#table.grant(fn, variables.archiveTable, { actions, onKey: 'readItems', indexes });
    this.#table.grantUnder(fn, ['dynamodb:PutItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['HOLDS', 'BACKFILLS'] },
    });
    this.#table.grantKey(fn, 'writeItems');
    fn.setVariable(variables.archiveLock, this.#lock);
    this.#grantObjects(fn, ['s3:GetObject', 's3:GetObjectVersion'], ['kms:Decrypt']);
    native.grantPipeline(fn);
    return fn;
  }

  /** It reads everything, also versions and locks, and writes only what it found. */
  #verify(fn: FacadeFunction): void {
    const { config } = this.#stage;
    const { bucketArn } = this.#bucket.bucket;
    this.#table.grant(fn, variables.archiveTable, {
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      onKey: 'writeItems',
    });
    this.#table.grantUnder(fn, ['dynamodb:PutItem', 'dynamodb:DeleteItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['VERIFICATION', 'FAULTS'] },
    });
    const reads = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectRetention', 's3:GetObjectLegalHold'];
    this.#grantObjects(fn, reads, ['kms:Decrypt']);
    // With the right to list, S3 says that an object is absent, and not that it may not be read.
    const lists = ['s3:ListBucket', 's3:ListBucketVersions'];
    fn.allow(new PolicyStatement({ actions: lists, resources: [bucketArn] }));
    fn.allow(new PolicyStatement({ actions: ['kms:GetPublicKey'], resources: [this.#signingKey.keyArn] }));
    fn.setVariable(variables.archiveSigningKey, this.#signingKey.keyArn);
    fn.setVariable(variables.archiveVerifyDays, String(config.archiveVerifyDays));
    this.#stage.schedule('ArchiveVerifySchedule', fn, Duration.minutes(15), 'verifies the archive, once a day');
  }

  /** Lets `fn` see how the last verification ended, and which faults are open. */
  grantLook(fn: FacadeFunction): void {
    this.#table.grantItems(fn, variables.archiveTable, {
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      onKey: 'readItems',
      leadingKeys: ['VERIFICATION', 'FAULTS'],
    });
  }

  #grantObjects(
    fn: FacadeFunction,
    actions: string[],
    onKey: readonly string[] = keyActions.readAndWriteObjects,
  ): void {
    const { bucket } = this.#bucket;
    fn.allow(new PolicyStatement({ actions, resources: [bucket.arnForObjects('*')] }));
    fn.allow(keyThroughService(this.#key, 's3', onKey));
    fn.setVariable(variables.archiveBucket, bucket.bucketName);
    fn.acceptWildcard(`Resource::<${this.#bucketId}.Arn>/*`, whyAllObjects);
  }

  #watch(): void {
    const { alarms } = this.#stage;
    alarms.add('ArchiveFailed', alarms.metric('ArchiveFailed', Stats.SUM), 1, {
      what: 'An experiment could not be archived',
      section: 'experiments that are not archived',
    });
    alarms.addForSilence('ArchiveSealSilent', alarms.metric('ArchiveSealed', Stats.SUM, Duration.days(1)), 2, {
      what: 'The chain of the archive is not sealed',
      section: 'an archive that is not sealed',
    });
    // A day, so that it rings until a later round finds no fault.
    alarms.add('ArchiveFaults', alarms.metric('ArchiveFaults', Stats.MAXIMUM, Duration.days(1)), 1, {
      what: 'The verification of the archive has found faults',
      section: 'faults in the archive',
    });
    // 36 hours without the end of a round. A round of an empty archive has read no PDF, so rounds are counted, and not PDFs.
    const rounds = alarms.metric('ArchiveVerified', Stats.SAMPLE_COUNT, Duration.hours(12));
    alarms.addForSilence('ArchiveVerifySilent', rounds, 3, {
      what: 'The archive is not verified',
      section: 'an archive that is not verified',
    });
    // Six runs. One may leave a hold to the next, because another run is or was at work.
    const halfHour = Duration.minutes(30);
    const notSet = { section: 'legal holds that are not set' };
    alarms.add('HoldsNotSet', alarms.metric('HoldsNotSet', Stats.MINIMUM, halfHour), 1, {
      what: 'Legal holds of the archive cannot be set or lifted',
      ...notSet,
    });
    alarms.addForSilence('HoldsSilent', alarms.metric('HoldsNotSet', Stats.SAMPLE_COUNT, halfHour), 1, {
      what: 'No run sets and lifts the legal holds of the archive',
      ...notSet,
    });
  }
}
