/**
 * Notifications (docs/notifications.md): the hook and the pull that bring them in, the ledger, the dispatcher that sends them to
 * the queues of subscribers, and the routes of subscriptions.
 */
import { Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { receiptIndex, variables } from '../../shared/config/names.ts';
import type { OwnQueue, OwnSubscriberName } from '../../shared/fan-out/own-subscribers.ts';
import { mirrorPartition } from '../../shared/mirrors/header-store.ts';
import { enrichmentReceives, notificationReceives } from '../../shared/queues/receives.ts';
import { madePrefix } from '../../shared/subscriptions/queue-arn.ts';
import type { FacadeFunction } from '../constructs/facade-function.ts';
import { FacadeQueue } from '../constructs/queue.ts';
import type { Stage } from '../constructs/stage.ts';
import type { FacadeTable } from '../constructs/table.ts';
import type { Audit } from './audit.ts';
import type { Consumers } from './consumers.ts';
import type { Credentials } from './credentials.ts';
import type { Idempotency } from './idempotency.ts';
import { watchNotifications } from './notification-alarms.ts';
import type { Operations } from './operations.ts';
import type { Quota } from './quota.ts';
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

/**
 * A message whose function was killed comes back after six times the timeout: three minutes. A FIFO queue of a subscriber still recognises
 * then what was sent before (shared/fan-out/fifo-window.ts). A longer timeout would make copies of kills.
 */
const dispatcherSize = { memoryMiB: 512, timeoutSeconds: 30 };
const pullSize = { memoryMiB: 512, timeoutSeconds: 240 };
const enrichSize = { memoryMiB: 512, timeoutSeconds: 40 };
const wakeSize = { memoryMiB: 512, timeoutSeconds: 55 };
const { maxReceiveCount } = notificationReceives;

/** A record of the change sweep's suspicions, or of a state: one item. */
const noteActions = ['dynamodb:GetItem', 'dynamodb:PutItem'];
/** An entry is an item; the body of a large one is in items beside it, which are read by a query. */
const entryActions = [...noteActions, 'dynamodb:Query'];
/** Lists are read from the index, and their entries by batches of keys. */
const listActions = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
/** Pending deliveries, dead letters and suspicions are put and deleted. */
const changeActions = [...listActions, 'dynamodb:PutItem', 'dynamodb:DeleteItem'];
/** Only the dispatcher marks entries as dispatched. */
const dispatchActions = [...changeActions, 'dynamodb:UpdateItem'];
/** Documents that are read at a time: batches of ten. */
const enrichBatchesAtATime = 2;
/** Replays leave the dispatcher to live events. */
const replaysAtATime = 2;

export class Notifications {
  readonly #stage: Stage;
  readonly #ledger: FacadeTable;
  readonly #subscriptions: FacadeTable;
  readonly #ingress: FacadeQueue;
  readonly #replays: FacadeQueue;
  readonly #pulls: FacadeQueue;
  readonly #enrichments: FacadeQueue;
  readonly #dispatcher: FacadeFunction;
  readonly #wakeUp: FacadeFunction;
  readonly #ownQueues = new Map<string, OwnQueue>();

  constructor(stage: Stage, lenders: Lenders) {
    this.#stage = stage;
    this.#ledger = stage.createTable('NotificationsTable');
    this.#ledger.table.addGlobalSecondaryIndex({
      indexName: receiptIndex.name,
      partitionKey: { name: receiptIndex.partitionKey, type: AttributeType.STRING },
      sortKey: { name: receiptIndex.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.#subscriptions = stage.createTable('SubscriptionsTable');
    const scope = new Construct(stage.stack, 'Notifications');
    const handledWithinSeconds = dispatcherSize.timeoutSeconds;
    this.#ingress = new FacadeQueue(scope, 'Ingress', { handledWithinSeconds, maxReceiveCount, fifo: true });
    this.#replays = new FacadeQueue(scope, 'Replays', { handledWithinSeconds, maxReceiveCount });
    this.#pulls = new FacadeQueue(scope, 'Pulls', { handledWithinSeconds: pullSize.timeoutSeconds });
    this.#enrichments = new FacadeQueue(new Construct(stage.stack, 'Enrichment'), 'Documents', {
      handledWithinSeconds: enrichSize.timeoutSeconds,
      maxReceiveCount: enrichmentReceives.maxReceiveCount,
    });
    const hooks = stage.createFunction('hooks');
    this.#grantLedger(hooks, entryActions);
    this.#ingress.grantSend(hooks, variables.ingressQueueUrl);
    this.#dispatcher = this.#dispatch(stage.createFunction('dispatcher', dispatcherSize), lenders);
    this.#wakeUp = stage.createFunction('wake', wakeSize);
    this.#wake(this.#wakeUp, lenders);
    const pull = stage.createFunction('pull', pullSize);
    this.#pull(pull, lenders);
    const enrich = stage.createFunction('enrich', enrichSize);
    this.#enrich(enrich, lenders);
    const subscribers = stage.createFunction('notifications');
    this.#answer(subscribers, this.#dispatcher, lenders);
    stage.dashboards.addRow('Notifications', {
      functions: [hooks, this.#dispatcher, this.#wakeUp, pull, enrich, subscribers],
      queues: [this.#ingress, this.#replays, this.#pulls, this.#enrichments],
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
          ['DeliveriesDeadLettered', Stats.SUM],
          ['NotificationsLate', Stats.SUM],
        ],
        'How far behind, in seconds': [
          ['PushLagSeconds', 'p90'],
          ['PullLagSeconds', Stats.MAXIMUM],
          ['OldestPendingSeconds', Stats.MAXIMUM],
        ],
      },
    });
    watchNotifications(stage.alarms);
    this.#ingress.watch(stage.alarms, { name: 'Ingress', oldestHours: 1 });
    this.#replays.watch(stage.alarms, { name: 'Replays' });
    this.#pulls.watch(stage.alarms, { name: 'Pulls' });
    this.#enrichments.watch(stage.alarms, { name: 'Enrichment' });
    stage.addOutputs({
      NotificationsTable: this.#ledger.table.tableName,
      SubscriptionsTable: this.#subscriptions.table.tableName,
      SenderRoleArn: this.#dispatcher.roleArn,
      TesterRoleArn: subscribers.roleArn,
    });
  }

  /** Lets the change sweep note what may be missing in the ledger. */
  grantNotesOfChanges(fn: FacadeFunction): void {
    this.#grantLedger(fn, noteActions);
  }

  /** Lets `fn` hand events of the facade to the consumers whom they concern. */
  grantTell(fn: FacadeFunction): void {
    this.#ingress.grantSend(fn, variables.ingressQueueUrl);
  }

  /** Lets `fn` see how many messages wait in the queues, and whether pushes have a header. */
  grantLook(fn: FacadeFunction): void {
    this.#ledger.grantItems(fn, variables.notificationsTable, {
      actions: ['dynamodb:GetItem'],
      onKey: 'readItems',
      leadingKeys: ['HOOK'],
    });
    this.#ingress.grantLook(fn, {
      queueUrl: variables.ingressQueueUrl,
      deadLettersUrl: variables.ingressDeadLettersUrl,
    });
    this.#replays.grantLook(fn, {
      queueUrl: variables.replaysQueueUrl,
      deadLettersUrl: variables.replaysDeadLettersUrl,
    });
  }

  /**
   * Has notifications sent to `fn`, whose handler is made by functions/edge/event-receiver.ts: those of the types that
   * shared/fan-out/own-subscribers.ts names for it. Each has a FIFO queue, dead letters and alarms of its own.
   */
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
    queue.grantDeliver(this.#dispatcher);
    const { queueArn: arn } = queue.queue;
    this.#ownQueues.set(name, { arn, deadLettersArn: queue.deadLetters.queueArn });
  }

  /** Has pushes sent to the queues of mirrors. @param told the mirrors with their queues, as the functions read them. */
  mirror(told: string, queues: readonly { grantDeliver(fn: FacadeFunction): void }[]): void {
    for (const queue of queues) queue.grantDeliver(this.#dispatcher);
    for (const fn of [this.#dispatcher, this.#wakeUp]) fn.setVariable(variables.mirrors, told);
  }

  /** Lets `fn` read the sealed values of mirrors' headers, and nothing else of the table. */
  grantMirrorHeaders(fn: FacadeFunction): void {
    this.#ledger.grantItems(fn, variables.notificationsTable, {
      actions: ['dynamodb:GetItem'],
      onKey: 'readItems',
      leadingKeys: [mirrorPartition('*')],
    });
  }

  /** A function that lists entries needs the index too. */
  #grantLedger(fn: FacadeFunction, actions: readonly string[]): void {
    const indexes = actions.includes('dynamodb:BatchGetItem') ? [receiptIndex.name] : [];
    const onKey = actions.includes('dynamodb:PutItem') ? 'writeItems' : 'readItems';
    this.#ledger.grant(fn, variables.notificationsTable, { actions, onKey, indexes });
  }

  /** The rights of every function that sends notifications or decides what is sent. @param onLedger its actions on the ledger. */
  #grantFanOut(fn: FacadeFunction, onLedger: readonly string[]): void {
    this.#grantLedger(fn, onLedger);
    this.#subscriptions.grantReadWrite(fn, variables.subscriptionsTable);
    this.#ingress.grantSend(fn, variables.ingressQueueUrl);
    this.#replays.grantSend(fn, variables.replaysQueueUrl);
  }

  /** Of the parts that are added until the template is written. */
  #tellOwnQueues(fn: FacadeFunction): void {
    const produce = (): string => this.#stage.stack.toJsonString(Object.fromEntries(this.#ownQueues));
    fn.setVariable(variables.ownQueues, Lazy.string({ produce }));
  }

  /** Queues that the facade makes, in this account; and those of accounts that the stage names, whose owners must allow it too. */
  #grantSubscribersQueues(fn: FacadeFunction, actions: readonly string[]): void {
    const { partition } = Stack.of(fn);
    const { subscriberAccounts } = this.#stage.config;
    this.#grantMadeQueues(
      fn,
      actions,
      '*',
      'Queues of subscriptions are made and removed while the facade runs. Nothing else in the account has names that begin so.',
    );
    const foreign = subscriberAccounts.map((id) => `arn:${partition}:sqs:*:${id}:*`);
    const keys = subscriberAccounts.map((id) => `arn:${partition}:kms:*:${id}:key/*`);
    if (foreign.length === 0) return;
    // If the list named the facade's own account, the grant would include the facade's own queues.
    const conditions = { StringNotEquals: { 'aws:ResourceAccount': Stack.of(fn).account } };
    fn.allow(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: foreign, conditions }));
    const reason = 'The stage names these accounts. The owner of each queue and key must allow the role as well.';
    for (const resource of [...foreign, ...keys])
      fn.acceptWildcard(`Resource::${resource.replace(partition, '<AWS::Partition>')}`, reason);
    fn.allow(
      new PolicyStatement({
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: keys,
        conditions: { StringLike: { 'kms:ViaService': 'sqs.*.amazonaws.com' } },
      }),
    );
  }

  /** A redrive takes the dead letters of a subscription out of their queue. */
  #grantDeadLetters(fn: FacadeFunction): void {
    this.#grantMadeQueues(
      fn,
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      '*-dead*',
      'Dead-letter queues of subscriptions are made and removed while the facade runs.',
    );
  }

  /** Queues that the facade has made for subscriptions: their names end as `ending` says. */
  #grantMadeQueues(fn: FacadeFunction, actions: readonly string[], ending: string, whyWildcard: string): void {
    const { partition, region, account } = Stack.of(fn);
    const name = `${madePrefix(this.#stage.config.stage)}${ending}`;
    fn.allow(
      new PolicyStatement({
        actions: [...actions],
        resources: [`arn:${partition}:sqs:${region}:${account}:${name}`],
      }),
    );
    const shownRegion = Token.isUnresolved(region) ? '<AWS::Region>' : region;
    fn.acceptWildcard(`Resource::arn:<AWS::Partition>:sqs:${shownRegion}:<AWS::AccountId>:${name}`, whyWildcard);
  }

  #dispatch(fn: FacadeFunction, { consumers, tenant }: Lenders): FacadeFunction {
    this.#grantFanOut(fn, dispatchActions);
    this.#tellOwnQueues(fn);
    // Nothing is sent to a consumer that may not have it now.
    consumers.grantLookUp(fn);
    tenant.grantAddress(fn);
    this.#enrichments.grantSend(fn, variables.enrichmentsQueueUrl);
    this.#grantSubscribersQueues(fn, ['sqs:SendMessage']);
    this.#grantDeadLetters(fn);
    const { timeoutSeconds } = dispatcherSize;
    const { ingressQueueUrl, ingressDeadLettersUrl, replaysQueueUrl, replaysDeadLettersUrl } = variables;
    this.#ingress.handTo(
      fn,
      { queueUrl: ingressQueueUrl, deadLettersUrl: ingressDeadLettersUrl },
      { timeoutSeconds, maxConcurrency: 20 },
    );
    this.#replays.handTo(
      fn,
      { queueUrl: replaysQueueUrl, deadLettersUrl: replaysDeadLettersUrl },
      { timeoutSeconds, batchSize: 1, maxConcurrency: replaysAtATime },
    );
    return fn;
  }

  #wake(fn: FacadeFunction, { consumers }: Lenders): void {
    this.#grantFanOut(fn, listActions);
    this.#tellOwnQueues(fn);
    this.#grantMadeQueues(
      fn,
      ['sqs:DeleteQueue'],
      '*',
      'Queues of subscriptions whose consumer was removed are deleted; they were made while the facade ran.',
    );
    this.#tellHome(fn);
    consumers.grantLookUp(fn);
    this.#stage.schedule('WakeSchedule', fn, Duration.minutes(1), 'sends again what waits');
  }

  /** It reads documents in the tenant as the facade itself. Of the ledger it touches nothing but these. */
  #enrich(fn: FacadeFunction, { tenant, quota, credentials, operations }: Lenders): void {
    const conditions = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DOCUMENT#*'] } };
    this.#ledger.grantUnder(fn, ['dynamodb:GetItem', 'dynamodb:PutItem'], conditions);
    this.#ledger.grantKey(fn, 'writeItems');
    fn.setVariable(variables.notificationsTable, this.#ledger.table.tableName);
    this.#ingress.grantSend(fn, variables.ingressQueueUrl);
    tenant.grantCalls(fn);
    quota.grantSpend(fn);
    credentials.grantUse(fn);
    operations.grantRaise(fn);
    const { enrichmentsQueueUrl: queueUrl, enrichmentsDeadLettersUrl: deadLettersUrl } = variables;
    const { timeoutSeconds } = enrichSize;
    this.#enrichments.handTo(
      fn,
      { queueUrl, deadLettersUrl },
      { timeoutSeconds, maxConcurrency: enrichBatchesAtATime },
    );
  }

  /** It asks the tenant as the facade itself, by schedule or on demand. */
  #pull(fn: FacadeFunction, { tenant, quota, credentials, operations, audit }: Lenders): void {
    const { notificationsBackfillDays, notificationsDismiss } = this.#stage.config;
    this.#grantLedger(fn, changeActions);
    this.#ingress.grantSend(fn, variables.ingressQueueUrl);
    tenant.grantCalls(fn);
    quota.grantSpend(fn);
    credentials.grantUse(fn);
    operations.grantRaise(fn);
    // Of dismissals.
    audit.grantAppend(fn);
    fn.setVariable(variables.notificationsBackfillDays, String(notificationsBackfillDays));
    fn.setVariable(variables.notificationsDismiss, notificationsDismiss);
    this.#stage.schedule('PullSchedule', fn, Duration.minutes(5), 'pulls the notifications that no push has brought');
    this.#pulls.handTo(fn, undefined, { timeoutSeconds: pullSize.timeoutSeconds });
  }

  #tellHome(fn: FacadeFunction): void {
    const { partition, account } = Stack.of(fn);
    fn.setVariable(variables.accountId, account);
    fn.setVariable(variables.partition, partition);
  }

  #answer(fn: FacadeFunction, dispatcher: FacadeFunction, lenders: Lenders): void {
    const { consumers, audit, idempotency } = lenders;
    const { subscriptionsPerConsumer, replaysPerConsumer } = this.#stage.config;
    this.#grantFanOut(fn, changeActions);
    // It sends codes of confirmation and test events itself.
    this.#grantSubscribersQueues(fn, ['sqs:SendMessage', 'sqs:CreateQueue', 'sqs:DeleteQueue']);
    consumers.grantIdentify(fn);
    audit.grantAppend(fn);
    idempotency.grantRepetition(fn);
    this.#tellHome(fn);
    // It asks for a pull, and cannot make one: it has neither the tenant's keys nor the budget.
    this.#pulls.grantSend(fn, variables.pullsQueueUrl);
    fn.setVariable(variables.senderRoleArn, dispatcher.roleArn);
    fn.setVariable(variables.testerRoleArn, fn.roleArn);
    fn.setVariable(variables.subscriptionsPerConsumer, String(subscriptionsPerConsumer));
    fn.setVariable(variables.replaysPerConsumer, String(replaysPerConsumer));
  }
}
