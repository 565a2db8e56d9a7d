/**
 * Wraps a handler of one message for Lambda's event source mapping of SQS: each message is parsed, handled and reported
 * by itself. The mapping must have ReportBatchItemFailures (infra/constructs/queue.ts).
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import type { MetricName } from '../../shared/config/metrics.ts';
import { type MessageCare, type MessageOutcome, outcomeOfError } from '../../shared/queues/message.ts';
import { pauseSeconds } from '../../shared/queues/receives.ts';
import { withinMillis } from '../../shared/time/within.ts';
import { logger } from './logger.ts';
import { putMetrics } from './put-metrics.ts';
import { factsOf, isFifo, letterOf, parseBody, type QueueMessage } from './queue-record.ts';
import { withTrace } from './trace.ts';

export type QueueHandlerOptions<Schema extends z.ZodType> = {
  /** For log lines and the dimension `Queue` of the metrics. */
  readonly queue: string;
  /** Schema of each body, which is JSON. */
  readonly body: Schema;
  readonly care: MessageCare;
  /**
   * After this many receives, a failing message goes to the dead-letter queue with its reason instead of being retried.
   * It is less than the queue's `maxReceiveCount`, at which SQS moves it without a reason.
   */
  readonly mostReceives: number;
  /** Messages of a standard queue, or groups of a FIFO queue, that are handled at a time. */
  readonly atOnce?: number;
  /** Time left at the end of the invocation to report the outcomes. */
  readonly marginMillis?: number;
};

/** What is used of Lambda's context. */
type Invocation = { getRemainingTimeInMillis(): number };

/** The longest call to SQS for one message, because handled messages of the batch must not become visible meanwhile. */
const mostCareMillis = 1_000;
/** Time left for the answer to Lambda. */
const answerMillis = 500;

/** The result of `work` while there is time to report it. */
const inTime = <T>(work: Promise<T>, invocation: Invocation): Promise<T> =>
  withinMillis(work, Math.max(0, Math.min(mostCareMillis, invocation.getRemainingTimeInMillis() - answerMillis)));

const metrics: Readonly<Record<MessageOutcome['kind'], MetricName>> = {
  done: 'QueueMessagesDone',
  retry: 'QueueMessagesRetried',
  'dead-letter': 'QueueMessagesDeadLettered',
};

/** Messages that must be handled in order, independent of other lanes. */
const toLanes = (records: readonly SQSRecord[]): SQSRecord[][] => {
  const lanes = new Map<string, SQSRecord[]>();
  for (const record of records) {
    // Groups of a standard queue share it fairly, and have no order.
    const name = isFifo(record) ? `group ${record.attributes.MessageGroupId}` : `message ${record.messageId}`;
    lanes.set(name, [...(lanes.get(name) ?? []), record]);
  }
  return [...lanes.values()];
};

/** @param handle must be safe to repeat: a message may come twice, also after it was handled. */
export const queueHandler = <Schema extends z.ZodType>(
  { queue, body: schema, care, mostReceives, atOnce = 10, marginMillis = 3_000 }: QueueHandlerOptions<Schema>,
  handle: (message: QueueMessage<z.infer<Schema>>) => Promise<MessageOutcome>,
) => {
  const decide = async (record: SQSRecord, leftMillis: number): Promise<MessageOutcome> => {
    const parsed = parseBody(schema, record.body);
    if ('fault' in parsed) return { kind: 'dead-letter', reason: parsed.fault };
    const facts = factsOf(record);
    const outcome = await withinMillis(
      // A handler that throws synchronously fails only its own message.
      Promise.resolve().then(() => handle({ ...facts, body: parsed.body })),
      leftMillis,
    ).catch(outcomeOfError);
    if (outcome.kind !== 'retry' || facts.receiveCount < mostReceives) return outcome;
    return { kind: 'dead-letter', reason: `failed ${facts.receiveCount} times, at last: ${outcome.reason}` };
  };

  /** Without it the message becomes visible anyway when the queue's visibility time is over. */
  const hide = (record: SQSRecord, seconds: number, invocation: Invocation): Promise<void> =>
    inTime(care.hide(record.receiptHandle, seconds), invocation).catch((error: unknown) => {
      logger.warn('queue message not hidden', { queue, messageId: record.messageId, error: error as Error });
    });

  /** @returns the actual outcome: a dead letter that cannot be stored is retried, so that it is not lost. */
  const carryOut = async (
    record: SQSRecord,
    outcome: MessageOutcome,
    invocation: Invocation,
  ): Promise<MessageOutcome> => {
    if (outcome.kind === 'done') return outcome;
    if (outcome.kind === 'dead-letter') {
      try {
        await inTime(care.keep(letterOf(record), outcome.reason), invocation);
        return outcome;
      } catch (error) {
        logger.error('dead letter not kept', { queue, messageId: record.messageId, error: error as Error });
        const reason = `a dead letter that could not be kept: ${outcome.reason}`;
        return carryOut(record, { kind: 'retry', reason }, invocation);
      }
    }
    const afterSeconds = outcome.afterSeconds ?? pauseSeconds(factsOf(record).receiveCount, outcome.leastSeconds);
    await hide(record, afterSeconds, invocation);
    return { ...outcome, afterSeconds };
  };

  const tell = (record: SQSRecord, startMillis: number, outcome: MessageOutcome): void => {
    const { sentAtMillis, ...facts } = factsOf(record);
    const line = {
      ...{ queue, ...facts },
      waitedMillis: startMillis - sentAtMillis,
      millis: Date.now() - startMillis,
      outcome: outcome.kind,
      ...(outcome.kind === 'done' ? {} : { reason: outcome.reason }),
      ...(outcome.kind === 'retry' ? { afterSeconds: outcome.afterSeconds } : {}),
    };
    if (outcome.kind === 'done') logger.info('queue message', line);
    else logger.warn('queue message', line);
    putMetrics({ [metrics[outcome.kind]]: 1 }, { dimensions: { Queue: queue } });
  };

  const settle = async (
    record: SQSRecord,
    decided: () => Promise<MessageOutcome>,
    invocation: Invocation,
  ): Promise<MessageOutcome> => {
    const startMillis = Date.now();
    const outcome = await carryOut(record, await decided(), invocation);
    tell(record, startMillis, outcome);
    return outcome;
  };

  return async ({ Records }: SQSEvent, invocation: Invocation): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    const leftMillis = (): number => invocation.getRemainingTimeInMillis() - marginMillis;

    const decideInTime = async (record: SQSRecord): Promise<MessageOutcome> =>
      leftMillis() > 0
        ? decide(record, leftMillis())
        : { kind: 'retry', afterSeconds: 0, reason: 'the invocation had no time left' };

    /**
     * After a failure, the later messages of the group fail too, without being handled, and become visible no earlier
     * than the first.
     */
    const runLane = async (lane: readonly SQSRecord[]): Promise<void> => {
      let afterSeconds: number | undefined;
      for (const record of lane) {
        const held = afterSeconds;
        const decided = async (): Promise<MessageOutcome> =>
          held === undefined
            ? decideInTime(record)
            : { kind: 'retry', afterSeconds: held, reason: 'an earlier message of its group failed' };
        const settled = withTrace(record.attributes.AWSTraceHeader, () => settle(record, decided, invocation));
        const outcome = await settled.catch((error: unknown): MessageOutcome => {
          logger.error('queue message failed', { queue, messageId: record.messageId, error: error as Error });
          return { kind: 'retry', reason: 'unknown' };
        });
        if (outcome.kind !== 'retry') continue;
        failed.push(record.messageId);
        afterSeconds ??= outcome.afterSeconds ?? 0;
      }
    };

    const lanes = toLanes(Records);
    const work = async (): Promise<void> => {
      for (let lane = lanes.shift(); lane; lane = lanes.shift()) await runLane(lane);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
};
