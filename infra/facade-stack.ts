/** Everything of one stage in one stack: keys, tables, bucket, functions, API, alarms. */
import { join } from 'node:path';
import { Annotations, CfnOutput, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { credentialContext, variables } from '../shared/config/names.ts';
import { Alarms } from './constructs/alarms.ts';
import { Api, baseUrlOf } from './constructs/api.ts';
import { CacheBucket } from './constructs/cache-bucket.ts';
import { FacadeFunction } from './constructs/facade-function.ts';
import { Keys } from './constructs/keys.ts';
import { FacadeTable } from './constructs/table.ts';
import { UploadsBucket } from './constructs/uploads-bucket.ts';
import { type BackgroundName, type FunctionName, functionSizes, routes } from './routes.ts';
import { exampleTenantUrl, type StageConfig } from './stage-config.ts';

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
    this.#removalPolicy = config.dataRetention === 'keep' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
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
      documents: this.#createFunction('documents'),
    };
    const sweep = this.#createFunction('sweep');
    this.#connect({ ...functions, sweep }, stores, keys);
    new Rule(this, 'SweepSchedule', {
      description: 'signals-facade: purges what changed in the tenant',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaTarget(sweep.function, { retryAttempts: 0 })],
    });
    const api = this.#createApi(functions);
    this.#addOutputs(api, stores, keys);
  }

  #createStores(keys: Keys) {
    const removalPolicy = this.#removalPolicy;
    const keep = this.#config.dataRetention === 'keep';
    const table = (id: string) => new FacadeTable(this, id, { encryptionKey: keys.data, removalPolicy, keep });
    return {
      consumers: table('ConsumersTable'),
      credentials: table('CredentialsTable'),
      uploads: table('UploadsTable'),
      quota: table('QuotaTable'),
      cache: table('CacheTable'),
      cacheBucket: new CacheBucket(this, 'CacheBucket', { encryptionKey: keys.data, removalPolicy }),
      bucket: new UploadsBucket(this, 'UploadsBucket', { encryptionKey: keys.data, removalPolicy }),
    };
  }

  #createFunction(name: FunctionName | BackgroundName): FacadeFunction {
    return new FacadeFunction(this, `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`, {
      name,
      bundleFolder: join(this.#bundleRoot, name),
      ...functionSizes[name],
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
      fn.setVariable(variables.credentialsKey, keys.credentials.keyArn);
      fn.allow(
        new PolicyStatement({
          actions: ['kms:Decrypt'],
          resources: [keys.credentials.keyArn],
          // Nothing else that this key may one day encrypt.
          conditions: {
            StringEquals: { [`kms:EncryptionContext:${credentialContext.name}`]: credentialContext.purpose },
          },
        }),
      );
      stores.credentials.grantRead(fn, variables.credentialsTable);
      fn.setVariable(variables.quotaMode, this.#config.quotaMode);
      fn.setVariable(variables.quotaWhenStoreFails, this.#config.quotaWhenStoreFails);
      fn.setVariable(variables.cache, this.#config.cache);
      stores.cache.grantCache(fn, variables.cacheTable);
      stores.cacheBucket.grantObjects(fn, variables.cacheBucket);
    }
    for (const fn of [functions.native, functions.uploads, functions.sweep, functions.quota]) {
      stores.quota.grantQuota(fn, variables.quotaTable);
      fn.setVariable(variables.tenantRequestsPerMinute, String(this.#config.tenantRequestsPerMinute));
    }
    functions.cache.setVariable(variables.signalsUrl, this.#config.tenantUrl);
    stores.cache.grantCache(functions.cache, variables.cacheTable);
    for (const fn of [functions.native, functions.uploads, functions.cache, functions.quota]) {
      stores.consumers.grantRead(fn, variables.consumersTable);
    }
    stores.uploads.grantReadWrite(functions.uploads, variables.uploadsTable);
    stores.bucket.grantObjects(functions.uploads, variables.uploadsBucket);
  }

  #createApi(functions: Record<FunctionName, FacadeFunction>): Api {
    const api = new Api(this, 'Api', {
      config: this.#config,
      routes,
      functions,
      logRemovalPolicy: this.#removalPolicy,
    });
    new Alarms(this, 'Alarms', {
      restApi: api.restApi,
      tenantRequestsPerMinute: this.#config.tenantRequestsPerMinute,
      email: this.#config.alarmEmail,
    });
    return api;
  }

  #addOutputs(api: Api, stores: Stores, keys: Keys): void {
    const values = {
      ApiUrl: this.#config.publicUrl ?? baseUrlOf(api),
      ConsumersTable: stores.consumers.table.tableName,
      CredentialsTable: stores.credentials.table.tableName,
      CredentialsKey: keys.credentials.keyArn,
      UploadsTable: stores.uploads.table.tableName,
      UploadsBucket: stores.bucket.bucket.bucketName,
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

type Stores = {
  readonly consumers: FacadeTable;
  readonly credentials: FacadeTable;
  readonly uploads: FacadeTable;
  readonly bucket: UploadsBucket;
  readonly cache: FacadeTable;
  readonly quota: FacadeTable;
  readonly cacheBucket: CacheBucket;
};
