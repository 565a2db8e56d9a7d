/** How notifications come in: the hook to which the tenant pushes, and the pull of what no push has brought. */
import type { Construct } from 'constructs';
import { variables } from '../../shared/config/names.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { FacadeQueue } from '../constructs/queue.ts';
import type { Stage } from '../constructs/stage.ts';
import type { Audit } from './audit.ts';
import type { Credentials } from './credentials.ts';
import type { FanOut } from './fan-out.ts';
import type { NotificationLedger } from './notification-ledger.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import type { Tenant } from './tenant.ts';

type Lenders = {
  readonly ledger: NotificationLedger;
  readonly fanOut: FanOut;
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly credentials: Credentials;
  readonly operations: Operations;
  readonly audit: Audit;
};

const pullSize = { memoryMiB: 512, timeoutSeconds: 240 };

export class NotificationIntake {
  readonly hooks: FacadeFunction;
  readonly pull: FacadeFunction;
  /** Pulls that somebody has asked for. */
  readonly pulls: FacadeQueue;

  constructor(stage: Stage, scope: Construct, lenders: Lenders) {
    const { ledger, fanOut } = lenders;
    this.hooks = stage.createFunction('hooks');
    ledger.grant(this.hooks, 'entries');
    fanOut.grantAdd(this.hooks);
    this.pulls = new FacadeQueue(scope, 'Pulls', { handledWithinSeconds: pullSize.timeoutSeconds });
    this.pulls.watch(stage.alarms, { name: 'Pulls' });
    this.pull = stage.createFunction('pull', pullSize);
    this.#letPull(stage, lenders);
  }

  /** Lets `fn` ask for a pull. It cannot make one: it has neither the tenant's keys nor the budget. */
  grantAsk(fn: FacadeFunction): void {
    this.pulls.grantSend(fn, variables.pullsQueueUrl);
  }

  /** It asks the tenant as the facade itself, by schedule or on demand. */
  #letPull(stage: Stage, { ledger, fanOut, tenant, quota, credentials, operations, audit }: Lenders): void {
    const { pull } = this;
    const { notificationsBackfillDays, notificationsDismiss } = stage.config;
    ledger.grant(pull, 'changes');
    fanOut.grantAdd(pull);
    tenant.grantCalls(pull);
    quota.grantSpend(pull);
    credentials.grantUse(pull);
    operations.grantRaise(pull);
    // Of dismissals.
    audit.grantAppend(pull);
    pull.setVariable(variables.notificationsBackfillDays, String(notificationsBackfillDays));
    pull.setVariable(variables.notificationsDismiss, notificationsDismiss);
    stage.runWithOthers('EachFiveMinutesSchedule', pull);
    this.pulls.handTo(pull, undefined, { timeoutSeconds: pullSize.timeoutSeconds });
  }
}
