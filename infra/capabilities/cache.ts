/** The cache (docs/caching.md): its table and bucket, the routes of /v1/cache, and the sweep that purges what changed. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { cacheClasses } from '../../shared/catalogue/operation.ts';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { StageConfig } from '../stage-config.ts';
import type { Audit } from './audit.ts';
import type { Consumers } from './consumers.ts';
import type { Credentials } from './credentials.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import { watchSweep } from './sweep-alarms.ts';
import { lookTwiceAMinute } from './sweep-looks.ts';
import type { Tenant } from './tenant.ts';

/** A run ends within 25 s. Those that begin 28 s apart overlap by two at most: the reservation in stage-config.ts. */
const sweepSize = { memoryMiB: 512, timeoutSeconds: 30 };
const purgesSize = { memoryMiB: 512, timeoutSeconds: 30 };

/**
 * Stored answers that no item can hold. An object is sealed under a key that lies in the item of its answer, is removed when
 * that answer is replaced or found purged, and expires at the midnight (UTC) after its first day.
 */
const bucketUse = {
  expireDays: 1,
  actions: ['s3:PutObject', 's3:GetObject', 's3:DeleteObject'],
  whyNoAccessLogs:
    'Copies of answers for at most two days, sealed under keys that lie elsewhere, reachable only by the functions, which log each request. They can be fetched again at any time.',
  whyAllObjects:
    'Object keys are made up for each answer, so the right covers the objects of this one bucket, which holds nothing else.',
};

type Lenders = {
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly credentials: Credentials;
  readonly consumers: Consumers;
  readonly audit: Audit;
  readonly operations: Operations;
};

export class Cache {
  readonly #config: StageConfig;
  readonly #table: FacadeTable;
  readonly #bucket: PrivateBucket;
  readonly sweep: FacadeFunction;
  /** Purges the entities that notifications name. */
  readonly purges: FacadeFunction;

  constructor(stage: Stage, lenders: Lenders) {
    this.#config = stage.config;
    this.#table = stage.createTable('CacheTable');
    this.#bucket = new PrivateBucket(stage.stack, 'CacheBucket', stage.storeProps, bucketUse);
    const fn = stage.createFunction('cache');
    this.#serve(fn, lenders);
    this.sweep = stage.createFunction('sweep', sweepSize);
    this.#sweepWith(this.sweep, lenders);
    this.purges = stage.createFunction('purges', purgesSize);
    this.#grantTable(this.purges);
    lenders.tenant.grantAddress(this.purges);
    stage.dashboards.addRow('Cache', {
      functions: [fn, this.sweep, this.purges],
      graphs: {
        'Hits by class': cacheClasses.map((Class) => ['CacheHit', Stats.SUM, { Class }]),
        'Misses by class': cacheClasses.map((Class) => ['CacheMiss', Stats.SUM, { Class }]),
        'Calls past the cache': [
          ['CacheWrite', Stats.SUM],
          ['CacheBypass', Stats.SUM],
        ],
        'Change sweep': [
          ['SweepPurged', Stats.SUM],
          ['SweepFailed', Stats.SUM],
          ['SweepLagSeconds', Stats.MAXIMUM],
          ['ChangesNotNoted', Stats.SUM],
        ],
      },
    });
    if (stage.config.cache === 'on') {
      lookTwiceAMinute(stage, this.sweep);
      watchSweep(stage.alarms);
    }
    stage.addOutputs({ CacheBucket: this.#bucket.bucket.bucketName });
  }

  /** Lets `fn` look answers up, store and purge them. */
  grantUse(fn: FacadeFunction): void {
    this.#grantTable(fn);
    fn.setVariable(variables.cache, this.#config.cache);
  }

  /** Lets `fn` read the state of the sweep, but no answers and no purges. */
  grantLook(fn: FacadeFunction): void {
    this.#table.grantItems(fn, variables.cacheTable, {
      actions: ['dynamodb:BatchGetItem'],
      onKey: 'readItems',
      leadingKeys: ['T#*'],
    });
    fn.setVariable(variables.cache, this.#config.cache);
  }

  /** Lets `fn` keep and read answers that no item can hold. */
  grantLargeAnswers(fn: FacadeFunction): void {
    this.#bucket.grantObjects(fn, variables.cacheBucket);
  }

  #serve(fn: FacadeFunction, { tenant, consumers, audit }: Lenders): void {
    this.#grantTable(fn);
    fn.setVariable(variables.cachePurgesPerMinute, String(this.#config.cachePurgesPerMinute));
    fn.setVariable(variables.cacheEntityPurgesPerMinute, String(this.#config.cacheEntityPurgesPerMinute));
    tenant.grantAddress(fn);
    consumers.grantIdentify(fn);
    audit.grantAppend(fn);
  }

  #sweepWith(fn: FacadeFunction, { tenant, quota, credentials, operations }: Lenders): void {
    this.grantUse(fn);
    tenant.grantCalls(fn);
    quota.grantSpend(fn);
    credentials.grantUse(fn);
    operations.grantRaise(fn);
  }

  /** Items are deleted only by their expiry. */
  #grantTable(fn: FacadeFunction): void {
    const actions = ['dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
    this.#table.grant(fn, variables.cacheTable, { actions, onKey: 'writeItems' });
  }
}
