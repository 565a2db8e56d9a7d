/** The stack of one stage: its capabilities, and what each borrows from others. */
import { Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Actions } from './capabilities/actions.ts';
import { Archive } from './capabilities/archive.ts';
import { Audit } from './capabilities/audit.ts';
import { AuditChain } from './capabilities/audit-chain.ts';
import { Cache } from './capabilities/cache.ts';
import { Consumers } from './capabilities/consumers.ts';
import { Credentials } from './capabilities/credentials.ts';
import { Entities } from './capabilities/entities.ts';
import { Exports } from './capabilities/exports.ts';
import { Health } from './capabilities/health.ts';
import { Idempotency } from './capabilities/idempotency.ts';
import { Lists } from './capabilities/lists.ts';
import { LogQueries } from './capabilities/log-queries.ts';
import { Materials } from './capabilities/materials.ts';
import { Mirrors } from './capabilities/mirrors.ts';
import { Native } from './capabilities/native.ts';
import { Notifications } from './capabilities/notifications.ts';
import { Operations } from './capabilities/operations.ts';
import { Quota } from './capabilities/quota.ts';
import { Requests } from './capabilities/requests.ts';
import { Samples } from './capabilities/samples.ts';
import { Service } from './capabilities/service.ts';
import { Tenant } from './capabilities/tenant.ts';
import { Tokens } from './capabilities/tokens.ts';
import { Uploads } from './capabilities/uploads.ts';
import { Stage } from './constructs/stage.ts';
import type { StageConfig } from './stage-config.ts';

export class FacadeStack extends Stack {
  /** `bundleRoot` holds one folder for each function, made by infra/bundle.ts. */
  constructor(scope: Construct, config: StageConfig, bundleRoot: string) {
    const { account, region, stage } = config;
    super(scope, `signals-facade-${stage}`, {
      description: `One shared, safe way to a Signals Notebook tenant (stage ${stage})`,
      env: { region, ...(account === undefined ? {} : { account }) },
    });
    Tags.of(this).add('application', 'signals-facade');
    Tags.of(this).add('stage', stage);
    this.#build(new Stage(this, config, bundleRoot));
  }

  #build(stage: Stage): void {
    const operations = new Operations(stage);
    const idempotency = new Idempotency(stage);
    const audit = new Audit(stage);
    const consumers = new Consumers(stage, { audit, idempotency });
    consumers.grantIdentify(audit.fn);
    const requests = new Requests(stage, { consumers });
    const tenant = new Tenant(stage, { requests });
    const quota = new Quota(stage, { consumers, audit, idempotency });
    const credentials = new Credentials(stage, { tenant, quota, consumers, audit, operations });
    const tokens = new Tokens(stage, { tenant, quota, consumers, audit, operations });
    const cache = new Cache(stage, { tenant, quota, credentials, consumers, audit, operations });
    const native = new Native(stage, {
      ...{ tenant, quota, credentials, tokens, cache },
      ...{ consumers, audit, idempotency, requests, operations },
    });
    const uploads = new Uploads(stage, { native });
    const materials = new Materials(stage, { native });
    new Lists(stage, { consumers, audit });
    const entities = new Entities(stage, { native });
    new Actions(stage, { tenant, quota, credentials, operations });
    const notifications = new Notifications(stage, {
      ...{ tenant, quota, credentials, consumers, audit, idempotency, operations },
    });
    notifications.grantNotesOfChanges(cache.sweep);
    notifications.deliver('purges', cache.purges);
    new Mirrors(stage, { notifications });
    for (const fn of [native.fn, uploads.fn, materials.fn, entities.fn, tokens.fn, tokens.keepalive])
      notifications.grantTell(fn);
    const exports = new Exports(stage, { native, tenant, quota, credentials, operations });
    for (const fn of [exports.fn, exports.jobs]) notifications.grantTell(fn);
    const samples = new Samples(stage, { native, tenant, quota, credentials, operations });
    for (const fn of [samples.fn, samples.check]) notifications.grantTell(fn);
    samples.grantNotesOfChanges(cache.sweep);
    samples.grantMarks(tokens.fn);
    cache.grantUse(tokens.fn);
    const archive = new Archive(stage, { native, exports, notifications });
    notifications.grantTell(archive.fn);
    new AuditChain(stage, { audit, archive });
    new Health(stage, {
      ...{ tenant, quota, credentials, cache },
      ...{ consumers, requests, notifications, archive },
    });
    new Service(stage);
    new LogQueries(stage);
    tenant.watch([
      native.fn,
      uploads.fn,
      materials.fn,
      entities.fn,
      tokens.fn,
      cache.sweep,
      tokens.keepalive,
      exports.fn,
      exports.jobs,
      archive.fn,
    ]);
    // After all alarms and rows.
    stage.dashboards.build();
  }
}
