/** Reads the documents of entities for subscriptions that want them with each event (docs/notifications.md). */
import { Construct } from 'constructs';
import { variables } from '../../shared/config/names.ts';
import { enrichmentReceives } from '../../shared/queues/receives.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { FacadeQueue } from '../constructs/queue.ts';
import type { Stage } from '../constructs/stage.ts';
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
};

const enrichSize = { memoryMiB: 512, timeoutSeconds: 40 };
/** Documents that are read at a time: batches of ten. */
const batchesAtATime = 2;

export class Enrichment {
  readonly fn: FacadeFunction;
  readonly queue: FacadeQueue;

  /** It reads documents in the tenant as the facade itself. Of the ledger it touches nothing but these. */
  constructor(stage: Stage, { ledger, fanOut, tenant, quota, credentials, operations }: Lenders) {
    const { timeoutSeconds } = enrichSize;
    const { maxReceiveCount } = enrichmentReceives;
    const scope = new Construct(stage.stack, 'Enrichment');
    this.queue = new FacadeQueue(scope, 'Documents', { handledWithinSeconds: timeoutSeconds, maxReceiveCount });
    this.queue.watch(stage.alarms, { name: 'Enrichment' });
    this.fn = stage.createFunction('enrich', enrichSize);
    ledger.grantDocuments(this.fn);
    fanOut.grantAdd(this.fn);
    tenant.grantCalls(this.fn);
    quota.grantSpend(this.fn);
    credentials.grantUse(this.fn);
    operations.grantRaise(this.fn);
    const { enrichmentsQueueUrl: queueUrl, enrichmentsDeadLettersUrl: deadLettersUrl } = variables;
    this.queue.handTo(this.fn, { queueUrl, deadLettersUrl }, { timeoutSeconds, maxConcurrency: batchesAtATime });
  }

  /** Lets `fn` ask for documents. */
  grantAsk(fn: FacadeFunction): void {
    this.queue.grantSend(fn, variables.enrichmentsQueueUrl);
  }
}
