/** The deep health check (docs/health.md): it reads stores and queues of other capabilities, and calls no service. */
import type { Stage } from '../constructs/stage.ts';
import type { Archive } from './archive.ts';
import type { Cache } from './cache.ts';
import type { Consumers } from './consumers.ts';
import type { Credentials } from './credentials.ts';
import type { Notifications } from './notifications.ts';
import type { Quota } from './quota.ts';
import type { Requests } from './requests.ts';
import type { Tenant } from './tenant.ts';

type Lenders = {
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly credentials: Credentials;
  readonly cache: Cache;
  readonly consumers: Consumers;
  readonly requests: Requests;
  readonly notifications: Notifications;
  readonly archive: Archive;
};

export class Health {
  constructor(stage: Stage, lenders: Lenders) {
    const { tenant, quota, credentials, cache, consumers, requests, notifications, archive } = lenders;
    const fn = stage.createFunction('health');
    stage.dashboards.addRow('Health', { functions: [fn] });
    consumers.grantIdentify(fn);
    requests.grantHealth(fn);
    quota.grantLook(fn);
    credentials.grantLook(fn);
    cache.grantLook(fn);
    // The state of the sweep is kept under the tenant's address.
    tenant.grantAddress(fn);
    notifications.grantLook(fn);
    archive.grantLook(fn);
  }
}
