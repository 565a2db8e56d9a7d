/** Everything of one stage in one stack: keys, tables, bucket, functions, API, alarms. */
import { join } from 'node:path';
import { Annotations, CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { variables } from '../shared/config/names.ts';
import { Alarms } from './constructs/alarms.ts';
import { Api, baseUrlOf } from './constructs/api.ts';
import { AuditTable } from './constructs/audit-table.ts';
import { CacheBucket } from './constructs/cache-bucket.ts';
import { grantAdministrationOfCredentials, grantUseOfCredentials } from './constructs/credential-rights.ts';
import { FacadeFunction } from './constructs/facade-function.ts';
import { Keys } from './constructs/keys.ts';
import { OperationsQueue } from './constructs/operations-queue.ts';
import { RequestsTable } from './constructs/requests-table.ts';
import { FacadeTable } from './constructs/table.ts';
import { connectTokens } from './constructs/token-rights.ts';
import { UploadsBucket } from './constructs/uploads-bucket.ts';
import { type BackgroundName, type FunctionName, functionSizes, preflightRoutes, routes } from './routes.ts';
import { concurrencyOf, exampleTenantUrl, type StageConfig } from './stage-config.ts';

export class FacadeStack extends Stack {
  readonly #config: StageConfig;
  readonly #bundleRoot: string;
  readonly #removalPolicy: RemovalPolicy;

  /** `bundleRoot` holds one folder for each function, made by infra/bundle.ts. */
  constructor(scope: Construct, config: StageConfig, bundleRoot: string) {
    const { account, region, stage } = config;
    super(scope, `signals-facade-${stage}`, {
      description: `One shared, safe way to a Signals Notebook tenant (stage ${stage})`,
      env: { region, ...(account === undefined ? {} : { account }) },
    });
    this.#config = config;
    this.#bundleRoot = bundleRoot;
    // Kept data outlives the stack, but a first deployment that fails leaves nothing behind (RetainExceptOnCreate).
    this.#removalPolicy =
      config.dataRetention === 'keep' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    Tags.of(this).add('application', 'signals-facade');
    Tags.of(this).add('stage', stage);
    this.#warnAboutExample();
    this.#build();
  }

  #build(): void {
    const keys = new Keys(this, 'Keys', { removalPolicy: this.#removalPolicy });
    const stores = this.#createStores(keys);
    const functions = {
      native: this.#createFunction('native'),
      uploads: this.#createFunction('uploads'),
      cache: this.#createFunction('cache'),
      quota: this.#createFunction('quota'),
      consumers: this.#createFunction('consumers'),
      credentials: this.#createFunction('credentials'),
      tokens: this.#createFunction('tokens'),
      requests: this.#createFunction('requests'),
      audit: this.#createFunction('audit'),
      documents: this.#createFunction('documents'),
    };
    const sweep = this.#createFunction('sweep');
    const keepalive = this.#createFunction('keepalive');
    this.#connect({ ...functions, sweep, keepalive }, stores, keys);
    const operations = new OperationsQueue(this, 'Operations', this.#config.operationsReaders);
    const { native, uploads, credentials, tokens } = functions;
    for (const fn of [native, uploads, credentials, tokens, sweep, keepalive]) operations.grantRaise(fn);
    new Rule(this, 'SweepSchedule', {
      description: 'signals-facade: purges what changed in the tenant',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaTarget(sweep.function, { retryAttempts: 0 })],
    });
    new Rule(this, 'KeepAliveSchedule', {
      description: 'signals-facade: touches idle tokens and finds the dead',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaTarget(keepalive.function, { retryAttempts: 0 })],
    });
    const { api, alarms } = this.#createApi(functions, { sweep, keepalive });
    operations.watch(alarms);
    this.#addOutputs(api, stores, keys, operations);
  }

  #createStores(keys: Keys) {
    const removalPolicy = this.#removalPolicy;
    const keep = this.#config.dataRetention === 'keep';
    const tableProps = { encryptionKey: keys.data, removalPolicy, keep };
    const table = (id: string) => new FacadeTable(this, id, tableProps);
    return {
      consumers: table('ConsumersTable'),
      credentials: table('CredentialsTable'),
      uploads: table('UploadsTable'),
      tokens: table('TokensTable'),
      quota: table('QuotaTable'),
      cache: table('CacheTable'),
      requests: new RequestsTable(this, 'RequestsTable', tableProps),
      audit: new AuditTable(this, 'AuditTable', tableProps),
      idempotency: table('IdempotencyTable'),
      cacheBucket: new CacheBucket(this, 'CacheBucket', { encryptionKey: keys.data, removalPolicy }),
      bucket: new UploadsBucket(this, 'UploadsBucket', {
        encryptionKey: keys.data,
        removalPolicy,
        corsOrigins: this.#config.corsOrigins,
      }),
    };
  }

  #createFunction(name: FunctionName | BackgroundName): FacadeFunction {
    return new FacadeFunction(this, `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`, {
      name,
      bundleFolder: join(this.#bundleRoot, name),
      ...functionSizes[name],
      reservedConcurrency: this.#config.reservedConcurrency[name],
      logRetentionDays: this.#config.logRetentionDays,
      removalPolicy: this.#removalPolicy,
      environment: {
        [variables.stage]: this.#config.stage,
        [variables.publicUrl]: this.#config.publicUrl ?? '',
        POWERTOOLS_SERVICE_NAME: `signals-facade-${name}`,
        LOG_LEVEL: 'INFO',
      },
    });
  }

  /** Gives each function what it needs and nothing else; `documents` needs nothing. */
  #connect(functions: Record<FunctionName | BackgroundName, FacadeFunction>, stores: Stores, keys: Keys): void {
    for (const fn of [functions.native, functions.uploads, functions.sweep]) {
      fn.setVariable(variables.signalsUrl, this.#config.tenantUrl);
      fn.setVariable(variables.upstreamFirstByteSeconds, String(this.#config.upstreamFirstByteSeconds));
      grantUseOfCredentials(fn, { table: stores.credentials, keys });
      fn.setVariable(variables.quotaMode, this.#config.quotaMode);
      fn.setVariable(variables.quotaWhenStoreFails, this.#config.quotaWhenStoreFails);
      fn.setVariable(variables.cache, this.#config.cache);
      stores.cache.grantCache(fn, variables.cacheTable);
    }
    for (const fn of [functions.native, functions.uploads]) stores.cacheBucket.grantObjects(fn, variables.cacheBucket);
    for (const fn of [functions.native, functions.uploads, functions.sweep, functions.quota, functions.credentials]) {
      stores.quota.grantQuota(fn, variables.quotaTable);
      fn.setVariable(variables.tenantRequestsPerMinute, String(this.#config.tenantRequestsPerMinute));
      fn.setVariable(variables.quotaDirectShare, String(this.#config.quotaDirectShare));
      fn.setVariable(variables.quotaReservedShare, String(this.#config.quotaReservedShare));
    }
    functions.cache.setVariable(variables.signalsUrl, this.#config.tenantUrl);
    stores.cache.grantCache(functions.cache, variables.cacheTable);
    this.#boundSharedActs(functions);
    for (const fn of [
      functions.native,
      functions.uploads,
      functions.cache,
      functions.quota,
      functions.requests,
      functions.audit,
    ]) {
      stores.consumers.grantRead(fn, variables.consumersTable);
    }
    this.#connectIdentity(functions, stores);
    this.#admitPages(functions);
    for (const name of ['native', 'uploads'] as const) this.#boundLargeAnswers(name, functions[name], stores);
    for (const fn of [functions.native, functions.uploads]) {
      stores.requests.grantPut(fn, this.#config.requestLog);
      fn.setVariable(variables.addedHeaders, this.#config.addedHeaders.join(','));
      fn.setVariable(variables.documentMostDecodedMiB, String(this.#config.documentMostDecodedMiB));
    }
    stores.requests.grantGet(functions.requests);
    this.#connectRecords(functions, stores);
    stores.consumers.grantRead(functions.tokens, variables.consumersTable);
    stores.consumers.grantRead(functions.keepalive, variables.consumersTable);
    connectTokens(functions, { table: stores.tokens, keys, quota: stores.quota, config: this.#config });
    stores.consumers.grantRead(functions.credentials, variables.consumersTable);
    grantAdministrationOfCredentials(functions.credentials, { table: stores.credentials, keys }, this.#config);
    stores.uploads.grantReadWrite(functions.uploads, variables.uploadsTable);
    stores.bucket.grantObjects(functions.uploads, variables.uploadsBucket);
    functions.uploads.setVariable(variables.uploadsMostOpen, String(this.#config.uploadsMostOpen));
    functions.uploads.setVariable(variables.uploadsMostGiBPerDay, String(this.#config.uploadsMostGiBPerDay));
  }

  /** Half of what the function may run at a time, so that the other half is left for small answers. */
  #boundLargeAnswers(name: FunctionName, fn: FacadeFunction, { quota }: Stores): void {
    const { executions, sharedBy } = concurrencyOf(this.#config, name);
    quota.grantSlots(fn);
    fn.setVariable(variables.largeAnswersPerConsumer, String(this.#config.largeAnswersPerConsumer));
    fn.setVariable(variables.largeAnswersInAll, String(Math.max(1, Math.floor(executions / 2))));
    fn.setVariable(variables.largeAnswersPool, sharedBy);
  }

  /** What one consumer, and all of them together, may do to what everybody shares. */
  #boundSharedActs({ cache, quota }: Record<FunctionName, FacadeFunction>): void {
    cache.setVariable(variables.cachePurgesPerMinute, String(this.#config.cachePurgesPerMinute));
    cache.setVariable(variables.cacheEntityPurgesPerMinute, String(this.#config.cacheEntityPurgesPerMinute));
    quota.setVariable(variables.bookingsPerConsumer, String(this.#config.bookingsPerConsumer));
    quota.setVariable(variables.bookingConsumerShare, String(this.#config.bookingConsumerShare));
    quota.setVariable(variables.bookingDays, String(this.#config.bookingDays));
    quota.setVariable(variables.bookingsInAll, String(this.#config.bookingsInAll));
  }

  /** The audit log for all that change something, and the keys of those that take POSTs. */
  #connectRecords(functions: Record<FunctionName, FacadeFunction>, { audit, idempotency }: Stores): void {
    const { native, uploads, cache, quota, consumers, credentials, tokens } = functions;
    for (const fn of [native, uploads, cache, quota, consumers, credentials, tokens])
      audit.grantAppend(fn, this.#config);
    audit.grantQuery(functions.audit);
    for (const fn of [native, uploads, quota, consumers]) {
      idempotency.grantReadWrite(fn, variables.idempotencyTable);
      fn.setVariable(variables.idempotencyHours, String(this.#config.idempotencyHours));
    }
  }

  /** The variable is there for the functions that pages may call, and only where a stage names origins. */
  #admitPages({ documents: _forAnybody, sweep: _, keepalive: __, ...functions }: Functions): void {
    const { corsOrigins } = this.#config;
    if (corsOrigins.length === 0) return;
    for (const fn of Object.values(functions)) fn.setVariable(variables.corsOrigins, corsOrigins.join(','));
  }

  /** Only `consumers` changes consumers; those that carry most calls note that a key is used, and no more. */
  #connectIdentity(functions: Record<FunctionName, FacadeFunction>, { consumers }: Stores): void {
    const issuers = JSON.stringify(this.#config.oidcIssuers);
    const { native, uploads, cache, quota, credentials, tokens, requests, audit } = functions;
    for (const fn of [native, uploads, cache, quota, functions.consumers, credentials, tokens, requests, audit])
      fn.setVariable(variables.oidcIssuers, issuers);
    consumers.grantReadWrite(functions.consumers, variables.consumersTable);
    for (const fn of [functions.native, functions.uploads]) {
      consumers.grantNotesOfUse(fn);
      fn.setVariable(variables.keyUse, 'note');
    }
  }

  #createApi(
    functions: Record<FunctionName, FacadeFunction>,
    { sweep, keepalive }: Record<BackgroundName, FacadeFunction>,
  ): { readonly api: Api; readonly alarms: Alarms } {
    const api = new Api(this, 'Api', {
      config: this.#config,
      routes: this.#config.corsOrigins.length > 0 ? [...routes, ...preflightRoutes] : routes,
      functions,
      logRemovalPolicy: this.#removalPolicy,
    });
    const alarms = new Alarms(this, 'Alarms', {
      stage: this.#config.stage,
      restApi: api.restApi,
      keepalive: keepalive.function,
      callers: {
        native: functions.native.function,
        uploads: functions.uploads.function,
        tokens: functions.tokens.function,
        sweep: sweep.function,
        keepalive: keepalive.function,
      },
      email: this.#config.alarmEmail,
    });
    return { api, alarms };
  }

  #addOutputs(api: Api, stores: Stores, keys: Keys, operations: OperationsQueue): void {
    const values = {
      ApiUrl: this.#config.publicUrl ?? baseUrlOf(api),
      ConsumersTable: stores.consumers.table.tableName,
      CredentialsTable: stores.credentials.table.tableName,
      CredentialsKey: keys.credentials.keyArn,
      CredentialPoolSize: String(this.#config.credentialPoolSize),
      TenantUrl: this.#config.tenantUrl,
      AuditTable: stores.audit.table.tableName,
      AuditRetentionDays: String(this.#config.auditRetentionDays),
      UploadsTable: stores.uploads.table.tableName,
      UploadsBucket: stores.bucket.bucket.bucketName,
      CacheBucket: stores.cacheBucket.bucket.bucketName,
      OperationsQueueUrl: operations.url,
    };
    for (const [name, value] of Object.entries(values))
      new CfnOutput(this, `${name}Output`, { value }).overrideLogicalId(name);
  }

  #warnAboutExample(): void {
    if (this.#config.tenantUrl === exampleTenantUrl)
      Annotations.of(this).addWarningV2(
        'signals-facade:exampleTenant',
        `Stage ${this.#config.stage} still names the example tenant ${exampleTenantUrl}. Before you deploy, set tenantUrl in infra/stage-config.ts or -c tenantUrl=https://...`,
      );
  }
}

type Functions = Readonly<Record<FunctionName | BackgroundName, FacadeFunction>>;

type Stores = {
  readonly consumers: FacadeTable;
  readonly credentials: FacadeTable;
  readonly uploads: FacadeTable;
  readonly tokens: FacadeTable;
  readonly bucket: UploadsBucket;
  readonly cache: FacadeTable;
  readonly quota: FacadeTable;
  readonly requests: RequestsTable;
  readonly audit: AuditTable;
  readonly idempotency: FacadeTable;
  readonly cacheBucket: CacheBucket;
};
