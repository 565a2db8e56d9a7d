/** The deep health check (docs/health.md): it looks at what others own, and makes one call upstream when nobody else did. */
import type { Stage } from '../constructs/stage.ts';
import type { Cache } from './cache.ts';
import type { Consumers } from './consumers.ts';
import type { Credentials } from './credentials.ts';
import type { Notifications } from './notifications.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import type { Requests } from './requests.ts';
import type { Tenant } from './tenant.ts';

type Lenders = {
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly credentials: Credentials;
  readonly cache: Cache;
  readonly consumers: Consumers;
  readonly operations: Operations;
  readonly requests: Requests;
  readonly notifications: Notifications;
};

export class Health {
  constructor(stage: Stage, lenders: Lenders) {
    const { tenant, quota, credentials, cache, consumers, operations, requests, notifications } = lenders;
    const fn = stage.createFunction('health');
    consumers.grantIdentify(fn);
    requests.grantHealth(fn);
    quota.grantSpend(fn);
    credentials.grantUse(fn);
    cache.grantUse(fn);
    tenant.grantCalls(fn);
    operations.grantRaise(fn);
    notifications.grantLook(fn);
  }
}
