/**
 * How notifications go out: the ingress, the dispatcher that sends them to the queues of subscribers, the wake-up that sends again what
 * waits, and the lane of replays.
 */
import { Lazy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { variables } from '../../shared/config/names.ts';
import type { OwnQueue, OwnSubscriberName } from '../../shared/fan-out/own-subscribers.ts';
import { vitalTitles } from '../../shared/health/queue-titles.ts';
import { notificationReceives } from '../../shared/queues/receives.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { FacadeQueue } from '../constructs/queue.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { Consumers } from './consumers.ts';
import type { LedgerRights, NotificationLedger } from './notification-ledger.ts';
import type { SubscriberQueues } from './subscriber-queues.ts';
import type { Tenant } from './tenant.ts';

type Lenders = {
  readonly ledger: NotificationLedger;
  readonly subscriberQueues: SubscriberQueues;
  readonly consumers: Consumers;
  readonly tenant: Tenant;
};

/**
 * A message whose function was killed comes back after six times the timeout: three minutes. A FIFO queue of a subscriber still recognises
 * then what was sent before (shared/fan-out/fifo-window.ts). A longer timeout would make copies of kills.
 */
const dispatcherSize = { memoryMiB: 512, timeoutSeconds: 30 };
const wakeSize = { memoryMiB: 512, timeoutSeconds: 55 };
const { maxReceiveCount } = notificationReceives;
/** Replays leave the dispatcher to live events. */
const replaysAtATime = 2;

export class FanOut {
  readonly ingress: FacadeQueue;
  readonly replays: FacadeQueue;
  readonly dispatcher: FacadeFunction;
  readonly wakeUp: FacadeFunction;
  readonly #stage: Stage;
  readonly #ledger: NotificationLedger;
  readonly #subscriptions: FacadeTable;
  readonly #ownQueues = new Map<string, OwnQueue>();

  constructor(stage: Stage, scope: Construct, lenders: Lenders) {
    this.#stage = stage;
    this.#ledger = lenders.ledger;
    this.#subscriptions = stage.createTable('SubscriptionsTable');
    const handledWithinSeconds = dispatcherSize.timeoutSeconds;
    this.ingress = new FacadeQueue(scope, 'Ingress', { handledWithinSeconds, maxReceiveCount, fifo: true });
    this.ingress.watch(stage.alarms, { name: vitalTitles.ingress, oldestHours: 1 });
    this.replays = new FacadeQueue(scope, 'Replays', { handledWithinSeconds, maxReceiveCount });
    this.replays.watch(stage.alarms, { name: vitalTitles.replays });
    this.dispatcher = stage.createFunction('dispatcher', dispatcherSize);
    this.#letDispatch(lenders);
    this.wakeUp = stage.createFunction('wake', wakeSize);
    this.#letWake(lenders);
    stage.addOutputs({
      SubscriptionsTable: this.#subscriptions.table.tableName,
      SenderRoleArn: this.dispatcher.roleArn,
    });
  }

  /** Lets `fn` hand notifications and events of the facade to the dispatcher. */
  grantAdd(fn: FacadeFunction): void {
    this.ingress.grantSend(fn, variables.ingressQueueUrl);
  }

  /** The rights of every function that sends notifications or decides what is sent. */
  grantTakePart(fn: FacadeFunction, onLedger: LedgerRights): void {
    this.#ledger.grant(fn, onLedger);
    this.#subscriptions.grantReadWrite(fn, variables.subscriptionsTable);
    this.grantAdd(fn);
    this.replays.grantSend(fn, variables.replaysQueueUrl);
  }

  /** Has notifications sent to a part of the facade: `fn` gets a FIFO queue, dead letters and alarms of its own. */
  deliver(name: OwnSubscriberName, fn: FacadeFunction): void {
    const { stack, alarms } = this.#stage;
    const { timeoutSeconds } = fn;
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const scope = new Construct(stack, `EventsFor${title}`);
    const queue = new FacadeQueue(scope, 'Events', {
      ...{ handledWithinSeconds: timeoutSeconds, maxReceiveCount, fifo: true },
    });
    const { eventsQueueUrl, eventsDeadLettersUrl } = variables;
    queue.handTo(fn, { queueUrl: eventsQueueUrl, deadLettersUrl: eventsDeadLettersUrl }, { timeoutSeconds });
    queue.watch(alarms, { name: title, oldestHours: 1 });
    queue.grantDeliver(this.dispatcher);
    const { queueArn: arn } = queue.queue;
    this.#ownQueues.set(name, { arn, deadLettersArn: queue.deadLetters.queueArn });
  }

  /** Has pushes sent to the queues of mirrors. @param told the mirrors with their queues, as the functions read them. */
  mirror(told: string, queues: readonly { grantDeliver(fn: FacadeFunction): void }[]): void {
    for (const queue of queues) queue.grantDeliver(this.dispatcher);
    for (const fn of [this.dispatcher, this.wakeUp]) fn.setVariable(variables.mirrors, told);
  }

  /** Of the parts that are added until the template is written. */
  #tellOwnQueues(fn: FacadeFunction): void {
    const produce = (): string => this.#stage.stack.toJsonString(Object.fromEntries(this.#ownQueues));
    fn.setVariable(variables.ownQueues, Lazy.string({ produce }));
  }

  #letDispatch({ subscriberQueues, consumers, tenant }: Lenders): void {
    const fn = this.dispatcher;
    this.grantTakePart(fn, 'dispatches');
    this.#tellOwnQueues(fn);
    // Nothing is sent to a consumer that may not have it now.
    consumers.grantLookUp(fn);
    tenant.grantAddress(fn);
    subscriberQueues.grantSend(fn);
    subscriberQueues.grantTakeDeadLetters(fn);
    const { timeoutSeconds } = dispatcherSize;
    const { ingressQueueUrl, ingressDeadLettersUrl, replaysQueueUrl, replaysDeadLettersUrl } = variables;
    this.ingress.handTo(
      fn,
      { queueUrl: ingressQueueUrl, deadLettersUrl: ingressDeadLettersUrl },
      { timeoutSeconds, maxConcurrency: 20 },
    );
    this.replays.handTo(
      fn,
      { queueUrl: replaysQueueUrl, deadLettersUrl: replaysDeadLettersUrl },
      { timeoutSeconds, batchSize: 1, maxConcurrency: replaysAtATime },
    );
  }

  #letWake({ subscriberQueues, consumers }: Lenders): void {
    const fn = this.wakeUp;
    this.grantTakePart(fn, 'lists');
    this.#tellOwnQueues(fn);
    subscriberQueues.grantRemove(fn);
    consumers.grantLookUp(fn);
    this.#stage.runWithOthers('EachMinuteSchedule', fn);
  }
}
