/** The deep health check (docs/health.md): it reads stores and queues of other capabilities, and calls no service. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { FacadeQueue } from '../constructs/queue.ts';
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
    this.#showQueues(stage, fn);
  }

  /** How many messages wait in every queue of the stage that was made so far, and in its dead-letter queue. */
  #showQueues({ stack }: Stage, fn: FacadeFunction): void {
    const queues = stack.node.findAll().filter((construct) => construct instanceof FacadeQueue);
    const resources = queues.flatMap(({ queue, deadLetters }) => [queue.queueArn, deadLetters.queueArn]);
    fn.allow(new PolicyStatement({ actions: ['sqs:GetQueueAttributes'], resources }));
    // Lambda takes 4 KB of variables. All URLs differ in their last part only, so one URL and the names are enough.
    const names = queues.map(({ title, queue, deadLetters }) => [title, queue.queueName, deadLetters.queueName]);
    fn.setVariable(variables.queues, stack.toJsonString({ like: queues[0]?.queue.queueUrl, names }));
  }
}
