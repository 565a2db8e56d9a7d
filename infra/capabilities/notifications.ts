/**
 * Notifications (docs/notifications.md). Each part has a file of its own: the ledger, what comes in, what goes out, the queues of
 * subscribers, the documents of enriched events. The routes of subscriptions are here.
 */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { variables } from '../../shared/config/names.ts';
import type { OwnSubscriberName } from '../../shared/fan-out/own-subscribers.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import type { Stage } from '../constructs/stage.ts';
import type { Audit } from './audit.ts';
import type { Consumers } from './consumers.ts';
import type { Credentials } from './credentials.ts';
import { Enrichment } from './enrichment.ts';
import { FanOut } from './fan-out.ts';
import type { Idempotency } from './idempotency.ts';
import { watchNotifications } from './notification-alarms.ts';
import { NotificationIntake } from './notification-intake.ts';
import { NotificationLedger } from './notification-ledger.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
import { SubscriberQueues } from './subscriber-queues.ts';
import type { Tenant } from './tenant.ts';

type Lenders = {
  readonly tenant: Tenant;
  readonly quota: Quota;
  readonly credentials: Credentials;
  readonly consumers: Consumers;
  readonly audit: Audit;
  readonly idempotency: Idempotency;
  readonly operations: Operations;
};

export class Notifications {
  readonly #stage: Stage;
  readonly #ledger: NotificationLedger;
  readonly #subscriberQueues: SubscriberQueues;
  readonly #fanOut: FanOut;
  readonly #intake: NotificationIntake;
  readonly #enrichment: Enrichment;

  constructor(stage: Stage, lenders: Lenders) {
    this.#stage = stage;
    const scope = new Construct(stage.stack, 'Notifications');
    const ledger = new NotificationLedger(stage);
    const subscriberQueues = new SubscriberQueues(stage);
    const fanOut = new FanOut(stage, scope, { ...lenders, ledger, subscriberQueues });
    this.#ledger = ledger;
    this.#subscriberQueues = subscriberQueues;
    this.#fanOut = fanOut;
    this.#intake = new NotificationIntake(stage, scope, { ...lenders, ledger, fanOut });
    this.#enrichment = new Enrichment(stage, { ...lenders, ledger, fanOut });
    this.#enrichment.grantAsk(fanOut.dispatcher);
    const subscribers = stage.createFunction('notifications');
    this.#answer(subscribers, lenders);
    watchNotifications(stage.alarms);
    this.#show(subscribers);
  }

  /** Lets the change sweep note what may be missing in the ledger. */
  grantNotesOfChanges(fn: FacadeFunction): void {
    this.#ledger.grant(fn, 'notes');
  }

  /** Lets `fn` hand events of the facade to the consumers whom they concern. */
  grantTell(fn: FacadeFunction): void {
    this.#fanOut.grantAdd(fn);
  }

  /** Lets `fn` see whether pushes have a header. */
  grantLook(fn: FacadeFunction): void {
    this.#ledger.grantHookHeader(fn);
  }

  /** Lets `fn` read the sealed values of mirrors' headers. */
  grantMirrorHeaders(fn: FacadeFunction): void {
    this.#ledger.grantMirrorHeaders(fn);
  }

  /**
   * Has notifications sent to `fn`, whose handler is made by functions/edge/event-receiver.ts: those of the types that
   * shared/fan-out/own-subscribers.ts names for it.
   */
  deliver(name: OwnSubscriberName, fn: FacadeFunction): void {
    this.#fanOut.deliver(name, fn);
  }

  /** Has pushes sent to the queues of mirrors. @param told the mirrors with their queues, as the functions read them. */
  mirror(told: string, queues: readonly { grantDeliver(fn: FacadeFunction): void }[]): void {
    this.#fanOut.mirror(told, queues);
  }

  /** The function of /v1/subscriptions, /v1/notifications and /v1/events. */
  #answer(fn: FacadeFunction, { consumers, audit, idempotency }: Lenders): void {
    const { subscriptionsPerConsumer, replaysPerConsumer } = this.#stage.config;
    this.#fanOut.grantTakePart(fn, 'changes');
    // It sends codes of confirmation and test events itself.
    this.#subscriberQueues.grantMake(fn);
    consumers.grantIdentify(fn);
    audit.grantAppend(fn);
    idempotency.grantRepetition(fn);
    this.#intake.grantAsk(fn);
    fn.setVariable(variables.senderRoleArn, this.#fanOut.dispatcher.roleArn);
    fn.setVariable(variables.testerRoleArn, fn.roleArn);
    fn.setVariable(variables.subscriptionsPerConsumer, String(subscriptionsPerConsumer));
    fn.setVariable(variables.replaysPerConsumer, String(replaysPerConsumer));
    this.#stage.addOutputs({ TesterRoleArn: fn.roleArn });
  }

  #show(subscribers: FacadeFunction): void {
    const { hooks, pull, pulls } = this.#intake;
    const { dispatcher, wakeUp, ingress, replays } = this.#fanOut;
    const { fn: enrich, queue: documents } = this.#enrichment;
    this.#stage.dashboards.addRow('Notifications', {
      functions: [hooks, dispatcher, wakeUp, pull, enrich, subscribers],
      queues: [ingress, replays, pulls, documents],
      graphs: {
        'Pushes, and what only the pull brought': [
          ['HookTaken', Stats.SUM],
          ['HookRefused', Stats.SUM],
          ['HookFailed', Stats.SUM],
          ['HookMalformed', Stats.SUM],
          ['PullFound', Stats.SUM],
          ['NotificationsReconstructed', Stats.SUM],
        ],
        Deliveries: [
          ['DeliveriesSent', Stats.SUM],
          ['DeliveriesPending', Stats.SUM],
          ['DeliveriesUnknown', Stats.SUM],
          ['DeliveriesDeadLettered', Stats.SUM],
          ['NotificationsLate', Stats.SUM],
          ['NotificationsFoundUndispatched', Stats.SUM],
        ],
        'How far behind, in seconds': [
          ['PushLagSeconds', 'p90'],
          ['PullLagSeconds', Stats.MAXIMUM],
          ['OldestPendingSeconds', Stats.MAXIMUM],
        ],
      },
    });
  }
}
