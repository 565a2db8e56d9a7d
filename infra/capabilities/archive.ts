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
import { archiveIndexes, variables } from '../../shared/config/names.ts';
import { ArchiveBucket, isLocked } from '../constructs/archive-bucket.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { guardKey, keyActions, keyThroughService } from '../constructs/keys.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { Exports } from './exports.ts';
import { type Native, streamingSize } from './native.ts';
import type { Notifications } from './notifications.ts';

const archiverSize = { memoryMiB: 512, timeoutSeconds: 30 };
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
    this.fn = this.#answer(stage.createFunction('archive', streamingSize), native);
    stage.dashboards.addRow('Archive', {
      functions: [this.fn, archiver],
      graphs: {
        'Orders by outcome': [
          ['ArchiveSucceeded', Stats.SUM],
          ['ArchiveFailed', Stats.SUM],
        ],
        'Signed heads': [['ArchiveSealed', Stats.SUM]],
      },
    });
    this.#watch();
    stage.addOutputs({ ArchiveBucket: this.#bucket.bucket.bucketName, ArchiveSigningKey: this.#signingKey.keyArn });
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

  /** Lets the jobs write into the archive and seal it. */
  #work(exports: Exports): void {
    const { jobs } = exports;
    const { archiveLockMode, archiveLockYears, archiveSealMinutes } = this.#stage.config;
    // Only the list of open orders loses items. Claims, versions, seals and orders stay.
    const actions = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
    this.#table.grant(jobs, variables.archiveTable, { actions, onKey: 'writeItems' });
    this.#table.grantUnder(jobs, ['dynamodb:DeleteItem'], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ORDERS'] },
    });
    this.#grantObjects(jobs, [
      ...['s3:PutObject', 's3:PutObjectRetention', 's3:AbortMultipartUpload'],
      ...['s3:GetObject', 's3:GetObjectRetention'],
    ]);
    const resources = [this.#bucket.bucket.bucketArn];
    jobs.allow(new PolicyStatement({ actions: ['s3:ListBucketMultipartUploads'], resources }));
    const signs = ['kms:Sign', 'kms:GetPublicKey'];
    jobs.allow(new PolicyStatement({ actions: signs, resources: [this.#signingKey.keyArn] }));
    jobs.setVariable(variables.archiveSigningKey, this.#signingKey.keyArn);
    jobs.setVariable(variables.archiveSealMinutes, String(archiveSealMinutes));
    const lock = isLocked(this.#stage.config) ? `${archiveLockMode.toUpperCase()} ${archiveLockYears}` : 'none';
    jobs.setVariable(variables.archiveLock, lock);
    exports.sweepEvery(
      'ArchiveSweepSchedule',
      { archiveSweep: true },
      Duration.minutes(Math.min(5, archiveSealMinutes)),
      'starts orders of the archive that wait, and seals its chain',
    );
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

  /** It reads. Whoever acts as a person is looked up at the tenant. */
  #answer(fn: FacadeFunction, native: Native): FacadeFunction {
    const indexes = Object.values(archiveIndexes).map(({ name }) => name);
    const actions = ['dynamodb:GetItem', 'dynamodb:Query'];
    this.#table.grant(fn, variables.archiveTable, { actions, onKey: 'readItems', indexes });
    this.#grantObjects(fn, ['s3:GetObject', 's3:GetObjectVersion'], ['kms:Decrypt']);
    native.grantPipeline(fn);
    return fn;
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
    const id = bucket.stack.getLogicalId(bucket.node.defaultChild as CfnBucket);
    fn.acceptWildcard(`Resource::<${id}.Arn>/*`, whyAllObjects);
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
  }
}
