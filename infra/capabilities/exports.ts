/**
 * Exports (docs/exports.md): the routes of /v1/exports, the durable function that makes files of the tenant as jobs, the catalogue of
 * jobs, and the bucket of files.
 */
import { Duration, Validations } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Alias, CfnFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { MetricName } from '../../shared/config/metrics.ts';
import { liveAlias, variables } from '../../shared/config/names.ts';
import { exportKinds, workingFilesPrefix } from '../../shared/exports/export-record.ts';
import type { Shown } from '../constructs/dashboards.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { Credentials } from './credentials.ts';
import { type Native, streamingSize } from './native.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import type { Tenant } from './tenant.ts';

/** The longest time that one step may stream a file. The next invocation continues with the next step. */
const jobsSize = {
  ...{ memoryMiB: 512, timeoutSeconds: 900 },
  // A job of many rows leaves much garbage. With the limits that Lambda sets, V8 would collect it when it fills most of the memory.
  heap: { semiSpace: 4, oldSpace: 256 },
};
/** Longer than the age at which a run ends itself (shared/exports/carry-out.ts). */
const durable = { executionHours: 12, historyDays: 14 };

type Lenders = {
  readonly native: Native;
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly credentials: Credentials;
  readonly operations: Operations;
};

/** A line for each kind. */
const ofKinds = (name: MetricName, statistic: string): Shown[] =>
  exportKinds.map((Kind) => [name, statistic, { Kind }]);

export class Exports {
  readonly fn: FacadeFunction;
  readonly jobs: FacadeFunction;
  readonly #stage: Stage;
  readonly #table: FacadeTable;
  readonly #alias: Alias;
  readonly #bucket: PrivateBucket;

  constructor(stage: Stage, lenders: Lenders) {
    this.#stage = stage;
    this.#table = stage.createTable('ExportsTable');
    this.#bucket = new PrivateBucket(stage.stack, 'ExportsBucket', stage.storeProps, {
      expireDays: 30,
      briefPrefix: workingFilesPrefix,
      actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      whyNoAccessLogs:
        'The function of /v1/exports logs who asks for each file. Server access logs would keep the signed query strings of URLs longer than these are valid.',
      whyAllObjects: 'Object keys are made up for each run, and the bucket holds nothing else.',
    });
    this.jobs = this.#makeFiles(stage.createFunction('jobs', jobsSize, durable), lenders);
    const alias = this.jobs.publish(liveAlias);
    this.#alias = alias;
    this.fn = this.#answer(stage.createFunction('exports', streamingSize), alias, lenders);
    this.#grantExecutions(alias);
    this.sweepEvery(
      'ExportsSweepSchedule',
      { sweep: true },
      Duration.minutes(5),
      'compares the catalogue of exports with their executions',
    );
    stage.dashboards.addRow('Exports', {
      functions: [this.fn, this.jobs],
      graphs: {
        'Exports by outcome': [
          ['ExportsSucceeded', Stats.SUM],
          ['ExportsFailed', Stats.SUM],
          ['ExportsCancelled', Stats.SUM],
          ['ExportsMended', Stats.SUM],
        ],
        'Queued exports by kind': ofKinds('ExportsQueued', Stats.MAXIMUM),
        'Running exports by kind': ofKinds('ExportsRunning', Stats.MAXIMUM),
        'Exports that wait': [
          ['ExportsOpen', Stats.MAXIMUM],
          ['ExportsOldestQueuedSeconds', Stats.MAXIMUM],
        ],
      },
    });
    this.#watch();
    stage.addOutputs({
      ExportsTable: this.#table.table.tableName,
      ExportsBucket: this.#bucket.bucket.bucketName,
    });
  }

  #grantStores(fn: FacadeFunction): void {
    this.#table.grantReadWrite(fn, variables.exportsTable);
    this.#bucket.grantObjects(fn, variables.exportsBucket);
    const resources = [this.#bucket.bucket.bucketArn];
    fn.allow(new PolicyStatement({ actions: ['s3:ListBucketMultipartUploads'], resources }));
    // The objects that a run works with are removed at its end.
    const conditions = { StringLike: { 's3:prefix': `${workingFilesPrefix}*` } };
    fn.allow(new PolicyStatement({ actions: ['s3:ListBucket'], resources, conditions }));
    this.#bucket.grantDelete(fn, workingFilesPrefix);
    fn.setVariable(variables.exportsAtATime, String(this.#stage.config.exportsAtATime));
  }

  #makeFiles(fn: FacadeFunction, { tenant, quota, credentials, operations }: Lenders): FacadeFunction {
    this.#grantStores(fn);
    tenant.grantCalls(fn);
    quota.grantSpend(fn);
    credentials.grantUse(fn);
    operations.grantRaise(fn);
    return fn;
  }

  #answer(fn: FacadeFunction, alias: Alias, { native }: Lenders): FacadeFunction {
    this.#grantStores(fn);
    // The entity is read as the caller reads it.
    native.grantPipeline(fn);
    fn.setVariable(variables.exportsPerConsumer, String(this.#stage.config.exportsPerConsumer));
    fn.setVariable(variables.jobsFunction, `${this.jobs.function.functionName}:${alias.aliasName}`);
    return fn;
  }

  /**
   * The calls of the durable SDK, and those that start, read and stop executions. Lambda authorises the former on a version, never on
   * the alias, and executions by ARNs that begin with that of the version (developer guide, durable functions, security). A policy of its own,
   * because the function depends on the policy of its rights.
   */
  #grantExecutions(alias: Alias): void {
    this.#grantOnVersions('ExportExecutions', this.jobs, alias, [
      'lambda:CheckpointDurableExecution',
      'lambda:GetDurableExecutionState',
      'lambda:GetDurableExecution',
    ]);
    this.#grantOnVersions('ExportStarts', this.fn, alias, ['lambda:StopDurableExecution']);
  }

  /** Also the right to start executions. */
  #grantOnVersions(policyId: string, { role }: FacadeFunction, alias: Alias, actions: string[]): void {
    const { functionArn } = this.jobs.function;
    const policy = new Policy(this.#stage.stack, policyId, {
      roles: [role],
      statements: [
        new PolicyStatement({ actions, resources: [`${functionArn}:*`] }),
        new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [alias.functionArn] }),
      ],
    });
    const { stack } = this.#stage;
    const id = stack.getLogicalId(this.jobs.function.node.defaultChild as CfnFunction);
    Validations.of(policy).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${id}.Arn>:*]`,
      reason: 'Executions go on with the version on which they began, and each deployment publishes one.',
    });
  }

  /** Lets `fn` start executions of the jobs, and sets their name. */
  grantStart(fn: FacadeFunction): void {
    fn.allow(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.#alias.functionArn] }));
    fn.setVariable(variables.jobsFunction, `${this.jobs.function.functionName}:${this.#alias.aliasName}`);
  }

  /** Has the jobs run with this event at a rate. Lambda refuses a durable function without a version, so the rule starts the alias. */
  sweepEvery(id: string, event: object, every: Duration, what: string): void {
    // The role of an alias may be absent in its type (exactOptionalPropertyTypes). The target reads no role.
    const target = { function: this.#alias as unknown as IFunction };
    this.#stage.schedule(id, target, every, what, RuleTargetInput.fromObject(event));
  }

  #watch(): void {
    const { alarms } = this.#stage;
    alarms.add('ExportsFailed', alarms.metric('ExportsFailed', Stats.SUM, Duration.minutes(15)), 3, {
      what: 'Exports fail',
      section: 'exports that fail',
    });
    alarms.add('ExportsStuck', alarms.metric('ExportsMended', Stats.SUM, Duration.minutes(15)), 3, {
      what: 'The sweep has to mend exports',
      section: 'exports that the sweep mends',
    });
  }
}
