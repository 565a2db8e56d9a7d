/** An SQS queue of the facade with its dead-letter queue: encrypted, TLS only, with narrow grants and alarms. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { otherReceives } from '../../shared/queues/receives.ts';
import type { Alarms } from './alarms.ts';
import type { FacadeFunction } from './facade-function.ts';

export type FacadeQueueProps = {
  /** The longest time that a receiver works on a batch: the time-out of the function. */
  readonly handledWithinSeconds: number;
  /** How often a message is received before it goes to the dead-letter queue: one of shared/queues/receives.ts. */
  readonly maxReceiveCount?: number;
  /** Keeps the order of each message group. */
  readonly fifo?: boolean;
};

/** Lambda recommends six times the function's time-out, so that throttled batches stay hidden while they wait (developer guide, SQS). */
const visibilityTimes = 6;
const longestVisibilitySeconds = 43_200;
/** A dead letter of a standard queue keeps its age (developer guide, dead-letter queues), so it has 10 days left. */
const retention = Duration.days(4);
const deadLetterRetention = Duration.days(14);

/** SQS high throughput mode: each group has its own limit, and messages are deduplicated within their group. */
const fifoByGroup = {
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
};

/** What a function needs that Lambda hands the messages of a queue to. */
export const consumeActions = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];

export class FacadeQueue extends Construct {
  /** On dashboards. */
  readonly name: string;
  /** As its alarms and the health check name it. */
  title: string;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly #visibilitySeconds: number;

  constructor(scope: Construct, id: string, props: FacadeQueueProps) {
    super(scope, id);
    this.name = id;
    this.title = id;
    const { handledWithinSeconds, maxReceiveCount = otherReceives.maxReceiveCount, fifo } = props;
    this.#visibilitySeconds = visibilityTimes * handledWithinSeconds;
    if (this.#visibilitySeconds > longestVisibilitySeconds)
      throw new Error(`${id}: SQS hides a message for 12 hours at most, six times the timeout is more.`);
    // SSE-SQS: the key aws/sqs works only within its account, and a key of the stage would need rights for every reader.
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, ...(fifo ? { fifo } : {}) };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...common, retentionPeriod: deadLetterRetention });
    this.queue = new Queue(this, 'Queue', {
      ...common,
      ...(fifo ? fifoByGroup : {}),
      retentionPeriod: retention,
      visibilityTimeout: Duration.seconds(this.#visibilitySeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
  }

  /** Lets `fn` put messages in. */
  grantSend(fn: FacadeFunction, variable: string): void {
    fn.allow(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }));
    fn.setVariable(variable, this.queue.queueUrl);
  }

  /** Lets `fn` send messages to the queue, and to the dead-letter queue if the queue refuses them. The owner sets the variables. */
  grantDeliver(fn: FacadeFunction): void {
    const resources = [this.queue.queueArn, this.deadLetters.queueArn];
    fn.allow(new PolicyStatement({ actions: ['sqs:SendMessage'], resources }));
  }

  /** Lets principals, of other accounts too, read messages and delete them. */
  grantRead(principals: readonly IPrincipal[]): void {
    if (principals.length === 0) return;
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowReaders',
        principals: [...principals],
        actions: consumeActions,
        resources: [this.queue.queueArn],
      }),
    );
  }

  /**
   * Sends messages to `fn`, whose handler is made by functions/edge/queue-handler.ts. Each message succeeds or fails on its own.
   * @param variables receive the URLs of the queue and of its dead-letter queue; undefined = `fn` gets them in another way.
   */
  handTo(
    fn: FacadeFunction,
    variables: { readonly queueUrl: string; readonly deadLettersUrl: string } | undefined,
    { timeoutSeconds, batchSize = 10, maxConcurrency = 2 }: HandOver,
  ): void {
    if (visibilityTimes * timeoutSeconds > this.#visibilitySeconds)
      throw new Error(`${this.node.path}: the function runs longer than handledWithinSeconds.`);
    fn.allow(new PolicyStatement({ actions: consumeActions, resources: [this.queue.queueArn] }));
    fn.allow(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetters.queueArn] }));
    if (variables) {
      fn.setVariable(variables.queueUrl, this.queue.queueUrl);
      fn.setVariable(variables.deadLettersUrl, this.deadLetters.queueUrl);
    }
    new EventSourceMapping(fn, `${this.node.id}Source`, {
      target: fn.function,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency,
      reportBatchItemFailures: true,
    });
  }

  /** Alarms on dead letters and, if the queue has a reader, on messages that wait too long. Each has a section in docs/runbook.md. */
  watch(alarms: Alarms, { name, oldestHours }: { readonly name: string; readonly oldestHours?: number }): void {
    this.title = name;
    const period = Duration.minutes(5);
    alarms.add(
      `${name}DeadLetters`,
      this.deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
      1,
      { what: `A message of the queue ${name} could not be handled`, section: 'messages in a dead-letter queue' },
    );
    if (oldestHours === undefined) return;
    alarms.add(
      `${name}NotRead`,
      this.queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      oldestHours * 3_600,
      { what: `Messages of the queue ${name} are not read`, section: 'messages that nobody reads' },
    );
  }
}

type HandOver = {
  readonly timeoutSeconds: number;
  readonly batchSize?: number;
  /** Concurrent batches, at least 2. The function's reservation would not do: throttling uses up receives (developer guide, SQS scaling). */
  readonly maxConcurrency?: number;
};
